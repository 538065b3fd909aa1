//! The keys of `postlint.toml`, and what each is for.

use crate::message::Part;
use crate::part;

/// The keys at the top of the file with what each is for, in the order `init` writes them.
pub const KEYS: &[(&str, Part)] = &[
    (
        "extends",
        part!("what this file is laid over: \"recommended\", \"strict\", \"scraped\", or other configurations (paths)"),
    ),
    (
        "lang",
        part!("the language of messages, \"en\" or \"zh\", where the command line names none"),
    ),
    ("generator", part!("\"auto\", \"hexo\", \"jekyll\" or \"hugo\"")),
    (
        "site-zone",
        part!("the site's time zone where its own configuration names none, such as \"Asia/Shanghai\""),
    ),
    (
        "machine-zone",
        part!("the time zone of the machine that builds the site; \"UTC\" when left out"),
    ),
    (
        "select",
        part!("run only these rules; \"date\" stands for every date rule, \"all\" for all"),
    ),
    ("ignore", part!("do not run these rules")),
    ("exclude", part!("files and folders that are not checked, as patterns")),
    ("max-file-size", part!("longer files are not read, in bytes")),
    (
        "max-check-time",
        part!("posts that take longer are not checked, in milliseconds (10000)"),
    ),
    (
        "required-fields",
        part!("front matter fields that every post must have"),
    ),
    (
        "known-fields",
        part!("front matter fields that are no slip although they look like one"),
    ),
    (
        "field-order",
        part!("front matter fields in the order they should stand in"),
    ),
    (
        "schema",
        part!("a JSON Schema that the front matter must fit (a path relative to this file)"),
    ),
    (
        "ad-selectors",
        part!("CSS selectors of what is an ad on your pages: \"div.promo-box\""),
    ),
    (
        "ad-lists",
        part!("filter lists in the syntax of Adblock (EasyList and its kin), relative to this file"),
    ),
    (
        "background",
        part!("the page's background, for text that hides in it: \"#ffffff\""),
    ),
    (
        "chain-share",
        part!("per cent of the posts with a category that must file it under the same chain for it to be meant (80)"),
    ),
    (
        "rules",
        part!("a table: rule = \"error\", \"warning\", \"info\" or \"off\""),
    ),
    (
        "overrides",
        part!(
            "a list of tables: files = [patterns] and any of rules, required-fields, known-fields, background, schema"
        ),
    ),
];

/// The keys of an `[[overrides]]` table.
pub const OVERRIDE_KEYS: &[&str] = &[
    "files",
    "rules",
    "required-fields",
    "known-fields",
    "background",
    "schema",
];
