//! Which generator a site uses, told from the files at its root.

use super::tree::{At, Keys, Tree};
use crate::generator::Generator;
use crate::post::Dialect;

/// Keys of `_config.yml` that only Hexo knows.
const HEXO_KEYS: &[&str] = &[
    "source_dir",
    "public_dir",
    "new_post_name",
    "post_asset_folder",
    "render_drafts",
    "skip_render",
    "filename_case",
    "permalink_defaults",
    "pretty_urls",
    "default_category",
    "category_map",
    "tag_map",
    "updated_option",
    "index_generator",
    "syntax_highlighter",
    "archive_dir",
    "i18n_dir",
    "titlecase",
    "external_link",
    "relative_link",
];

/// Keys of `_config.yml` that only Jekyll knows.
const JEKYLL_KEYS: &[&str] = &[
    "baseurl",
    "collections",
    "collections_dir",
    "defaults",
    "destination",
    "gems",
    "highlighter",
    "incremental",
    "kramdown",
    "layouts_dir",
    "limit_posts",
    "liquid",
    "paginate",
    "plugins_dir",
    "rdiscount",
    "redcarpet",
    "remote_theme",
    "sass",
    "show_drafts",
    "show_excerpts",
    "source",
    "strict_front_matter",
    "whitelist",
];

/// Keys of `config.toml` and its kin that Hugo knows and other users of such a file name do not.
const HUGO_KEYS: &[&str] = &[
    "baseURL",
    "languageCode",
    "contentDir",
    "publishDir",
    "buildDrafts",
    "buildFuture",
    "defaultContentLanguage",
    "disableKinds",
    "enableRobotsTXT",
    "frontmatter",
    "hasCJKLanguage",
    "markup",
    "metaDataFormat",
    "paginate",
    "pagination",
    "permalinks",
    "summaryLength",
    "taxonomies",
    "uglyURLs",
];

/// The generator of the site whose root holds `files`: names relative to the root with `/`, and their text (empty
/// for a folder and for a file whose text does not matter). `None` when nothing speaks for one more than for
/// another.
///
/// Names that decide alone: `hugo.*` and `config/_default/*` (Hugo), `_config.json` (Hexo), `_config.toml` and
/// `Gemfile` with Jekyll in it (Jekyll), `package.json` with Hexo in it. `_config.yml` is read by two generators and
/// `config.toml` by many programs, so their keys decide. The folders `source/_posts`, `_posts`, `content` help where the files do
/// not.
pub fn detect(files: &[(&str, &str)]) -> Option<Generator> {
    let mut votes = [0_usize; 3];
    for (name, text) in files {
        for (generator, weight) in evidence(name, text) {
            votes[generator as usize] += weight;
        }
    }
    let best = votes.iter().copied().max().filter(|&most| most > 0)?;
    let mut winners = [Generator::Hexo, Generator::Jekyll, Generator::Hugo]
        .into_iter()
        .filter(|&generator| votes[generator as usize] == best);
    winners.next().filter(|_| winners.next().is_none())
}

/// What a file says: generators with weights. A name that decides alone outweighs every key together.
fn evidence(name: &str, text: &str) -> Vec<(Generator, usize)> {
    const SURE: usize = 1000;
    let dialect = match name.rsplit('.').next() {
        Some("toml") => Dialect::Toml,
        Some("json") => Dialect::Json,
        _ => Dialect::Yaml,
    };
    match name {
        "hugo.toml" | "hugo.yaml" | "hugo.yml" | "hugo.json" => vec![(Generator::Hugo, SURE)],
        "config.toml" | "config.yaml" | "config.yml" | "config.json" => {
            let tree = Tree::parse(text, dialect);
            vec![(Generator::Hugo, count(tree.root(Keys::AnyCase), HUGO_KEYS))]
        }
        "_config.yml" | "_config.yaml" => {
            let tree = Tree::parse(text, dialect);
            let root = tree.root(Keys::Exact);
            vec![
                (Generator::Hexo, 4 * count(root, HEXO_KEYS)),
                (Generator::Jekyll, 4 * (count(root, JEKYLL_KEYS) + jekyll_plugins(root))),
            ]
        }
        "_config.json" => vec![(Generator::Hexo, SURE)],
        "_config.toml" => vec![(Generator::Jekyll, SURE)],
        "package.json" if needs_hexo(text) => vec![(Generator::Hexo, SURE)],
        "Gemfile" if needs_jekyll(text) => vec![(Generator::Jekyll, SURE)],
        "source/_posts" | "scaffolds" => vec![(Generator::Hexo, 1)],
        "_posts" | "_layouts" | "_includes" => vec![(Generator::Jekyll, 1)],
        "content" | "archetypes" => vec![(Generator::Hugo, 1)],
        _ if name.starts_with("config/_default/") => vec![(Generator::Hugo, SURE)],
        _ => Vec::new(),
    }
}

fn count(root: At<'_>, keys: &[&str]) -> usize {
    keys.iter().filter(|key| root.has(key)).count()
}

/// Plugins whose names begin with `jekyll-`.
fn jekyll_plugins(root: At<'_>) -> usize {
    let named = root.get("plugins").texts();
    named.iter().filter(|name| name.starts_with("jekyll-")).count()
}

fn needs_hexo(text: &str) -> bool {
    let tree = Tree::parse(text, Dialect::Json);
    let root = tree.root(Keys::Exact);
    root.has("hexo") || root.get("dependencies").has("hexo") || root.get("devDependencies").has("hexo")
}

fn needs_jekyll(text: &str) -> bool {
    text.lines()
        .map(str::trim_start)
        .filter_map(|line| line.strip_prefix("gem"))
        .filter(|rest| rest.starts_with([' ', '\t', '(']))
        .any(|rest| ["jekyll", "github-pages"].iter().any(|gem| quoted(rest, gem)))
}

/// Whether the first quoted word of a Gemfile's line is `gem`.
fn quoted(rest: &str, gem: &str) -> bool {
    rest.split(['"', '\'']).nth(1) == Some(gem)
}
