//! `check --show-settings`: what holds for a file, and because of which files.

use super::output::told;
use super::{End, output};
use crate::rules;
use crate::workspace::{self, Workspace};
use crate::{part, say};
use std::io::Write;
use std::path::Path;

/// Print the settings for the file or folder at `path`, as a `postlint.toml`.
pub(super) fn show(workspace: &Workspace, path: &Path) -> anyhow::Result<End> {
    // A folder has no settings of its own; any post in it has these.
    let file = if path.is_dir() {
        path.join("post.md")
    } else {
        path.to_owned()
    };
    let stage = workspace.stage(&file)?;
    let full = workspace::absolute(&file);
    let loaded = workspace.settings(full.parent().unwrap_or(&full))?;
    let mut out = output::stdout();
    writeln!(out, "# {}", told(say!("for {path}", path = workspace::shown(path))))?;
    match &loaded.file {
        Some(file) => writeln!(
            out,
            "# {}",
            told(say!("configuration: {file}", file = workspace::shown(file)))
        )?,
        None => writeln!(out, "# {}", told(part!("configuration: none, every default holds")))?,
    }
    match &stage.site {
        Some(site) => writeln!(
            out,
            "# {}",
            told(say!("site: {root}", root = workspace::shown(&site.root)))
        )?,
        None => writeln!(out, "# {}", told(part!("site: none")))?,
    }
    if stage.excluded {
        writeln!(out, "# {}", told(part!("excluded: not checked unless it is named")))?;
    }
    let config = &stage.config;
    let text = |text: &str| toml_text(text);
    let list = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|text| toml_text(text)).collect();
        format!("[{}]", texts.join(", "))
    };
    if let Some(language) = loaded.settings.lang {
        writeln!(out, "lang = {}", text(language.as_str()))?;
    }
    writeln!(out, "generator = {}", text(stage.generator().as_str()))?;
    if let Some(zone) = &config.site_zone {
        writeln!(out, "site-zone = {}", text(zone))?;
    }
    writeln!(
        out,
        "machine-zone = {}",
        text(config.machine_zone.as_deref().unwrap_or("UTC"))
    )?;
    writeln!(out, "exclude = {}", list(loaded.settings.exclude.patterns()))?;
    writeln!(out, "max-file-size = {}", stage.max_file_size)?;
    writeln!(out, "max-check-time = {}", stage.max_check_time)?;
    if let Some(required) = &config.required_fields {
        writeln!(out, "required-fields = {}", list(required))?;
    }
    if !config.known_fields.is_empty() {
        writeln!(out, "known-fields = {}", list(&config.known_fields))?;
    }
    if !config.ads.selectors.is_empty() {
        writeln!(out, "ad-selectors = {}", list(&config.ads.selectors))?;
    }
    if !config.ads.lists.is_empty() {
        let names: Vec<String> = config.ads.lists.iter().map(|list| list.name.clone()).collect();
        writeln!(out, "ad-lists = {}", list(&names))?;
    }
    if let Some(order) = &config.field_order {
        writeln!(out, "field-order = {}", list(order))?;
    }
    if let Some(schema) = &config.schema {
        writeln!(out, "schema = {}", text(&schema.name))?;
    }
    if let Some([red, green, blue]) = config.background {
        writeln!(out, "background = \"#{red:02x}{green:02x}{blue:02x}\"")?;
    }
    if let Some(share) = config.chain_share {
        writeln!(out, "chain-share = {share}")?;
    }
    writeln!(out, "\n[rules]")?;
    for rule in rules::ALL {
        let level = rule.severity_under(config).map_or("off", |severity| severity.as_str());
        writeln!(out, "{} = \"{level}\"", rule.code)?;
    }
    out.flush()?;
    Ok(End::Clean)
}

/// A text in quotes as TOML has it.
fn toml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
