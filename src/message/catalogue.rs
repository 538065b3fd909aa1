//! The catalogues: what each English text is in another language, in gettext's format.

use super::Language;
use polib::catalog::Catalog;
use polib::po_file;
use std::sync::LazyLock;

/// Read when somebody asks for it.
static CHINESE: LazyLock<Catalog> = LazyLock::new(|| {
    let text = include_str!("zh_CN.po");
    po_file::parse_from_reader(text.as_bytes()).expect("a test reads the catalogue")
});

/// An entry of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The English text.
    pub text: String,
    /// What it is in the other language.
    pub translation: String,
}

/// All entries of the catalogue of `language`, in its order; none for English.
pub fn entries(language: Language) -> Vec<Entry> {
    let catalogue = match language {
        Language::English => return Vec::new(),
        Language::Chinese => &*CHINESE,
    };
    let entry = |text: &str, translation: &str| Entry {
        text: text.to_owned(),
        translation: translation.to_owned(),
    };
    let messages = catalogue.messages();
    messages
        .map(|message| entry(message.msgid(), message.msgstr().unwrap_or_default()))
        .collect()
}

/// `text` in `language`, with its blanks if it has any; itself where the catalogue does not have it.
pub fn translated(language: Language, text: &str) -> &str {
    let catalogue = match language {
        Language::English => return text,
        Language::Chinese => &*CHINESE,
    };
    let found = catalogue.find_message(None, text, None);
    found
        .and_then(|message| message.msgstr().ok())
        .filter(|text| !text.is_empty())
        .unwrap_or(text)
}
