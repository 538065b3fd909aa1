//! Which expressions Nunjucks accepts, a port of its parser without the tree.

use super::lexer::{Kind, Lexer, Token};
use crate::message::Message;
use crate::say;
use crate::text::TextRange;

/// Why an expression is none; `None` where this port gives up (nesting beyond any real one).
pub(super) type Refusal = Option<Message>;

/// Expressions nested deeper than this are taken for right.
const DEEPEST: usize = 128;

/// What an expression is, as far as somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A name, or members of one: `a`, `a.b`.
    Path(TextRange),
    /// Anything else.
    Other,
}

/// Reads expressions and notes the functions and filters that they use.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub lexer: Lexer<'a>,
    /// Names of functions that are called, or of the objects whose methods are.
    pub calls: Vec<TextRange>,
    /// Names of filters.
    pub filters: Vec<TextRange>,
    depth: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(lexer: Lexer<'a>) -> Self {
        Self {
            lexer,
            calls: Vec::new(),
            filters: Vec::new(),
            depth: 0,
        }
    }

    /// A whole expression.
    pub(super) fn expression(&mut self) -> Result<Shape, Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(None);
        }
        let mut shape = self.or()?;
        if self.word("if") {
            self.or()?;
            shape = Shape::Other;
            if self.word("else") {
                self.or()?;
            }
        }
        self.depth -= 1;
        Ok(shape)
    }

    /// Take the name `word` if it is next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        self.lexer.skip(Kind::Symbol, word)
    }

    fn or(&mut self) -> Result<Shape, Refusal> {
        let mut shape = self.not()?;
        while self.word("or") || self.word("and") {
            self.not()?;
            shape = Shape::Other;
        }
        Ok(shape)
    }

    fn not(&mut self) -> Result<Shape, Refusal> {
        let mut negated = false;
        while self.word("not") {
            negated = true;
        }
        let mut shape = self.is()?;
        if negated {
            shape = Shape::Other;
        }
        loop {
            let before = self.lexer.clone();
            let inverted = self.word("not");
            if self.word("in") {
                self.is()?;
                shape = Shape::Other;
            } else {
                if inverted {
                    self.lexer = before;
                }
                return Ok(shape);
            }
        }
    }

    fn is(&mut self) -> Result<Shape, Refusal> {
        let mut shape = self.sum()?;
        if self.word("is") {
            self.word("not");
            self.sum()?;
            shape = Shape::Other;
        }
        Ok(shape)
    }

    /// Operands joined by operators of comparison and arithmetic: every sequence of them is accepted.
    fn sum(&mut self) -> Result<Shape, Refusal> {
        const JOINING: [&str; 16] = [
            "==", "===", "!=", "!==", "<", ">", "<=", ">=", "~", "+", "-", "*", "/", "//", "%", "**",
        ];
        let mut shape = self.unary()?;
        while let Some(next) = self.lexer.peek() {
            if next.kind != Kind::Operator || !JOINING.contains(&self.lexer.value(next)) {
                break;
            }
            self.lexer.next();
            self.unary()?;
            shape = Shape::Other;
        }
        Ok(shape)
    }

    fn unary(&mut self) -> Result<Shape, Refusal> {
        let mut signed = false;
        while self.lexer.skip(Kind::Operator, "-") || self.lexer.skip(Kind::Operator, "+") {
            signed = true;
        }
        let mut shape = self.primary()?;
        if signed {
            shape = Shape::Other;
        }
        while self.lexer.skip(Kind::Pipe, "") {
            shape = Shape::Other;
            self.filter()?;
        }
        Ok(shape)
    }

    /// The name of a filter and its arguments.
    pub(super) fn filter(&mut self) -> Result<(), Refusal> {
        let first = self.symbol()?;
        let mut name = range(first);
        while self.lexer.skip(Kind::Operator, ".") {
            name = name.hull(range(self.symbol()?));
        }
        self.filters.push(name);
        let opens = self.lexer.peek().is_some_and(|next| self.lexer.value(next) == "(");
        if opens {
            self.postfix(Shape::Other)?;
        }
        Ok(())
    }

    fn symbol(&mut self) -> Result<Token, Refusal> {
        match self.lexer.next() {
            Some(token) if token.kind == Kind::Symbol => Ok(token),
            token => Err(self.unexpected(token)),
        }
    }

    /// A literal, a name, a list, a group or a dictionary, with what hangs on it.
    pub(super) fn primary(&mut self) -> Result<Shape, Refusal> {
        let token = self.lexer.peek();
        let shape = match token.map(|token| token.kind) {
            Some(Kind::Literal) => {
                self.lexer.next();
                Shape::Other
            }
            Some(Kind::Symbol) => {
                self.lexer.next();
                token.map_or(Shape::Other, |token| Shape::Path(range(token)))
            }
            Some(Kind::Left) => {
                self.aggregate()?;
                Shape::Other
            }
            _ => {
                self.lexer.next();
                return Err(self.unexpected(token));
            }
        };
        self.postfix(shape)
    }

    fn postfix(&mut self, shape: Shape) -> Result<Shape, Refusal> {
        let mut shape = shape;
        while let Some(next) = self.lexer.peek() {
            match self.lexer.value(next) {
                "(" if next.kind == Kind::Left => {
                    if let Shape::Path(root) = shape {
                        self.calls.push(root);
                    }
                    self.signature()?;
                    shape = Shape::Other;
                }
                "[" if next.kind == Kind::Left => {
                    if self.aggregate()? > 1 {
                        return Err(Some(say!("there is more than one index")));
                    }
                }
                "." if next.kind == Kind::Operator => {
                    self.lexer.next();
                    self.symbol()?;
                }
                _ => break,
            }
        }
        Ok(shape)
    }

    /// What stands in brackets of any kind; how many items.
    fn aggregate(&mut self) -> Result<usize, Refusal> {
        let is_dictionary = self.lexer.next().is_some_and(|open| self.lexer.value(open) == "{");
        let mut count = 0;
        loop {
            if self.lexer.skip(Kind::Right, "") {
                return Ok(count);
            }
            if count > 0 && !self.lexer.skip(Kind::Comma, "") {
                let found = self.lexer.peek();
                return Err(self.unexpected(found));
            }
            if is_dictionary {
                self.primary()?;
                if !self.lexer.skip(Kind::Colon, "") {
                    let found = self.lexer.peek();
                    return Err(self.unexpected(found));
                }
            }
            self.expression()?;
            count += 1;
        }
    }

    /// Arguments in round brackets.
    pub(super) fn signature(&mut self) -> Result<(), Refusal> {
        if !self.lexer.skip(Kind::Left, "(") {
            let found = self.lexer.peek();
            return Err(self.unexpected(found));
        }
        let mut first = true;
        loop {
            if self.lexer.skip(Kind::Right, ")") {
                return Ok(());
            }
            if !first && !self.lexer.skip(Kind::Comma, "") {
                let found = self.lexer.peek();
                return Err(self.unexpected(found));
            }
            self.expression()?;
            if self.lexer.skip(Kind::Operator, "=") {
                self.expression()?;
            }
            first = false;
        }
    }

    /// The refusal of a token that cannot stand where it stands.
    pub(super) fn unexpected(&self, token: Option<Token>) -> Refusal {
        Some(match token {
            None => say!("the post ends before it"),
            Some(token) if matches!(token.kind, Kind::VariableEnd | Kind::BlockEnd) => {
                say!("something is missing before its end")
            }
            Some(token) => say!("`{token}` cannot stand there", token = self.lexer.value(token)),
        })
    }
}

fn range(token: Token) -> TextRange {
    TextRange::new(token.start, token.end)
}
