//! Which files Hugo takes for pages, and what it reads from their paths.

use crate::generator::SiteSettings;
use crate::message::Part;
use crate::part;

/// Where a file is, as Hugo sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page.
    Page(PagePath),
    /// It is none, for this reason.
    Other(Part),
}

/// The path of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePath {
    /// The folders below `content`, without a bundle's own.
    pub sections: Vec<String>,
    /// The file's name without extension and language, or the bundle's folder.
    pub name: String,
    /// The date that the name begins with; `None` when it begins with none.
    pub date: Option<String>,
    /// What follows that date.
    pub after_date: String,
    /// Whether it is HTML, which Hugo 0.168 refuses unless it is told not to.
    pub is_html: bool,
}

/// What the file at `path`, relative to the site's root, is to Hugo.
pub fn place(path: &str, settings: &SiteSettings) -> Place {
    let folder = settings
        .source_dir
        .as_deref()
        .unwrap_or("content")
        .trim_matches(['/', '.']);
    let path = path.trim_start_matches("./");
    let inside = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
    // A checkout of the content alone has no such folder.
    let Some(path) = inside.or_else(|| path.split_once(&format!("/{folder}/")).map(|(_, rest)| rest)) else {
        return Place::Other(part!("it is not in Hugo's content folder"));
    };
    let mut sections: Vec<&str> = path.split('/').collect();
    let file = sections.pop().unwrap_or_default();
    if file.starts_with(['.', '#']) || file.ends_with('~') {
        return Place::Other(part!("Hugo passes over names that begin with `.` or `#` or end in `~`"));
    }
    let Some((stem, extension)) = file.rsplit_once('.') else {
        return Place::Other(part!("it has no extension"));
    };
    let extension = extension.to_ascii_lowercase();
    let known = [
        "md", "markdown", "mdown", "html", "htm", "adoc", "asciidoc", "ad", "org", "rst", "pandoc", "pdc",
    ];
    if !known.contains(&extension.as_str()) {
        return Place::Other(part!("Hugo makes no page of a file with this extension"));
    }
    let language = settings.hugo.language.as_deref().unwrap_or("en");
    let stem = stem
        .strip_suffix(language)
        .and_then(|stem| stem.strip_suffix('.'))
        .unwrap_or(stem);
    let name = match stem {
        "_index" => return Place::Other(part!("it is the page of a section")),
        "index" => match sections.pop() {
            Some(folder) => folder,
            None => return Place::Other(part!("it is the page of the whole site")),
        },
        stem => stem,
    };
    let date = name.get(..10).filter(|date| {
        let bytes = date.as_bytes();
        let is_dash = |at: usize| matches!(at, 4 | 7);
        bytes.iter().enumerate().all(|(at, byte)| {
            if is_dash(at) {
                *byte == b'-'
            } else {
                byte.is_ascii_digit()
            }
        })
    });
    let after = if date.is_some() {
        name.get(10..).unwrap_or_default()
    } else {
        ""
    };
    Place::Page(PagePath {
        sections: sections.into_iter().map(str::to_owned).collect(),
        name: name.to_owned(),
        date: date.map(str::to_owned),
        after_date: after.trim_matches([' ', '-', '_']).to_owned(),
        is_html: matches!(extension.as_str(), "html" | "htm"),
    })
}
