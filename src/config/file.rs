//! Reads `postlint.toml`: every wrong key, rule or value is an error that names its place.

use super::error::nearest;
use super::keys::{KEYS, OVERRIDE_KEYS};
use super::presets::{self, PRESETS};
use super::selection::{expand, unknown};
use super::words::{GeneratorWord, LevelWord};
use super::{Catalogue, ConfigError, Globs, Level, Override, Placed, Selection, Settings};
use crate::generator::{Generator, date::is_zone};
use crate::message::{Language, Message, Part};
use crate::text::{Encoding, Source};
use crate::{part, say};
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The names a configuration may have in its folder, best first.
pub const FILE_NAMES: &[&str] = &[".postlint.toml", "postlint.toml", ".config/postlint.toml"];

/// Where a configuration's text is from, and how it gets at others.
pub struct Origin<'a> {
    /// The file, as errors name it.
    pub file: &'a str,
    /// The rules there are.
    pub catalogue: Catalogue<'a>,
    /// Lays the configuration that `extends` names, which is no preset, over the settings.
    pub extend: &'a dyn Fn(&Placed, Settings) -> Result<Settings, ConfigError>,
}

impl Settings {
    /// Read `text`, the content of `file`, which extends nothing but presets.
    pub fn parse(text: &str, file: &str, catalogue: Catalogue<'_>) -> Result<Self, ConfigError> {
        let refuse = |extended: &Placed, _: Settings| {
            Err(ConfigError {
                file: file.to_owned(),
                place: extended.place,
                message: say!("`{name}` cannot be extended here", name = extended.text),
                suggestion: nearest(&extended.text, PRESETS.iter().map(|(name, _)| *name)),
            })
        };
        Self::parse_over(
            Self::default(),
            text,
            &Origin {
                file,
                catalogue,
                extend: &refuse,
            },
        )
    }

    /// Lay `text` over `base`; what it extends comes between them.
    pub fn parse_over(base: Self, text: &str, origin: &Origin<'_>) -> Result<Self, ConfigError> {
        let reader = Reader {
            source: Source::new(text),
            file: origin.file,
            catalogue: origin.catalogue,
        };
        let table = DeTable::parse(text).map_err(|error| {
            reader.error(
                error.span().unwrap_or(0..0),
                say!("{message}", message = error.message()),
            )
        })?;
        let table = table.get_ref();
        let mut settings = base;
        if let Some(value) = table.get("extends") {
            for extended in reader.extended(value)? {
                if !presets::lay(&extended.text, &mut settings, origin.catalogue) {
                    settings = (origin.extend)(&extended, settings)?;
                }
            }
        }
        reader.settings(settings, table)
    }
}

/// One of the words that `T` knows.
fn word<T: DeserializeOwned>(value: &Value<'_>) -> Option<T> {
    let word: StrDeserializer<'_, serde::de::value::Error> = value.get_ref().as_str()?.into_deserializer();
    T::deserialize(word).ok()
}

struct Reader<'a> {
    source: Source,
    file: &'a str,
    catalogue: Catalogue<'a>,
}

type Value<'i> = Spanned<DeValue<'i>>;
type Read<T> = Result<T, ConfigError>;

