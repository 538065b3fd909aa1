//! The shape of `postlint.toml` in types: the schema for editors is made from them, and the words that it lists are read by them.

use super::{DEFAULT_MAX_CHECK_TIME, DEFAULT_MAX_FILE_SIZE};
use crate::diagnostic::Severity;
use crate::generator::Generator;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU64;

/// The `format` of what stands for the name of a rule or a group; the rules live above this room, who makes the schema puts them in.
pub const RULE: &str = "rule";

/// The `format` of a table of levels by rule.
pub const RULES: &str = "rules";

/// The schema of the file without descriptions, in the words of draft 4, which is all that the editors' readers of TOML know.
pub fn shape() -> Schema {
    let settings = SchemaSettings::draft07().with(|settings| {
        settings.meta_schema = Some("http://json-schema.org/draft-04/schema#".into());
        settings.inline_subschemas = true;
    });
    settings.into_generator().into_root_schema_for::<File>()
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields, rename = "postlint.toml", transform = optional)]
#[expect(dead_code, reason = "only the names and the types count")]
struct File {
    extends: Extends,
    lang: LanguageWord,
    #[schemars(extend("default" = "auto"))]
    generator: GeneratorWord,
    site_zone: String,
    machine_zone: String,
    select: BTreeSet<RuleName>,
    ignore: BTreeSet<RuleName>,
    exclude: Vec<String>,
    #[schemars(extend("default" = DEFAULT_MAX_FILE_SIZE))]
    max_file_size: NonZeroU64,
    #[schemars(extend("default" = DEFAULT_MAX_CHECK_TIME))]
    max_check_time: NonZeroU64,
    required_fields: Vec<String>,
    known_fields: Vec<String>,
    field_order: Vec<String>,
    schema: String,
    ad_selectors: Vec<String>,
    ad_lists: Vec<String>,
    background: String,
    #[schemars(range(min = 1, max = 100), extend("default" = 80))]
    chain_share: u8,
    rules: Levels,
    overrides: Vec<Over>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields, extend("required" = ["files"]))]
#[expect(dead_code, reason = "only the names and the types count")]
struct Over {
    #[schemars(length(min = 1))]
    files: Vec<String>,
    rules: Levels,
    required_fields: Vec<String>,
    known_fields: Vec<String>,
    background: String,
    schema: String,
}

/// No key must be there. An `Option` would say that it may be null, which TOML does not know.
fn optional(schema: &mut Schema) {
    schema.remove("required");
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only the types count")]
enum Extends {
    One(String),
    Several(Vec<String>),
}

#[derive(JsonSchema, PartialEq, Eq, PartialOrd, Ord)]
#[schemars(extend("format" = RULE))]
struct RuleName(String);

#[derive(JsonSchema)]
#[schemars(extend("format" = RULES))]
#[expect(dead_code, reason = "only the type counts")]
struct Levels(BTreeMap<String, LevelWord>);

#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[expect(dead_code, reason = "more words than these are read: `zh-CN`")]
enum LanguageWord {
    En,
    Zh,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum GeneratorWord {
    Auto,
    Hexo,
    Jekyll,
    Hugo,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum LevelWord {
    Error,
    Warning,
    Info,
    Off,
}

impl From<GeneratorWord> for Option<Generator> {
    fn from(word: GeneratorWord) -> Self {
        match word {
            GeneratorWord::Auto => None,
            GeneratorWord::Hexo => Some(Generator::Hexo),
            GeneratorWord::Jekyll => Some(Generator::Jekyll),
            GeneratorWord::Hugo => Some(Generator::Hugo),
        }
    }
}

impl From<LevelWord> for super::Level {
    fn from(word: LevelWord) -> Self {
        match word {
            LevelWord::Error => Self::On(Severity::Error),
            LevelWord::Warning => Self::On(Severity::Warning),
            LevelWord::Info => Self::On(Severity::Info),
            LevelWord::Off => Self::Off,
        }
    }
}
