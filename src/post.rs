//! One post file, parsed once: front matter with places, Markdown's code ranges, HTML as a flat arena, suppressions.

pub mod address;
pub mod day;
pub mod directive;
pub mod earlier;
pub mod front_matter;
pub mod html;
pub mod images;
mod json;
pub mod lazy;
pub mod markdown;
mod markup;
mod memory;
pub mod named;
pub mod notation;
pub mod order;
pub mod origin;
pub mod split;
pub mod template;
pub mod title;
mod toml;
mod yaml;

use crate::text::{Source, TextRange};
pub use directive::Directive;
pub use front_matter::{Entry, FrontMatter, Node, Scalar, Style, SyntaxError, Value};
pub use html::Html;
pub use markdown::Markdown;
pub use markup::Markup;
pub use memory::Memory;
pub use split::{Dialect, Envelope};
use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock};
pub use yaml::plain;

/// How the body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `.md`, `.markdown` and their kin: HTML stands inside Markdown.
    Markdown,
    /// `.html`, `.htm`: everything is HTML.
    Html,
}

/// A parsed post. Every range counts bytes of the whole file.
#[derive(Debug)]
pub struct Post {
    /// The frozen text.
    pub source: Source,
    /// Where the file is, relative to the site's root, `/` as separator; as given where there is no root.
    pub path: String,
    /// By the file name's extension (case ignored).
    pub kind: Kind,
    /// The front matter that the *writer* meant; what a generator sees of it is the `generator` room's verdict.
    /// `None` when there is nothing like front matter.
    pub envelope: Option<Envelope>,
    /// The fields with their places; empty when there is no envelope.
    pub front_matter: Arc<FrontMatter>,
    /// Everything after the envelope (after the byte-order mark where there is none).
    pub body: TextRange,
    /// What is code and what is HTML; read when first asked for, as are the two below: what posts know of each other is in
    /// the front matter, so an index of thousands of them reads no body.
    pub markdown: Arc<Lazy<Markdown>>,
    /// The HTML of the body.
    pub html: Arc<Lazy<Arc<Html>>>,
    /// Suppression comments, in order of place.
    pub directives: Lazy<Vec<Directive>>,
    /// What is kept of this text for the next one; `None` where it is looked at once.
    pub memory: Option<Memory>,
    /// See [`Post::markup`].
    known_markup: OnceLock<Option<Markup>>,
}

/// Made when first looked at.
pub type Lazy<T> = LazyLock<T, Box<dyn FnOnce() -> T + Send>>;

impl Post {
    /// Parse `source`, which stands at `path`. Never fails and never panics; time is linear in the input.
    pub fn parse(source: Source, path: impl Into<String>) -> Self {
        Self::parse_with(source, path.into(), None)
    }

    /// The same of a text that differs little from the last one that was parsed with `memory`: only what differs is read.
    pub fn parse_after(source: Source, path: impl Into<String>, memory: &Memory) -> Self {
        Self::parse_with(source, path.into(), Some(memory))
    }

    fn parse_with(source: Source, path: String, memory: Option<&Memory>) -> Self {
        let kind = kind_of(&path);
        let source = match memory {
            Some(memory) => memory.following(source),
            None => source,
        };
        let envelope = split::split(&source);
        let front_matter = match (&envelope, memory) {
            (Some(envelope), Some(memory)) => memory.front_matter(&source, envelope),
            (Some(envelope), None) => Arc::new(FrontMatter::parse(&source, envelope)),
            (None, _) => Arc::default(),
        };
        let body = envelope
            .as_ref()
            .map_or(TextRange::new(source.bom_len(), source.text().len()), |envelope| {
                envelope.body
            });
        let markdown = lazy({
            let (source, memory) = (source.clone(), memory.cloned());
            move || Markdown::parse(&source, body, kind, memory.as_ref())
        });
        let markdown = Arc::new(markdown);
        let html = lazy({
            let (source, markdown, memory) = (source.clone(), Arc::clone(&markdown), memory.cloned());
            move || match memory {
                Some(memory) => Html::parse_after(&source, &markdown, &memory),
                None => Arc::new(Html::parse(&source, &markdown)),
            }
        });
        let html = Arc::new(html);
        let directives = lazy({
            let (source, html) = (source.clone(), Arc::clone(&html));
            let (envelope, front_matter, memory) = (envelope.clone(), Arc::clone(&front_matter), memory.cloned());
            move || match directive::may_stand_in(&source, memory.as_ref()) {
                true => directive::find(&source, envelope.as_ref(), &front_matter, &html),
                false => Vec::new(),
            }
        });
        Self {
            source,
            path,
            kind,
            envelope,
            front_matter,
            body,
            markdown,
            html,
            directives,
            memory: memory.cloned(),
            known_markup: OnceLock::new(),
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        self.source.text()
    }

    /// What stands in `range`, with blanks for the marks of quotes before lines of HTML: what text of an element is without Markdown.
    pub fn text_in_html(&self, range: TextRange) -> Cow<'_, str> {
        self.markdown.without_marks(self.source.text(), range)
    }

    /// The names of the directories that the file lies in.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        let above = self.path.rsplit_once('/').map_or("", |(above, _)| above);
        above.split('/')
    }

    /// The file's name without its directories.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

fn lazy<T>(make: impl FnOnce() -> T + Send + 'static) -> Lazy<T> {
    LazyLock::new(Box::new(make))
}

fn kind_of(path: &str) -> Kind {
    let extension = path
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("html" | "htm" | "xhtml") => Kind::Html,
        _ => Kind::Markdown,
    }
}
