//! Tags, anchors and aliases.

use super::state::{Loader, Step, is_blank_or_eol, is_flow_indicator};
use std::rc::Rc;

/// `^(?:!|!!|![0-9A-Za-z-]+!)$`
pub fn is_handle(text: &str) -> bool {
    match text.strip_prefix('!') {
        Some("" | "!") => true,
        Some(rest) => rest.strip_suffix('!').is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        }),
        None => false,
    }
}

/// `^(?:!|[^,\[\]{}])(?:%[0-9a-f]{2}|[0-9a-z\-#;/?:@&=+$,_.!~*'()\[\]])*$`, case ignored; the first character may be any.
pub fn is_uri(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) if first == '!' || !matches!(first, ',' | '[' | ']' | '{' | '}') => {}
        _ => return false,
    }
    let rest = characters.as_str().as_bytes();
    let mut at = 0;
    while let Some(&byte) = rest.get(at) {
        if byte == b'%' {
            let hex = rest.get(at + 1..at + 3);
            if !hex.is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) {
                return false;
            }
            at += 3;
        } else if byte.is_ascii_alphanumeric() || b"-#;/?:@&=+$,_.!~*'()[]".contains(&byte) {
            at += 1;
        } else {
            return false;
        }
    }
    true
}

/// `decodeURIComponent(text)`; `None` when it throws.
pub fn decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            let hex = text.get(at + 1..at + 3)?;
            if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return None;
            }
            out.push(u8::from_str_radix(hex, 16).ok()?);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

impl Loader {
    /// Read a tag; whether there was one.
    pub fn tag_property(&mut self) -> Step<bool> {
        if self.byte() != b'!' {
            return Ok(false);
        }
        if self.tag.is_some() {
            return self.error("duplication of a tag property");
        }
        let byte = self.next();
        if byte == b'<' {
            let name = self.verbatim_tag()?;
            self.tag = Some(Rc::from(name));
            return Ok(true);
        }
        let (handle, suffix) = self.tag_parts(byte)?;
        let suffix = self.checked_tag(suffix)?;
        self.tag = Some(Rc::from(match (self.tag_handles.get(&handle), handle.as_str()) {
            (Some(prefix), _) => format!("{prefix}{suffix}"),
            (None, "!") => format!("!{suffix}"),
            (None, "!!") => format!("tag:yaml.org,2002:{suffix}"),
            (None, _) => return self.error(format!("undeclared tag handle \"{handle}\"")),
        }));
        Ok(true)
    }

    fn verbatim_tag(&mut self) -> Step<String> {
        let mut byte = self.next();
        let start = self.mark.position;
        loop {
            byte = if byte == 0 { 0 } else { self.next() };
            if byte == 0 || byte == b'>' {
                break;
            }
        }
        if byte == 0 {
            return self.error("unexpected end of the stream within a verbatim tag");
        }
        let name = self.slice(start, self.mark.position).to_owned();
        self.mark.position += 1;
        self.checked_tag(name)
    }

    fn tag_parts(&mut self, first: u8) -> Step<(String, String)> {
        let mut handle = "!".to_owned();
        let mut is_named = first == b'!';
        if is_named {
            handle.push('!');
            self.mark.position += 1;
        }
        let mut start = self.mark.position;
        while self.byte() != 0 && !is_blank_or_eol(self.byte()) {
            if self.byte() == b'!' {
                if is_named {
                    return self.error("tag suffix cannot contain exclamation marks");
                }
                handle = self.slice(start.saturating_sub(1), self.mark.position + 1).to_owned();
                if !is_handle(&handle) {
                    return self.error("named tag handle cannot contain such characters");
                }
                is_named = true;
                start = self.mark.position + 1;
            }
            self.mark.position += 1;
        }
        let suffix = self.slice(start, self.mark.position).to_owned();
        if suffix.bytes().any(is_flow_indicator) {
            return self.error("tag suffix cannot contain flow indicator characters");
        }
        Ok((handle, suffix))
    }

    fn checked_tag(&self, name: String) -> Step<String> {
        if !name.is_empty() && !is_uri(&name) {
            return self.error(format!("tag name cannot contain such characters: {name}"));
        }
        match decoded(&name) {
            Some(name) => Ok(name),
            None => self.error(format!("tag name is malformed: {name}")),
        }
    }

    /// Read an anchor; whether there was one.
    pub fn anchor_property(&mut self) -> Step<bool> {
        if self.byte() != b'&' {
            return Ok(false);
        }
        if self.anchor.is_some() {
            return self.error("duplication of an anchor property");
        }
        let name = self.name();
        if name.is_empty() {
            return self.error("name of an anchor node must contain at least one character");
        }
        self.anchor = Some(Rc::from(name));
        Ok(true)
    }

    /// Read an alias; whether there was one.
    pub fn alias(&mut self) -> Step<bool> {
        if self.byte() != b'*' {
            return Ok(false);
        }
        let name = self.name();
        if name.is_empty() {
            return self.error("name of an alias node must contain at least one character");
        }
        match self.anchors.get(name.as_str()) {
            Some(value) => self.result = value.clone(),
            None => return self.error(format!("unidentified alias \"{name}\"")),
        }
        self.skip()?;
        Ok(true)
    }

    fn name(&mut self) -> String {
        self.mark.position += 1;
        let start = self.mark.position;
        while self.byte() != 0 && !is_blank_or_eol(self.byte()) && !is_flow_indicator(self.byte()) {
            self.mark.position += 1;
        }
        self.slice(start, self.mark.position).to_owned()
    }
}
