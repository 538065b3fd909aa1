//! Tags and categories where they are written: which place names which term, and the edit that gives it another name.

use super::{Generator, Taxonomy, casts, terms};
use crate::post::{Dialect, Node, Post, Style, Value, notation};
use crate::text::{Edit, TextRange};

/// One place that names a term.
#[derive(Clone, Debug, PartialEq)]
pub struct TermPlace<'a> {
    /// Category or tag.
    pub taxonomy: Taxonomy,
    /// The names above it and its own, outermost first; one name for tags.
    pub path: Vec<String>,
    /// The scalar.
    pub node: &'a Node,
}

impl TermPlace<'_> {
    /// Its own name.
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// Every place of `post` that names a term for `generator`, in the order of the file.
pub fn places(post: &Post, generator: Generator) -> Vec<TermPlace<'_>> {
    let mut places = Vec::new();
    for (taxonomy, entry) in terms::entries(post) {
        let mut walk = Walk {
            taxonomy,
            generator,
            places: &mut places,
        };
        walk.value(&entry.value);
    }
    places
}

/// The term that is named at the byte `offset`; `None` where there is none.
pub fn at(post: &Post, generator: Generator, offset: usize) -> Option<TermPlace<'_>> {
    let touches = |range: TextRange| range.start <= offset && offset <= range.end;
    places(post, generator)
        .into_iter()
        .find(|place| touches(place.node.range))
}

struct Walk<'a, 'b> {
    taxonomy: Taxonomy,
    generator: Generator,
    places: &'b mut Vec<TermPlace<'a>>,
}

impl<'a> Walk<'a, '_> {
    fn value(&mut self, value: &'a Node) {
        let Value::List(items) = &value.value else {
            // Jekyll and Hugo take a text with blanks apart: its parts have no place of their own.
            let is_one = self.generator == Generator::Hexo
                || value.text().is_some_and(|text| !text.contains(char::is_whitespace));
            if is_one {
                self.chain(std::slice::from_ref(value));
            }
            return;
        };
        let has_list = items.iter().any(|item| matches!(item.value, Value::List(_)));
        match (self.generator, self.taxonomy, has_list) {
            (Generator::Hexo, Taxonomy::Category, false) => self.chain(items),
            (Generator::Hexo, Taxonomy::Category, true) => items.iter().for_each(|item| match &item.value {
                Value::List(inner) => self.chain(inner),
                _ => self.chain(std::slice::from_ref(item)),
            }),
            _ => items.iter().for_each(|item| self.chain(std::slice::from_ref(item))),
        }
    }

    /// Each item stands below those before it.
    fn chain(&mut self, items: &'a [Node]) {
        let mut path = Vec::new();
        for node in items {
            let Some(name) = self.name(node) else { continue };
            path.push(name);
            self.places.push(TermPlace {
                taxonomy: self.taxonomy,
                path: path.clone(),
                node,
            });
        }
    }

    fn name(&self, node: &Node) -> Option<String> {
        let scalar = node.scalar().filter(|_| terms::is_term(node))?;
        let cast = (self.generator == Generator::Hexo)
            .then(|| casts::hexo_text(scalar))
            .flatten();
        Some(cast.unwrap_or_else(|| scalar.text.clone()))
    }
}

/// The edit that writes `name` where `node` stands, in the node's own quotes; anchors and tags before it stay. `None` for an
/// alias (what it stands for is renamed where it is written) and for text over several lines.
pub fn renamed(post: &Post, node: &Node, name: &str) -> Option<Edit> {
    let dialect = post.envelope.as_ref()?.dialect;
    let scalar = node.scalar()?;
    let range = bare(post.text(), node.range)?;
    let written = post.text().get(range.as_range())?;
    if written.starts_with('*') || scalar.text.trim_end().contains('\n') {
        return None;
    }
    let new = match scalar.style {
        Style::DoubleQuoted if dialect == Dialect::Yaml => notation::in_double_quotes(name),
        Style::SingleQuoted | Style::DoubleQuoted => notation::quoted(dialect, name),
        Style::Plain | Style::Literal | Style::Folded => notation::written(dialect, name),
    };
    Some(Edit::replace(range, new))
}

/// `range` without anchor and tag in front and without white space behind.
fn bare(text: &str, range: TextRange) -> Option<TextRange> {
    let mut start = range.start;
    loop {
        let rest = text.get(start..range.end)?;
        if !rest.starts_with(['&', '!']) {
            let end = start + rest.trim_end().len();
            return Some(TextRange::new(start, end));
        }
        let word = rest.find(char::is_whitespace)?;
        let after = rest.get(word..)?;
        start += word + after.len() - after.trim_start().len();
    }
}
