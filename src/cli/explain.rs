//! `postlint explain`: what the generator will make of each post.

use super::args::{ExplainArgs, ExplainFormat};
use super::check;
use super::output::told;
use super::{End, output};
use crate::generator::date::iso;
use crate::generator::{DateSource, Outcome};
use crate::generator::{Explained, When};
use crate::message::{Message, Part};
use crate::post::{Dialect, Post};
use crate::report::{neutral, neutral_line};
use crate::workspace::{self, Found, Workspace};
use crate::{part, say};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::io::Write;

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<End> {
    let workspace = check::workspace(&args.setup)?;
    output::speak_as_configured(&workspace, args.paths.first());
    let found = workspace::discover(&workspace, &args.paths)?;
    let answers: Vec<Result<Answer, Message>> = found.files.par_iter().map(|file| explain(&workspace, file)).collect();
    let mut out = output::stdout();
    let mut troubles = found.troubles;
    for (file, answer) in found.files.iter().zip(answers) {
        match answer {
            Ok((explained, other)) if args.output_format == ExplainFormat::JsonLines => {
                serde_json::to_writer(&mut out, &object(&file.shown, &explained, other.as_ref()))?;
                writeln!(out)?;
            }
            Ok((explained, other)) => write_text(&file.shown, &explained, other.as_ref(), &mut out)?,
            Err(trouble) => troubles.push(trouble),
        }
    }
    out.flush()?;
    for trouble in &troubles {
        output::error(trouble);
    }
    Ok(if troubles.is_empty() { End::Clean } else { End::Trouble })
}

/// What the post becomes, and where that depends on the machine's zone, another machine's zone with what it makes of the post.
type Answer = (Explained, Option<(String, Explained)>);

fn explain(workspace: &Workspace, file: &Found) -> Result<Answer, Message> {
    let trouble = |error: Message| say!("{file}: {error}", file = file.shown, error);
    let mut stage = workspace.stage(&file.path).map_err(|error| error.said())?;
    let source = workspace::read(&file.path, stage.max_file_size).map_err(|error| trouble(error.said()))?;
    let post = Post::parse(source, stage.path.as_str());
    let here = stage.explain(&post);
    // The writer's own machine most likely shows the site's time, a build server shows UTC.
    let machine = stage.config.machine_zone.clone().unwrap_or_else(|| "UTC".to_owned());
    let of_site = stage.site().and_then(|site| site.settings.timezone.clone());
    let of_site = of_site.or_else(|| stage.config.site_zone.clone());
    let other = if machine == "UTC" {
        of_site
    } else {
        Some("UTC".to_owned())
    };
    let other = other.filter(|other| *other != machine).map(|other| {
        stage.config.machine_zone = Some(other.clone());
        (other, stage.explain(&post))
    });
    let other = other.filter(|(_, there)| there.url != here.url || there.date.instant != here.date.instant);
    Ok((here, other))
}

/// The object that others rely on: add, never rename. `elsewhere` is null where another machine makes the same of the post.
fn object(file: &str, explained: &Explained, other: Option<&(String, Explained)>) -> Value {
    let elsewhere = |(zone, there): &(String, Explained)| {
        json!({
            "machine_zone": zone,
            "date": when(&there.date),
            "updated": when(&there.updated),
            "url": there.url,
        })
    };
    json!({
        "file": file,
        "generator": explained.generator.as_str(),
        "outcome": explained.outcome.as_str(),
        "reason": explained.reason.as_ref().map(told),
        "front_matter": explained.front_matter.map(dialect),
        "title": explained.title,
        "date": when(&explained.date),
        "updated": when(&explained.updated),
        "categories": explained.categories,
        "tags": explained.tags,
        "layout": explained.layout,
        "published": explained.published,
        "url": explained.url,
        "elsewhere": other.map(elsewhere),
    })
}

fn dialect(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Yaml => "yaml",
        Dialect::Toml => "toml",
        Dialect::Json | Dialect::JsonSemicolons => "json",
    }
}

fn when(when: &When) -> Value {
    json!({ "instant": when.instant.map(iso), "source": when.source.as_str(), "given": when.given })
}

fn write_text(
    file: &str,
    explained: &Explained,
    other: Option<&(String, Explained)>,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let date = |when: &When| match when.instant {
        Some(milliseconds) => format!("{} ({})", iso(milliseconds), told(source(when.source))),
        None => told(source(when.source)),
    };
    let paths: Vec<String> = explained.categories.iter().map(|path| path.join(" › ")).collect();
    let verdict = match &explained.reason {
        Some(reason) => told(say!(
            "{outcome}: {reason}",
            outcome = outcome(explained.outcome),
            reason
        )),
        None => told(outcome(explained.outcome)),
    };
    writeln!(out, "{}", neutral_line(file))?;
    let rows = [
        (say!("{generator}", generator = explained.generator), verdict),
        (say!("{name}", name = "URL"), explained.url.clone().unwrap_or_default()),
        (say!("title"), explained.title.clone()),
        (say!("date"), date(&explained.date)),
        (say!("updated"), date(&explained.updated)),
        (say!("categories"), paths.join(", ")),
        (say!("tags"), explained.tags.join(", ")),
    ];
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        writeln!(
            out,
            "  {} {}",
            output::padded(&told(name), 11),
            neutral(&value.replace('\n', " "))
        )?;
    }
    if let Some((zone, there)) = other {
        let url = there.url.as_ref().map_or(say!("no page"), |url| say!("{url}", url));
        let line = say!(
            "built on a machine in {zone}: {url}, {date}",
            zone,
            url,
            date = date(&there.date)
        );
        writeln!(out, "  {}", neutral(&told(line)))?;
    }
    writeln!(out)
}

fn outcome(outcome: Outcome) -> Part {
    match outcome {
        Outcome::Kept => part!("kept"),
        Outcome::Dropped => part!("dropped"),
        Outcome::Fatal => part!("fatal"),
        Outcome::NotAPost => part!("not-a-post"),
    }
}

fn source(source: DateSource) -> Part {
    match source {
        DateSource::FrontMatter => part!("front-matter"),
        DateSource::FileName => part!("file-name"),
        DateSource::Birthtime => part!("birthtime"),
        DateSource::None => part!("none"),
    }
}
