//! Takes what a rule finds.

use super::{Lines, Reads, Rests};
use crate::diagnostic::{Diagnostic, Fix, Related, RuleCode, Severity};
use crate::message::Message;
use crate::text::TextRange;

/// Takes findings; stamps code and severity.
#[derive(Debug)]
pub struct Reporter<'a> {
    code: RuleCode,
    severity: Severity,
    out: &'a mut Vec<Diagnostic>,
    /// How many findings there were before.
    before: usize,
    rests: Option<Rests>,
}

impl<'a> Reporter<'a> {
    /// A reporter for one rule at one severity.
    pub fn new(code: RuleCode, severity: Severity, out: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            code,
            severity,
            before: out.len(),
            out,
            rests: None,
        }
    }

    /// Whether anything was reported.
    pub fn has_found(&self) -> bool {
        self.out.len() > self.before
    }

    /// Say that what the rule finds in this post, all of it or nothing, rests on `reads` alone, among all that it may look at.
    pub fn rests_on(&mut self, reads: Reads) {
        self.rests = Some(Rests::on(reads));
    }

    /// The same where it rests on lines of the body, too: on those that `lines` look for.
    pub fn rests_on_lines(&mut self, reads: Reads, lines: &[&'static Lines]) {
        self.rests = Some(Rests::on(reads).and_lines(lines));
    }

    /// The same where it rests on whatever stands in some places, too; `None` when on more than can be told.
    pub fn rests_all_on(&mut self, rests: Option<Rests>) {
        self.rests = rests;
    }

    /// What the findings rest on; `None` where nothing was said of it.
    pub fn rests(self) -> Option<Rests> {
        self.rests
    }

    /// Report `message` at `range`; the returned handle takes fixes and related places.
    pub fn report(&mut self, range: TextRange, message: impl Into<Message>) -> Finding<'_> {
        let diagnostic = Diagnostic {
            code: self.code,
            severity: self.severity,
            range,
            message: message.into(),
            related: Vec::new(),
            fixes: Vec::new(),
        };
        self.out.push(diagnostic);
        Finding {
            diagnostic: self.out.last_mut().expect("a finding was pushed just now"),
        }
    }
}

/// A finding that was just reported.
#[derive(Debug)]
pub struct Finding<'a> {
    diagnostic: &'a mut Diagnostic,
}

impl Finding<'_> {
    /// Add a way to mend it; the first one added is the best.
    pub fn fix(self, fix: Fix) -> Self {
        self.diagnostic.fixes.push(fix);
        self
    }

    /// Add another place in the same file.
    pub fn related(self, range: TextRange, message: impl Into<Message>) -> Self {
        self.diagnostic.related.push(Related {
            file: None,
            range,
            message: message.into(),
        });
        self
    }

    /// Add a place in another file (relative to the site's root).
    pub fn related_in(self, file: impl Into<String>, range: TextRange, message: impl Into<Message>) -> Self {
        self.diagnostic.related.push(Related {
            file: Some(file.into()),
            range,
            message: message.into(),
        });
        self
    }

    /// Lower the severity: a rule may say less than it is allowed to, never more.
    pub fn at_most(self, severity: Severity) -> Self {
        self.diagnostic.severity = self.diagnostic.severity.min(severity);
        self
    }
}
