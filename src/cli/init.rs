//! `postlint init`: a configuration in which every key is explained and commented out.

use super::args::InitArgs;
use super::output::{language, told};
use super::{End, output};
use crate::config::{FILE_NAMES, KEYS};
use crate::message::Language;
use crate::say;
use crate::{rules, workspace};
use anyhow::Context as _;

pub(super) fn run(args: &InitArgs) -> anyhow::Result<End> {
    for name in FILE_NAMES {
        let file = args.folder.join(name);
        anyhow::ensure!(
            !file.exists(),
            told(say!("{file} is there already", file = workspace::shown(&file)))
        );
    }
    let file = args.folder.join("postlint.toml");
    workspace::create(&file, &text()).with_context(|| workspace::shown(&file))?;
    output::tell(say!("wrote {file}", file = workspace::shown(&file)));
    Ok(End::Clean)
}

fn text() -> String {
    let head = told(say!(
        "postlint's settings. Everything is optional; a wrong key or rule is an error."
    ));
    let mut text = format!("# {head}\n");
    for (key, what) in KEYS {
        let example = match *key {
            "extends" => "extends = [\"recommended\"]",
            "lang" => match language() {
                Language::English => "lang = \"en\"",
                Language::Chinese => "lang = \"zh\"",
            },
            "generator" => "generator = \"auto\"",
            "site-zone" => "site-zone = \"Asia/Shanghai\"",
            "machine-zone" => "machine-zone = \"UTC\"",
            "select" => "select = [\"all\"]",
            "ignore" => "ignore = [\"text\"]",
            "exclude" => "exclude = [\"source/_drafts/\"]",
            "max-file-size" => "max-file-size = 10485760",
            "max-check-time" => "max-check-time = 10000",
            "required-fields" => "required-fields = [\"title\", \"date\"]",
            "known-fields" => "known-fields = [\"headimg\"]",
            "field-order" => "field-order = [\"title\", \"date\", \"tags\"]",
            "schema" => "schema = \"front-matter.schema.json\"",
            "ad-selectors" => "ad-selectors = [\"div.promo-box\"]",
            "ad-lists" => "ad-lists = [\"easylist.txt\"]",
            "background" => "background = \"#ffffff\"",
            "chain-share" => "chain-share = 80",
            "rules" => "[rules]",
            _ => "[[overrides]]\n# files = [\"source/_posts/old/**\"]\n# rules = { text-encoding = \"warning\" }",
        };
        text.push_str(&format!("\n# {}\n# {example}\n", told(*what)));
        if *key == "rules" {
            for rule in rules::ALL {
                text.push_str(&format!("# {} = \"{}\"\n", rule.code, rule.severity.as_str()));
            }
        }
    }
    text
}
