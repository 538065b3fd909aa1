//! What a rule says: plain data, no line numbers, no printing.

use crate::message::Message;
use crate::text::{Edit, TextRange};

/// How much it hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Taste or opinion.
    Info,
    /// Likely a mistake.
    Warning,
    /// The build or a reader is hurt.
    Error,
}

impl Severity {
    /// The word used in the configuration and in JSON: `error`, `warning`, `info`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// The stable name of a rule, such as `date-invalid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleCode(pub &'static str);

impl RuleCode {
    /// The address of the rule's page.
    pub fn url(self) -> String {
        format!("https://postlint.dev/rules/{}", self.0)
    }

    /// Whether `name` stands for it: its own name, the group it belongs to (`date`, `date-`, `date-*`) or `all`.
    pub fn is_named_by(self, name: &str) -> bool {
        let group = name.trim_end_matches(['-', '*']);
        let is_in_group = || {
            let rest = self.0.strip_prefix(group);
            !group.is_empty() && rest.is_some_and(|rest| rest.starts_with('-'))
        };
        name == "all" || self.0 == name || is_in_group()
    }
}

impl std::fmt::Display for RuleCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// Whether a fix may be applied without being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// Changes nothing that a reader or the generator means.
    Safe,
    /// Needs a human's consent: it guesses, or it removes something.
    Unsafe,
}

impl Applicability {
    /// The word used in JSON: `safe`, `unsafe`.
    pub fn as_str(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        }
    }
}

/// One way to mend a finding. All edits apply, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// An order, in the writer's words: "Remove the ad unit".
    pub title: Message,
    /// Sorted by range and disjoint.
    pub edits: Vec<Edit>,
    /// Safe or unsafe.
    pub applicability: Applicability,
}

impl Fix {
    /// A safe fix.
    pub fn safe(title: impl Into<Message>, edits: Vec<Edit>) -> Self {
        Self::new(title.into(), edits, Applicability::Safe)
    }

    /// An unsafe fix.
    pub fn risky(title: impl Into<Message>, edits: Vec<Edit>) -> Self {
        Self::new(title.into(), edits, Applicability::Unsafe)
    }

    fn new(title: Message, mut edits: Vec<Edit>, applicability: Applicability) -> Self {
        edits.sort();
        debug_assert!(
            edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start),
            "edits of `{}` overlap",
            title.english()
        );
        Self {
            title,
            edits,
            applicability,
        }
    }
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The other file, relative to the site's root with `/`; `None` means the file of the finding itself.
    pub file: Option<String>,
    /// Bytes of that file.
    pub range: TextRange,
    /// What is to be seen there.
    pub message: Message,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule.
    pub code: RuleCode,
    /// As the configuration has it.
    pub severity: Severity,
    /// Bytes of the whole file.
    pub range: TextRange,
    /// What is wrong and what it does to the reader; no full stop.
    pub message: Message,
    /// Other places.
    pub related: Vec<Related>,
    /// Ways to mend it, best first; only the first is applied without asking.
    pub fixes: Vec<Fix>,
}
