//! The same front matter between fences as every generator reads them.

use super::{Dialect, Envelope, line_at};
use crate::text::{Edit, Source, TextRange};

impl Dialect {
    /// The fence as every generator that reads this dialect wants it; `None` for JSON, which has none.
    pub fn fence(self) -> Option<&'static str> {
        match self {
            Dialect::Yaml => Some("---"),
            Dialect::Toml => Some("+++"),
            Dialect::JsonSemicolons => Some(";;;"),
            Dialect::Json => None,
        }
    }
}

impl Envelope {
    /// The white space that indents the opening fence; empty where it stands at the start of its line.
    pub fn indent(&self, source: &Source) -> TextRange {
        let lead = source.slice(self.lead);
        TextRange::new(
            self.lead.start + lead.trim_end_matches([' ', '\t']).len(),
            self.lead.end,
        )
    }

    /// What makes both fences three marks alone on their lines. Empty where they are, and for JSON.
    pub fn fence_edits(&self, source: &Source) -> Vec<Edit> {
        let Some(fence) = self.dialect.fence() else {
            return Vec::new();
        };
        let text = source.text();
        let indent = self.indent(source);
        let opening = TextRange::new(indent.start, self.block.start);
        let begins_line = text
            .get(..indent.start)
            .is_some_and(|before| before.ends_with(['\n', '\r']) || indent.start == source.bom_len());
        let mut edits = Vec::new();
        if begins_line {
            edits.extend(rewritten(source, opening, fence));
        }
        if self.close.is_some() {
            let rest = text.get(self.body.start..).unwrap_or_default();
            let blanks = match text.get(..self.body.start) {
                Some(before) if before.ends_with(['\n', '\r']) => 0,
                _ => rest.len() - rest.trim_start_matches([' ', '\t']).len(),
            };
            edits.extend(rewritten(
                source,
                TextRange::new(self.block.end, self.body.start + blanks),
                fence,
            ));
        }
        edits
    }
}

impl Envelope {
    /// What closes a block that nothing closes, and the fields that are in it then. A line of dashes and blanks right behind
    /// the fields (`- --`, `——`) is a fence that was mistyped, and becomes one; else a fence goes behind the last field.
    /// `None` where there is one, and for JSON.
    pub fn closing(&self, source: &Source) -> Option<(TextRange, Edit)> {
        let fence = self.dialect.fence().filter(|_| self.close.is_none())?;
        let (text, eol) = (source.text(), source.eol());
        let block = source.slice(self.block);
        let last = block
            .trim_end_matches(['\n', '\r'])
            .rfind(['\n', '\r'])
            .map_or(0, |at| at + 1);
        for start in [self.block.start + last, self.block.end] {
            let line = line_at(text, start, text.len());
            if let Some(line) = line.filter(|line| line.start > self.block.start && is_mistyped(line.text)) {
                let fields = TextRange::new(self.block.start, line.start);
                return Some((fields, Edit::replace(line.range(), fence)));
            }
        }
        let before = match block.is_empty() || block.ends_with(['\n', '\r']) {
            true => "",
            false => eol,
        };
        Some((
            self.block,
            Edit::insert(self.block.end, format!("{before}{fence}{eol}")),
        ))
    }
}

/// Whether `line` is a fence of the wrong characters: two dashes or more of any kind, and blanks.
fn is_mistyped(line: &str) -> bool {
    let is_dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '_' | '=');
    line.chars().filter(|c| is_dash(*c)).count() >= 2 && line.chars().all(|c| is_dash(c) || c.is_whitespace())
}

/// `fence` and a line end in the place of `range`, unless that is what stands there; the file's end needs no line end.
fn rewritten(source: &Source, range: TextRange, fence: &str) -> Option<Edit> {
    let written = source.slice(range);
    let rest = written.strip_prefix(fence);
    let is_sound = match rest {
        Some("") => range.end == source.text().len(),
        Some(rest) => matches!(rest, "\n" | "\r\n" | "\r"),
        None => false,
    };
    let eol = match range.end == source.text().len() && !written.ends_with(['\n', '\r']) {
        true => "",
        false => source.eol(),
    };
    (!is_sound).then(|| Edit::replace(range, format!("{fence}{eol}")))
}
