//! Values of single fields that a generator takes for something else than what was written.

use super::{Generator, casts};
use crate::diagnostic::Severity;
use crate::message::Message;
use crate::post::{Entry, Scalar, Style, Value};
use crate::{part, say};

/// What a generator makes of a value, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// In the words of a finding.
    pub message: Message,
    /// How much it hurts.
    pub severity: Severity,
    /// The way out.
    pub mend: Mend,
}

/// How to write what is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// Put quotes around the value as it is written.
    Quote,
    /// Write this in its place; what is meant is clear.
    Write(&'static str),
    /// Write this in its place, if that is what is meant.
    Suggest(&'static str),
    /// Take the whole field away.
    Remove,
    /// Write another key with another value.
    Rename(&'static str, &'static str),
}

/// What `generator` makes of `entry` that its writer cannot have meant; `None` when all is well.
pub fn misread(generator: Generator, entry: &Entry) -> Option<Misread> {
    match (generator, entry.name()?) {
        (Generator::Hexo, key @ ("published" | "comments")) => hexo_switch(key, entry),
        (Generator::Hexo, "permalink") => hexo_permalink(entry),
        (Generator::Hexo, key @ ("excerpt" | "more" | "content" | "id")) => hexo_empty(key, entry),
        (Generator::Hexo, "title") => hexo_title(entry),
        (Generator::Jekyll, "published") => jekyll_published(entry),
        (Generator::Hugo, "published") => hugo_published(entry),
        _ => None,
    }
}

fn hexo_switch(key: &str, entry: &Entry) -> Option<Misread> {
    let scalar = entry.value.scalar()?;
    let word = scalar.text.trim().to_ascii_lowercase();
    let mend = match word.as_str() {
        "no" | "off" | "n" => Mend::Write("false"),
        "none" | "never" | "disabled" | "disable" | "closed" | "hidden" => Mend::Suggest("false"),
        _ => return None,
    };
    let (effect, severity) = match key {
        "published" => (part!("this post is published"), Severity::Error),
        _ => (part!("comments stay open"), Severity::Warning),
    };
    let message = say!(
        "Hexo takes the text `{text}` for true, so {effect}; only `false` is false",
        text = scalar.text,
        effect
    );
    Some(Misread {
        message,
        severity,
        mend,
    })
}

fn hexo_permalink(entry: &Entry) -> Option<Misread> {
    let kind = match &entry.value.value {
        // What counts as false in JavaScript counts as absent.
        Value::Scalar(scalar) if casts::is_text_in_hexo(scalar) || is_falsy(scalar) => return None,
        Value::Scalar(_) => part!("no text"),
        Value::List(_) => part!("a list"),
        Value::Map(_) => part!("a map"),
    };
    Some(Misread {
        message: say!(
            "this `permalink` is {kind}, so Hexo drops the post; the build still succeeds",
            kind
        ),
        severity: Severity::Error,
        mend: Mend::Quote,
    })
}

fn is_falsy(scalar: &Scalar) -> bool {
    scalar.is_null() || matches!(scalar.text.as_str(), "0" | "false" | "False" | "FALSE")
}

fn hexo_empty(key: &str, entry: &Entry) -> Option<Misread> {
    entry.value.scalar().filter(|scalar| scalar.is_null())?;
    Some(Misread {
        message: say!(
            "`{key}` without a value makes Hexo drop the post; the build still succeeds",
            key
        ),
        severity: Severity::Error,
        mend: Mend::Remove,
    })
}

fn hexo_title(entry: &Entry) -> Option<Misread> {
    let (shown, severity) = match &entry.value.value {
        Value::Scalar(scalar) => {
            let severity = if casts::is_timestamp(&scalar.text) {
                Severity::Error
            } else {
                Severity::Warning
            };
            (casts::hexo_text(scalar)?, severity)
        }
        Value::Map(_) => ("[object Object]".to_owned(), Severity::Error),
        Value::List(items) => {
            let texts: Vec<&str> = items.iter().map(|item| item.text().unwrap_or("…")).collect();
            (texts.join(","), Severity::Warning)
        }
    };
    Some(Misread {
        message: say!("Hexo prints this title as `{shown}`", shown),
        severity,
        mend: Mend::Quote,
    })
}

fn jekyll_published(entry: &Entry) -> Option<Misread> {
    let scalar = entry.value.scalar().filter(|scalar| scalar.style != Style::Plain)?;
    let is_false = matches!(scalar.text.to_ascii_lowercase().as_str(), "false" | "no" | "off");
    is_false.then(|| Misread {
        message: say!(
            "Jekyll takes the quoted text `{text}` for true, so this post is published",
            text = scalar.text
        ),
        severity: Severity::Error,
        mend: Mend::Write("false"),
    })
}

fn hugo_published(entry: &Entry) -> Option<Misread> {
    let scalar = entry.value.scalar().filter(|scalar| scalar.style == Style::Plain)?;
    let draft = match scalar.text.as_str() {
        "true" | "True" | "TRUE" => "false",
        "false" | "False" | "FALSE" => "true",
        _ => return None,
    };
    Some(Misread {
        message: say!(
            "Hugo reads `published` as a date, so `{text}` stops the build",
            text = scalar.text
        ),
        severity: Severity::Error,
        mend: Mend::Rename("draft", draft),
    })
}
