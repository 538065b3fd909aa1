//! What a single line looks like: a fence, a field, an item of a list.

/// Keys that blogs use for metadata; one of them makes it plain that a block is front matter.
const KNOWN: &[&str] = &[
    "author",
    "banner",
    "categories",
    "category",
    "comments",
    "cover",
    "date",
    "description",
    "draft",
    "excerpt",
    "id",
    "keywords",
    "lastmod",
    "layout",
    "mathjax",
    "permalink",
    "published",
    "slug",
    "subtitle",
    "summary",
    "tag",
    "tags",
    "thumbnail",
    "title",
    "toc",
    "top",
    "type",
    "updated",
    "weight",
];

/// Length in bytes of the run of `mark` that `line` begins with, if it is long enough for a fence (3).
pub fn fence_run(line: &str, mark: u8) -> Option<usize> {
    let run = line.bytes().take_while(|&byte| byte == mark).count();
    (run >= 3).then_some(run)
}

/// Whether `line` is a fence of `mark` alone, trailing blanks aside.
pub fn is_fence(line: &str, mark: u8) -> bool {
    fence_run(line, mark).is_some_and(|run| line.get(run..).is_some_and(|rest| rest.trim().is_empty()))
}

/// The key of a `key: value` line that starts at column 0; `None` for anything else.
///
/// A colon that no blank follows (`date:2013`) and a full-width one count, since writers mean a field by them;
/// `http://…` does not.
pub fn key(line: &str) -> Option<&str> {
    let colon = line.find([':', '：', '='])?;
    let (key, rest) = line.split_at_checked(colon)?;
    let key = key.trim_end();
    (!rest.starts_with('=') && !rest.starts_with("://") && is_name(key)).then_some(key)
}

/// The key of a `key: value` line that YAML would read as one.
pub fn strict_key(line: &str) -> Option<&str> {
    let colon = line.find(':')?;
    let rest = line.get(colon + 1..)?;
    let key = key(line)?;
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some(key)
}

/// The key of a TOML `key = value` or `[table]` line.
pub fn toml_key(line: &str) -> Option<&str> {
    if let Some(table) = line.strip_prefix('[') {
        return table.split(']').next();
    }
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    is_name(key).then_some(key)
}

/// Whether `key` is one that blogs use for metadata.
pub fn is_known(key: &str) -> bool {
    let key = key.trim_matches(['"', '\'']);
    KNOWN.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Whether `line` is an item of a block list.
pub fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    line == "-" || line.starts_with("- ") || line.starts_with("-\t")
}

/// Whether a line can go on in a block of fields: a field, an item, something indented, a comment.
pub fn belongs(line: &str) -> bool {
    line.starts_with([' ', '\t', '#', ']', '}']) || is_item(line) || key(line).is_some()
}

fn is_name(key: &str) -> bool {
    let bare = key.trim_matches(['"', '\'']);
    !bare.is_empty()
        && bare.len() <= 60
        && bare
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '@'))
        && bare.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '@'))
}