impl Reader<'_> {
    fn place(&self, span: Range<usize>) -> Option<(usize, usize)> {
        let position = self.source.position(span.start, Encoding::Utf32);
        Some((position.line + 1, position.column + 1))
    }

    fn error(&self, span: Range<usize>, message: Message) -> ConfigError {
        ConfigError {
            file: self.file.to_owned(),
            place: self.place(span),
            message,
            suggestion: None,
        }
    }

    fn wrong<T>(&self, value: &Value<'_>, key: &str, wanted: Part) -> Read<T> {
        Err(self.error(value.span(), say!("`{key}` must be {wanted}", key, wanted)))
    }

    fn unknown_key<'k>(&self, span: Range<usize>, key: &str, known: impl Iterator<Item = &'k str>) -> ConfigError {
        ConfigError {
            suggestion: nearest(key, known),
            ..self.error(span, say!("there is no key `{key}`", key))
        }
    }

    fn settings(&self, mut settings: Settings, table: &DeTable<'_>) -> Read<Settings> {
        let mut selection = Selection::default();
        for (key, value) in table {
            let name: &str = key.get_ref();
            let base = &mut settings.base;
            match name {
                // First, so that a key that the list lacks, and with it the schema and `init`, is not read at all.
                other if KEYS.iter().all(|(key, _)| *key != other) => {
                    return Err(self.unknown_key(key.span(), other, KEYS.iter().map(|(key, _)| *key)));
                }
                "lang" => settings.lang = Some(self.language(value)?),
                "generator" => base.generator = self.generator(value)?,
                "site-zone" => base.site_zone = Some(self.zone(value, name)?),
                "machine-zone" => base.machine_zone = Some(self.zone(value, name)?),
                "required-fields" => base.required_fields = Some(self.texts(value, name)?),
                "field-order" => base.field_order = Some(self.texts(value, name)?),
                "known-fields" => base.known_fields = self.texts(value, name)?,
                "background" => base.background = Some(self.colour(value)?),
                "chain-share" => base.chain_share = Some(self.share(value, name)?),
                "extends" => {}
                "rules" => base.levels.extend(self.levels(value)?),
                "select" => selection.select = self.codes(value, name)?.into_iter().collect(),
                "ignore" => selection.ignore = self.codes(value, name)?.into_iter().collect(),
                "schema" => settings.schema = Some(self.placed_text(value, name)?),
                "ad-selectors" => settings.ad_selectors = self.placed(value, name)?,
                "ad-lists" => settings.ad_lists = self.placed(value, name)?,
                "exclude" => settings.exclude = self.globs(value, name)?,
                "max-file-size" => {
                    settings.max_file_size = self.limit(value, name, part!("a number of bytes above 0"))?
                }
                "max-check-time" => {
                    settings.max_check_time = self.limit(value, name, part!("a number of milliseconds above 0"))?;
                }
                "overrides" => settings.overrides.extend(self.overrides(value)?),
                _ => {}
            }
        }
        selection.apply(&mut settings.base, self.catalogue);
        Ok(settings)
    }

    fn overrides(&self, value: &Value<'_>) -> Read<Vec<Override>> {
        let Some(list) = value.get_ref().as_array() else {
            return self.wrong(value, "overrides", part!("a list of tables (`[[overrides]]`)"));
        };
        list.iter().map(|value| self.over(value)).collect()
    }

    fn over(&self, value: &Value<'_>) -> Read<Override> {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong(value, "overrides", part!("a list of tables (`[[overrides]]`)"));
        };
        let mut over = Override::default();
        for (key, value) in table {
            let name: &str = key.get_ref();
            match name {
                other if !OVERRIDE_KEYS.contains(&other) => {
                    return Err(self.unknown_key(key.span(), other, OVERRIDE_KEYS.iter().copied()));
                }
                "files" => over.files = self.globs(value, name)?,
                "rules" => over.levels = self.levels(value)?,
                "required-fields" => over.required_fields = Some(self.texts(value, name)?),
                "known-fields" => over.known_fields = self.texts(value, name)?,
                "background" => over.background = Some(self.colour(value)?),
                "schema" => over.schema = Some(self.placed_text(value, name)?),
                _ => {}
            }
        }
        if over.files.patterns().is_empty() {
            return Err(self.error(value.span(), say!("an override needs `files`, a list of patterns")));
        }
        Ok(over)
    }

    fn levels(&self, value: &Value<'_>) -> Read<BTreeMap<String, Level>> {
        let Some(table) = value.get_ref().as_table() else {
            return self.wrong(value, "rules", part!("a table"));
        };
        let mut lines = Vec::new();
        for (key, value) in table {
            let level = self.level(value, key.get_ref())?;
            lines.push((self.expand(key.get_ref(), key.span())?, level));
        }
        // A rule's own line beats its group's, and a group's beats `all`, wherever they stand.
        lines.sort_by_key(|(codes, _)| std::cmp::Reverse(codes.len()));
        let pairs = |(codes, level): (Vec<&str>, Level)| -> Vec<(String, Level)> {
            codes.into_iter().map(|code| (code.to_owned(), level)).collect()
        };
        Ok(lines.into_iter().flat_map(pairs).collect())
    }

    fn level(&self, value: &Value<'_>, rule: &str) -> Read<Level> {
        match word::<LevelWord>(value) {
            Some(word) => Ok(word.into()),
            None => self.wrong(value, rule, part!("\"error\", \"warning\", \"info\" or \"off\"")),
        }
    }

    fn expand(&self, name: &str, span: Range<usize>) -> Read<Vec<&'static str>> {
        let codes = expand(name, self.catalogue);
        match codes.is_empty() {
            true => Err(unknown(name, self.catalogue, self.file.to_owned(), self.place(span))),
            false => Ok(codes),
        }
    }

    fn codes(&self, value: &Value<'_>, key: &str) -> Read<Vec<&'static str>> {
        let mut codes = Vec::new();
        for (name, span) in self.spanned_texts(value, key)? {
            codes.extend(self.expand(&name, span)?);
        }
        Ok(codes)
    }

    fn generator(&self, value: &Value<'_>) -> Read<Option<Generator>> {
        match word::<GeneratorWord>(value) {
            Some(word) => Ok(word.into()),
            None => self.wrong(value, "generator", part!("\"auto\", \"hexo\", \"jekyll\" or \"hugo\"")),
        }
    }

    fn language(&self, value: &Value<'_>) -> Read<Language> {
        let language = value.get_ref().as_str().and_then(Language::from_tag);
        language.map_or_else(|| self.wrong(value, "lang", part!("\"en\" or \"zh\"")), Ok)
    }

    fn colour(&self, value: &Value<'_>) -> Read<[u8; 3]> {
        let colour = value
            .get_ref()
            .as_str()
            .and_then(|text| csscolorparser::parse(text).ok());
        match colour.map(|colour| colour.to_rgba8()) {
            Some([red, green, blue, 255]) => Ok([red, green, blue]),
            _ => self.wrong(value, "background", part!("a solid colour of CSS, such as \"#ffffff\"")),
        }
    }

    fn limit(&self, value: &Value<'_>, key: &str, wanted: Part) -> Read<u64> {
        let digits = value.get_ref().as_integer().filter(|number| number.radix() == 10);
        match digits.and_then(|number| number.as_str().parse().ok()) {
            Some(limit) if limit > 0 => Ok(limit),
            _ => self.wrong(value, key, wanted),
        }
    }

    fn share(&self, value: &Value<'_>, key: &str) -> Read<usize> {
        let digits = value.get_ref().as_integer().filter(|number| number.radix() == 10);
        match digits.and_then(|number| number.as_str().parse().ok()) {
            Some(share) if (1..=100).contains(&share) => Ok(share),
            _ => self.wrong(value, key, part!("a number from 1 to 100")),
        }
    }

    fn globs(&self, value: &Value<'_>, key: &str) -> Read<Globs> {
        Globs::new(self.texts(value, key)?).map_err(|(pattern, reason)| {
            self.error(
                value.span(),
                say!("`{pattern}` is no pattern: {reason}", pattern, reason),
            )
        })
    }

    fn zone(&self, value: &Value<'_>, key: &str) -> Read<String> {
        let name = self.text(value, key)?;
        match is_zone(&name) {
            true => Ok(name),
            false => self.wrong(value, key, part!("the name of a time zone, such as \"Asia/Shanghai\"")),
        }
    }

    fn text(&self, value: &Value<'_>, key: &str) -> Read<String> {
        match value.get_ref().as_str() {
            Some(text) => Ok(text.to_owned()),
            None => self.wrong(value, key, part!("text in quotes")),
        }
    }

    fn texts(&self, value: &Value<'_>, key: &str) -> Read<Vec<String>> {
        Ok(self
            .spanned_texts(value, key)?
            .into_iter()
            .map(|(text, _)| text)
            .collect())
    }

    fn placed_text(&self, value: &Value<'_>, key: &str) -> Read<Placed> {
        Ok(Placed {
            text: self.text(value, key)?,
            place: self.place(value.span()),
        })
    }

    fn placed(&self, value: &Value<'_>, key: &str) -> Read<Vec<Placed>> {
        let texts = self.spanned_texts(value, key)?.into_iter();
        let placed = texts.map(|(text, span)| Placed {
            text,
            place: self.place(span),
        });
        Ok(placed.collect())
    }

    /// One or several.
    fn extended(&self, value: &Value<'_>) -> Read<Vec<Placed>> {
        match value.get_ref() {
            DeValue::String(_) => Ok(vec![self.placed_text(value, "extends")?]),
            DeValue::Array(_) => self.placed(value, "extends"),
            _ => self.wrong(value, "extends", part!("text in quotes, or a list of such texts")),
        }
    }

    fn spanned_texts(&self, value: &Value<'_>, key: &str) -> Read<Vec<(String, Range<usize>)>> {
        let Some(list) = value.get_ref().as_array() else {
            return self.wrong(value, key, part!("a list of texts in quotes"));
        };
        list.iter()
            .map(|item| Ok((self.text(item, key)?, item.span())))
            .collect()
    }
}
