//! Findings and facts as bytes.

use crate::diagnostic::{Applicability, Diagnostic, Fix, Related, Severity};
use crate::message::Message;
use crate::rules;
use crate::text::{Edit, TextRange};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A finding; the rule by its place among all, which one build of the program never changes.
#[derive(Serialize, Deserialize)]
struct Finding {
    rule: usize,
    severity: u8,
    range: TextRange,
    message: Message,
    related: Vec<(Option<String>, TextRange, Message)>,
    /// Title, whether it is safe, edits.
    fixes: Vec<(Message, bool, Edits)>,
}

type Edits = Vec<(TextRange, String)>;

pub(super) fn pack(value: &(impl Serialize + ?Sized)) -> Vec<u8> {
    // Nothing that is packed here can fail; if it did, it would be unpacked as nothing.
    postcard::to_allocvec(value).unwrap_or_default()
}

/// `None` when the bytes are no `T`.
pub(super) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

pub(super) fn pack_findings(findings: &[Diagnostic]) -> Vec<u8> {
    let findings: Option<Vec<Finding>> = findings.iter().map(packed).collect();
    findings.map(|findings| pack(&findings)).unwrap_or_default()
}

pub(super) fn unpack_findings(bytes: &[u8]) -> Option<Vec<Diagnostic>> {
    unpack::<Vec<Finding>>(bytes)?.into_iter().map(unpacked).collect()
}

fn packed(finding: &Diagnostic) -> Option<Finding> {
    let related = |other: &Related| (other.file.clone(), other.range, other.message.clone());
    let fix = |fix: &Fix| {
        let edits = fix.edits.iter().map(|edit| (edit.range, edit.text.clone()));
        (
            fix.title.clone(),
            fix.applicability == Applicability::Safe,
            edits.collect(),
        )
    };
    Some(Finding {
        rule: rules::ALL.iter().position(|rule| rule.code == finding.code)?,
        severity: finding.severity as u8,
        range: finding.range,
        message: finding.message.clone(),
        related: finding.related.iter().map(related).collect(),
        fixes: finding.fixes.iter().map(fix).collect(),
    })
}

fn unpacked(finding: Finding) -> Option<Diagnostic> {
    let severities = [Severity::Info, Severity::Warning, Severity::Error];
    let related = |(file, range, message)| Related { file, range, message };
    let fix = |(title, is_safe, edits): (Message, bool, Edits)| Fix {
        title,
        edits: edits.into_iter().map(|(range, text)| Edit { range, text }).collect(),
        applicability: match is_safe {
            true => Applicability::Safe,
            false => Applicability::Unsafe,
        },
    };
    Some(Diagnostic {
        code: rules::ALL.get(finding.rule)?.code,
        severity: severities.into_iter().find(|known| *known as u8 == finding.severity)?,
        range: finding.range,
        message: finding.message,
        related: finding.related.into_iter().map(related).collect(),
        fixes: finding.fixes.into_iter().map(fix).collect(),
    })
}
