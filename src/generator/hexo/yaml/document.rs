//! Documents and their directives.

use super::node::Place;
use super::state::{Loader, Step, is_blank, is_blank_or_eol, is_eol};
use super::tag;
use crate::generator::hexo::value::Js;

impl Loader {
    /// All documents of the stream; a caller that wants one needs to see whether there is a second.
    pub fn documents(mut self) -> Step<Vec<Js>> {
        if let Some(at) = memchr::memchr(0, self.input.as_bytes()) {
            self.mark.position = at;
            return self.error("null byte is not allowed in input");
        }
        while self.byte() == b' ' {
            self.line_indent += 1;
            self.mark.position += 1;
        }
        let mut documents = Vec::new();
        while self.mark.position + 1 < self.input.len() {
            documents.push(self.document()?);
        }
        Ok(documents)
    }

    fn document(&mut self) -> Step<Js> {
        self.tag_handles.clear();
        self.anchors.clear();
        let has_directives = self.directives()?;
        self.skip()?;
        let rest = self.input.as_bytes().get(self.mark.position..).unwrap_or_default();
        if self.line_indent == 0 && rest.starts_with(b"---") {
            self.mark.position += 3;
            self.skip()?;
        } else if has_directives {
            return self.error("directives end mark is expected");
        }
        self.compose(self.line_indent - 1, Place::Document)?;
        self.skip()?;
        let result = self.result.clone();
        if self.mark.position == self.mark.line_start && self.at_separator() {
            if self.byte() == b'.' {
                self.mark.position += 3;
                self.skip()?;
            }
        } else if self.mark.position + 1 < self.input.len() {
            return self.error("end of the stream or a document separator is expected");
        }
        Ok(result)
    }

    fn directives(&mut self) -> Step<bool> {
        let mut version = None;
        let mut found = false;
        while self.byte() != 0 {
            self.skip()?;
            if self.line_indent > 0 || self.byte() != b'%' {
                break;
            }
            found = true;
            self.mark.position += 1;
            let name = self.word();
            if name.is_empty() {
                return self.error("directive name must not be less than one character in length");
            }
            let arguments = self.arguments();
            if self.byte() != 0 {
                self.line_break()?;
            }
            match name.as_str() {
                "YAML" => self.yaml_directive(&mut version, &arguments)?,
                "TAG" => self.tag_directive(&arguments)?,
                _ => {}
            }
        }
        Ok(found)
    }

    fn word(&mut self) -> String {
        let start = self.mark.position;
        while self.byte() != 0 && !is_blank_or_eol(self.byte()) {
            self.mark.position += 1;
        }
        self.slice(start, self.mark.position).to_owned()
    }

    fn arguments(&mut self) -> Vec<String> {
        let mut arguments = Vec::new();
        while self.byte() != 0 {
            while is_blank(self.byte()) {
                self.mark.position += 1;
            }
            if self.byte() == b'#' {
                self.skip_line();
                break;
            }
            if is_eol(self.byte()) {
                break;
            }
            arguments.push(self.word());
        }
        arguments
    }

    fn yaml_directive(&mut self, version: &mut Option<String>, arguments: &[String]) -> Step<()> {
        if version.is_some() {
            return self.error("duplication of %YAML directive");
        }
        let [argument] = arguments else {
            return self.error("YAML directive accepts exactly one argument");
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let Some((major, minor)) = argument.split_once('.') else {
            return self.error("ill-formed argument of the YAML directive");
        };
        if !digits(major) || !digits(minor) {
            return self.error("ill-formed argument of the YAML directive");
        }
        if major.trim_start_matches('0') != "1" {
            return self.error("unacceptable YAML version of the document");
        }
        *version = Some(argument.clone());
        Ok(())
    }

    fn tag_directive(&mut self, arguments: &[String]) -> Step<()> {
        let [handle, prefix] = arguments else {
            return self.error("TAG directive accepts exactly two arguments");
        };
        if !tag::is_handle(handle) {
            return self.error("ill-formed tag handle (first argument) of the TAG directive");
        }
        if self.tag_handles.contains_key(handle) {
            return self.error(format!(
                "there is a previously declared suffix for \"{handle}\" tag handle"
            ));
        }
        if !tag::is_uri(prefix) {
            return self.error("ill-formed tag prefix (second argument) of the TAG directive");
        }
        let Some(prefix) = tag::decoded(prefix) else {
            return self.error(format!("tag prefix is malformed: {prefix}"));
        };
        self.tag_handles.insert(handle.clone(), prefix);
        Ok(())
    }
}
