//! Findings as text for terminals and machines.

mod checkstyle;
mod concise;
mod diff;
mod fingerprint;
mod frame;
mod github;
mod gitlab;
mod json;
mod junit;
mod neutral;
mod places;
mod rdjson;
mod sarif;
mod xml;

use crate::diagnostic::Diagnostic;
use crate::message::Language;
use crate::text::Source;
use std::io::{self, Write};

pub use diff::diff;
pub use fingerprint::{digest, fingerprint};
pub use json::Findings;
pub use neutral::{neutral, neutral_line};
pub use places::{Place, Places};

/// A checked file.
#[derive(Clone, Debug)]
pub struct Checked {
    /// As given on the command line, `/` as separator.
    pub name: String,
    /// What stands before the paths of [`Related`](crate::diagnostic::Related) places in other files: the site's root as it is
    /// called here, with a `/` at its end; empty where there is no site.
    pub site: String,
    /// The text that the findings speak of.
    pub source: Source,
    /// The language that they are told in.
    pub language: Language,
    /// In order of place.
    pub findings: Vec<Diagnostic>,
}

/// A form of output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Code frames.
    #[default]
    Full,
    /// One line a finding.
    Concise,
    /// One line a finding under the name of its file.
    Grouped,
    /// One array of objects.
    Json,
    /// One object a line.
    JsonLines,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// SARIF 2.1.0, fixes included.
    Sarif,
    /// Checkstyle's XML.
    Checkstyle,
    /// reviewdog's diagnostic format, suggestions included.
    Rdjson,
}

impl Format {
    /// Whether the output is what is written of each file alone, one behind the other.
    pub fn is_by_file(self) -> bool {
        match self {
            Format::Full | Format::Concise | Format::Grouped | Format::JsonLines | Format::Github => true,
            Format::Json | Format::Gitlab | Format::Junit | Format::Sarif | Format::Checkstyle | Format::Rdjson => {
                false
            }
        }
    }
}

/// Whether the output carries colours and links of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Text alone.
    Plain,
    /// With ANSI colours.
    Ansi,
}

/// Write what was found in `files`, in their order.
pub fn write(format: Format, paint: Paint, files: &[&Checked], out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Full => frame::write(files, paint, out),
        Format::Concise => concise::write(files, paint, out),
        Format::Grouped => concise::write_grouped(files, paint, out),
        Format::Json => json::write_array(files, out),
        Format::JsonLines => json::write_lines(files, out),
        Format::Github => github::write(files, out),
        Format::Gitlab => gitlab::write(files, out),
        Format::Junit => junit::write(files, out),
        Format::Sarif => sarif::write(files, out),
        Format::Checkstyle => checkstyle::write(files, out),
        Format::Rdjson => rdjson::write(files, out),
    }
}
