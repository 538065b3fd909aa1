//! The languages that findings are told in.

use std::str::FromStr;

/// A language of the messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// As the messages stand in the code.
    #[default]
    English,
    /// In simplified characters.
    Chinese,
}

impl Language {
    /// The language that a tag asks for, however it is written: `zh`, `zh-CN`, `zh_CN.UTF-8`, `zh-Hans`, `en`, `C`. `None` for a
    /// language that there are no messages in.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match language.to_ascii_lowercase().as_str() {
            "en" | "c" | "posix" => Some(Language::English),
            "zh" => Some(Language::Chinese),
            _ => None,
        }
    }

    /// As it is written in settings: `en`, `zh`.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh",
        }
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(tag: &str) -> Result<Self, String> {
        Self::from_tag(tag).ok_or_else(|| format!("there are no messages in `{tag}`; write `en` or `zh`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_editors_and_systems_write_them() {
        for tag in [
            "zh",
            "zh-cn",
            "zh-CN",
            "zh_CN.UTF-8",
            "zh-Hans",
            "zh-Hans-CN",
            "ZH",
            "zh_TW",
        ] {
            assert_eq!(Language::from_tag(tag), Some(Language::Chinese), "{tag}");
        }
        for tag in ["en", "en-us", "en_GB.UTF-8", "C", "C.UTF-8", "POSIX"] {
            assert_eq!(Language::from_tag(tag), Some(Language::English), "{tag}");
        }
        for tag in ["", "de", "zhuang", "english"] {
            assert_eq!(Language::from_tag(tag), None, "{tag}");
        }
    }
}
