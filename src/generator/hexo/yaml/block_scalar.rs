//! Literal and folded scalars.

use super::state::{Kind, Loader, Step, is_blank, is_eol};
use crate::generator::hexo::value::Js;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomping {
    Clip,
    Strip,
    Keep,
}

struct Header {
    chomping: Chomping,
    indent: Option<isize>,
}

/// What has been read of a block scalar.
struct Text {
    out: String,
    folding: bool,
    has_content: bool,
    more_indented: bool,
    empty_lines: usize,
}

impl Text {
    fn breaks(&mut self, count: usize) {
        self.out.extend(std::iter::repeat_n('\n', count));
    }

    /// Line breaks that stand for the empty lines so far, and for the end of the line before them.
    fn pending(&self) -> usize {
        usize::from(self.has_content) + self.empty_lines
    }

    /// Join the line that begins with `byte` to what came before.
    fn join(&mut self, byte: u8) {
        if !self.folding {
            self.breaks(self.pending());
        } else if is_blank(byte) {
            self.more_indented = true;
            self.breaks(self.pending());
        } else if self.more_indented {
            self.more_indented = false;
            self.breaks(self.empty_lines + 1);
        } else if self.empty_lines == 0 {
            if self.has_content {
                self.out.push(' ');
            }
        } else {
            self.breaks(self.empty_lines);
        }
        self.has_content = true;
        self.empty_lines = 0;
    }
}

impl Loader {
    /// Read a block scalar; whether there was one.
    pub fn block_scalar(&mut self, node_indent: isize) -> Step<bool> {
        let folding = match self.byte() {
            b'|' => false,
            b'>' => true,
            _ => return Ok(false),
        };
        let header = self.block_header(node_indent)?;
        let mut detected = header.indent.is_some();
        let mut indent = header.indent.unwrap_or(node_indent);
        let mut text = Text {
            out: String::new(),
            folding,
            has_content: false,
            more_indented: false,
            empty_lines: 0,
        };
        while self.byte() != 0 {
            self.line_break()?;
            self.line_indent = 0;
            while (!detected || self.line_indent < indent) && self.byte() == b' ' {
                self.line_indent += 1;
                self.mark.position += 1;
            }
            if !detected {
                indent = indent.max(self.line_indent);
            }
            let byte = self.byte();
            if is_eol(byte) {
                text.empty_lines += 1;
                continue;
            }
            if !detected && indent == 0 {
                return self.error("missing indentation for block scalar");
            }
            if self.line_indent < indent {
                match header.chomping {
                    Chomping::Keep => text.breaks(text.pending()),
                    Chomping::Clip if text.has_content => text.breaks(1),
                    _ => {}
                }
                break;
            }
            text.join(byte);
            detected = true;
            let start = self.mark.position;
            self.skip_line();
            self.capture(&mut text.out, start, self.mark.position)?;
        }
        self.kind = Some(Kind::Scalar);
        self.result = Js::text(&text.out);
        Ok(true)
    }

    /// Read `|`, `>` and what belongs to them; the current byte is the line end afterwards.
    fn block_header(&mut self, node_indent: isize) -> Step<Header> {
        let mut header = Header {
            chomping: Chomping::Clip,
            indent: None,
        };
        loop {
            match self.next() {
                byte @ (b'+' | b'-') => {
                    if header.chomping != Chomping::Clip {
                        return self.error("repeat of a chomping mode identifier");
                    }
                    header.chomping = if byte == b'+' { Chomping::Keep } else { Chomping::Strip };
                }
                b'0' => {
                    return self.error("bad explicit indentation width of a block scalar; it cannot be less than one");
                }
                byte @ b'1'..=b'9' => {
                    if header.indent.is_some() {
                        return self.error("repeat of an indentation width identifier");
                    }
                    header.indent = Some(node_indent + isize::from(byte - b'0') - 1);
                }
                _ => break,
            }
        }
        if is_blank(self.byte()) {
            while is_blank(self.byte()) {
                self.mark.position += 1;
            }
            if self.byte() == b'#' {
                self.skip_line();
            }
        }
        Ok(header)
    }
}
