//! Plain and quoted scalars.

use super::node::Place;
use super::state::{Kind, Loader, Step, is_blank, is_blank_or_eol, is_eol, is_flow_indicator};
use crate::generator::hexo::value::Js;

/// Characters that js-yaml allows nowhere outside quotes.
fn is_unprintable(character: char) -> bool {
    matches!(character,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// Add `count` line breaks folded: one is a space.
fn fold(out: &mut String, count: usize) {
    match count {
        0 => {}
        1 => out.push(' '),
        _ => out.extend(std::iter::repeat_n('\n', count - 1)),
    }
}

fn simple_escape(byte: u8) -> Option<char> {
    Some(match byte {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\u{b}',
        b'f' => '\u{c}',
        b'r' => '\r',
        b'e' => '\u{1b}',
        b' ' => ' ',
        b'"' => '"',
        b'/' => '/',
        b'\\' => '\\',
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}

impl Loader {
    /// Add the text from `start` to `end` of a plain or block scalar.
    pub fn capture(&self, out: &mut String, start: usize, end: usize) -> Step<()> {
        let text = self.slice(start, end.max(start));
        if text.chars().any(is_unprintable) {
            return self.error("the stream contains non-printable characters");
        }
        out.push_str(text);
        Ok(())
    }

    fn capture_quoted(&self, out: &mut String, start: usize, end: usize) -> Step<()> {
        let text = self.slice(start, end.max(start));
        if text.bytes().any(|byte| byte < 0x20 && byte != b'\t') {
            return self.error("expected valid JSON character");
        }
        out.push_str(text);
        Ok(())
    }

    fn begins_plain(&self, in_flow: impl Fn(u8) -> bool) -> bool {
        let byte = self.byte();
        if byte == 0 || is_blank_or_eol(byte) || is_flow_indicator(byte) || b"#&*!|>'\"%@`".contains(&byte) {
            return false;
        }
        let following = self.following();
        !(matches!(byte, b'?' | b'-') && (is_blank_or_eol(following) || in_flow(following)))
    }

    /// Read a plain scalar; whether there was one.
    pub fn plain(&mut self, node_indent: isize, place: Place) -> Step<bool> {
        let ends_flow = |byte: u8| place == Place::Flow && is_flow_indicator(byte);
        if !self.begins_plain(ends_flow) {
            return Ok(false);
        }
        let mut out = String::new();
        let mut start = self.mark.position;
        let mut end = start;
        let mut pending = None;
        let mut byte = self.byte();
        while byte != 0 {
            if byte == b':' {
                let following = self.following();
                if is_blank_or_eol(following) || ends_flow(following) {
                    break;
                }
            } else if byte == b'#' {
                if is_blank_or_eol(self.at(self.mark.position.wrapping_sub(1))) {
                    break;
                }
            } else if (self.mark.position == self.mark.line_start && self.at_separator()) || ends_flow(byte) {
                break;
            } else if is_eol(byte) {
                let (mark, indent) = (self.mark, self.line_indent);
                self.skip_in_scalar()?;
                if self.line_indent < node_indent {
                    self.mark = mark;
                    self.mark.position = end;
                    self.line_indent = indent;
                    break;
                }
                pending = Some(mark.line);
                byte = self.byte();
                continue;
            }
            if let Some(line) = pending.take() {
                self.capture(&mut out, start, end)?;
                fold(&mut out, self.mark.line - line);
                start = self.mark.position;
                end = start;
            }
            if !is_blank(byte) {
                end = self.mark.position + 1;
            }
            byte = self.next();
        }
        self.capture(&mut out, start, end)?;
        if out.is_empty() {
            return Ok(false);
        }
        self.kind = Some(Kind::Scalar);
        self.result = Js::text(&out);
        Ok(true)
    }

    /// Read a scalar in single quotes; whether there was one.
    pub fn single_quoted(&mut self) -> Step<bool> {
        if self.byte() != b'\'' {
            return Ok(false);
        }
        let mut out = String::new();
        self.mark.position += 1;
        let mut start = self.mark.position;
        let mut end = start;
        while self.byte() != 0 {
            let byte = self.byte();
            if byte == b'\'' {
                self.capture_quoted(&mut out, start, self.mark.position)?;
                if self.next() != b'\'' {
                    return Ok(self.finish(&out));
                }
                start = self.mark.position;
                self.mark.position += 1;
                end = self.mark.position;
            } else {
                (start, end) = self.go_on_quoted(&mut out, start, end, "single")?;
            }
        }
        self.error("unexpected end of the stream within a single quoted scalar")
    }

    /// Read a scalar in double quotes; whether there was one.
    pub fn double_quoted(&mut self) -> Step<bool> {
        if self.byte() != b'"' {
            return Ok(false);
        }
        let mut out = String::new();
        self.mark.position += 1;
        let mut start = self.mark.position;
        let mut end = start;
        while self.byte() != 0 {
            let byte = self.byte();
            if byte == b'"' {
                self.capture_quoted(&mut out, start, self.mark.position)?;
                self.mark.position += 1;
                return Ok(self.finish(&out));
            } else if byte == b'\\' {
                self.capture_quoted(&mut out, start, self.mark.position)?;
                self.escape(&mut out)?;
                start = self.mark.position;
                end = start;
            } else {
                (start, end) = self.go_on_quoted(&mut out, start, end, "double")?;
            }
        }
        self.error("unexpected end of the stream within a double quoted scalar")
    }

    /// Read on in a quoted scalar, where nothing ends or escapes: past a character or a line end. The run that is not yet taken
    /// over goes from `start` to `end`, blanks behind it left out; returns where it goes now.
    fn go_on_quoted(&mut self, out: &mut String, start: usize, end: usize, quotes: &str) -> Step<(usize, usize)> {
        let byte = self.byte();
        if is_eol(byte) {
            self.capture_quoted(out, start, end)?;
            fold(out, self.skip_in_scalar()?);
            return Ok((self.mark.position, self.mark.position));
        }
        if self.mark.position == self.mark.line_start && self.at_separator() {
            return self.error(format!(
                "unexpected end of the document within a {quotes} quoted scalar"
            ));
        }
        self.mark.position += 1;
        Ok((start, if is_blank(byte) { end } else { self.mark.position }))
    }

    fn finish(&mut self, out: &str) -> bool {
        self.kind = Some(Kind::Scalar);
        self.result = Js::text(out);
        true
    }

    /// Read an escape sequence; the current byte is the backslash.
    fn escape(&mut self, out: &mut String) -> Step<()> {
        let byte = self.next();
        if is_eol(byte) {
            self.skip_in_scalar()?;
            return Ok(());
        }
        if let Some(character) = simple_escape(byte) {
            out.push(character);
            self.mark.position += 1;
            return Ok(());
        }
        let first = self.hex_escape(byte)?;
        // Two escapes may be the halves of one character.
        if (0xd800..0xdc00).contains(&first) && self.byte() == b'\\' && self.following() == b'u' {
            let back = self.mark;
            self.mark.position += 1;
            let second = self.hex_escape(b'u')?;
            if (0xdc00..0xe000).contains(&second) {
                let character = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                out.push(char::from_u32(character).unwrap_or('\u{fffd}'));
                return Ok(());
            }
            self.mark = back;
        }
        out.push(char::from_u32(first).unwrap_or('\u{fffd}'));
        Ok(())
    }

    fn hex_escape(&mut self, letter: u8) -> Step<u32> {
        let length = match letter {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => return self.error("unknown escape sequence"),
        };
        let mut value = 0_u32;
        for _ in 0..length {
            let Some(digit) = char::from(self.next()).to_digit(16) else {
                return self.error("expected hexadecimal character");
            };
            value = (value << 4) + digit;
        }
        self.mark.position += 1;
        Ok(value)
    }
}
