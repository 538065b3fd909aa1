//! `front-matter-dialect`: front matter in a language that the generator does not read.

use crate::diagnostic::Fix;
use crate::generator::envelope::{fate, reads};
use crate::generator::hexo::{self, ReadOutcome};
use crate::message::Message;
use crate::post::{Dialect, Envelope, Post, notation};
use crate::rule::{Context, Reads, Reporter};
use crate::text::{Edit, TextRange};
use crate::{part, rule, say};

rule! {
    /// Front matter in a language that the generator does not read.
    ///
    /// # Why
    ///
    /// Hugo reads YAML, TOML and JSON; Hexo reads YAML, and JSON without its braces between `;;;` lines; Jekyll reads YAML only. To
    /// each of them all else is text: the post loses its title, date and tags, and readers find the metadata at the top of the
    /// article. JSON with an error in it between `;;;` lines meets the same fate in Hexo, without a message.
    ///
    /// # Examples
    ///
    /// ```markdown,bad
    /// +++
    /// title = "The long way home"
    /// date = 2023-06-01
    /// tags = ["walks", "C#"]
    /// [cover]
    /// image = "/way.jpg"
    /// +++
    ///
    /// It is longer by a river.
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: The long way home
    /// date: 2023-06-01
    /// tags: [walks, 'C#']
    /// cover:
    ///   image: '/way.jpg'
    /// ---
    ///
    /// It is longer by a river.
    /// ```
    ///
    /// ```markdown,bad
    /// ;;;
    /// "title": "The long way home",
    /// ;;;
    /// ```
    ///
    /// ```markdown,bad generator=jekyll file=_posts/2023-06-01-home.md
    /// {
    ///   "title": "The long way home"
    /// }
    /// ```
    ///
    /// ```markdown,good generator=hugo file=content/home.md
    /// +++
    /// title = "The long way home"
    /// +++
    /// ```
    ///
    /// ```markdown,good
    /// ;;;
    /// "title": "The long way home"
    /// ;;;
    /// ```
    "front-matter-dialect", Error, On, check
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    let Some(envelope) = &post.envelope else { return };
    let generator = context.generator();
    let name = generator.name();
    if reads(generator, envelope.dialect) {
        if envelope.dialect == Dialect::JsonSemicolons && envelope.close.is_some() {
            broken_json(context, envelope, reporter);
        } else {
            reporter.rests_on(Reads::HEAD.and(Reads::SITE));
        }
        return;
    }
    let what = match envelope.dialect {
        Dialect::Yaml => return,
        Dialect::Toml => part!("`+++` begins TOML"),
        Dialect::Json => part!("`{{` begins JSON"),
        Dialect::JsonSemicolons => part!("`;;;` begins JSON without braces"),
    };
    let range = match envelope.dialect {
        Dialect::Json => TextRange::new(envelope.block.start, envelope.block.start + 1),
        _ => envelope.open,
    };
    let effect = fate(generator, post.text(), envelope.block).effect();
    let finding = reporter.report(
        range,
        say!("{what}, which {name} does not read; it {effect}", what, name, effect),
    );
    if let Some(edit) = converted(post, envelope) {
        finding.fix(Fix::risky(say!("Write the front matter in YAML"), vec![edit]));
    }
}

/// JSON between `;;;` lines that Hexo cannot read and ignores without a message.
fn broken_json(context: &Context<'_>, envelope: &Envelope, reporter: &mut Reporter<'_>) {
    let post = context.post;
    if !matches!(hexo::read(post.text(), "UTC").outcome, ReadOutcome::Ignored) {
        return;
    }
    let (range, why) = match &post.front_matter.error {
        Some(error) => (error.range, say!(" ({error})", error = super::quoted(&error.message))),
        None => (envelope.block, Message::default()),
    };
    let effect = part!("Hexo says nothing and prints the metadata as part of the article");
    reporter.report(range, say!("this is no valid JSON{why}; {effect}", why, effect));
}

/// The whole front matter in YAML; `None` where its end or its values are not known. Comments are not carried over.
fn converted(post: &Post, envelope: &Envelope) -> Option<Edit> {
    let root = post.front_matter.root.as_ref()?;
    let front_matter = &post.front_matter;
    if envelope.close.is_none() || front_matter.error.is_some() || !front_matter.duplicates().is_empty() {
        return None;
    }
    let eol = post.source.eol();
    let yaml = notation::block_yaml(root)?.replace('\n', eol);
    // Blanks before it go; a comment or a text is another rule's.
    let start = match post.source.slice(envelope.lead).trim().is_empty() {
        true => envelope.lead.start,
        false => envelope.open.start,
    };
    let range = TextRange::new(start, envelope.body.start);
    let ends_line = post.source.slice(range).ends_with(['\n', '\r']);
    let end = if ends_line { eol } else { "" };
    Some(Edit::replace(range, format!("---{eol}{yaml}---{end}")))
}
