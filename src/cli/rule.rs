//! `postlint rule`: the pages of the rules.

use super::args::{PageFormat, RuleArgs};
use super::output::told;
use super::{End, output};
use crate::message::Message;
use crate::rule::{Default as RuleDefault, Rule};
use crate::{config, rules, workspace};
use serde_json::{Value, json};
use std::io::Write;

pub(super) fn run(args: &RuleArgs) -> anyhow::Result<End> {
    let chosen: Vec<&Rule> = match &args.name {
        Some(name) => {
            // Names a slip with what was meant.
            config::Selection::new(std::slice::from_ref(name), &[], workspace::catalogue())
                .map_err(|error| anyhow::anyhow!("{}", told(error.said()).trim_start_matches("--select: ")))?
                .select
                .into_iter()
                .filter_map(rules::find)
                .collect()
        }
        None => rules::ALL.to_vec(),
    };
    let mut out = output::stdout();
    match args.output_format {
        PageFormat::Json => {
            let pages: Vec<Value> = chosen.iter().map(|rule| json_page(rule)).collect();
            let whole = if args.all || args.name.is_none() || pages.len() != 1 {
                Value::from(pages)
            } else {
                pages[0].clone()
            };
            serde_json::to_writer_pretty(&mut out, &whole)?;
            writeln!(out)?;
        }
        PageFormat::Text if args.name.is_some() || args.all => {
            for rule in chosen {
                writeln!(out, "{}\n", page(rule))?;
            }
        }
        PageFormat::Text => {
            for rule in chosen {
                let summary = told(Message::data(rule.summary()));
                writeln!(out, "{:<26} {:<8} {summary}", rule.code.0, severity(rule))?;
            }
        }
    }
    out.flush()?;
    Ok(End::Clean)
}

fn severity(rule: &Rule) -> &'static str {
    match rule.default {
        RuleDefault::On => rule.severity.as_str(),
        RuleDefault::Off => "off",
    }
}

/// The page without the blank that each line of a doc comment begins with.
fn body(rule: &Rule) -> String {
    let page = told(Message::page(rule.docs));
    let lines: Vec<&str> = page
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    lines.join("\n").trim().to_owned()
}

fn page(rule: &Rule) -> String {
    format!(
        "{} ({})\n\n{}\n\n{}",
        rule.code,
        severity(rule),
        body(rule),
        rule.code.url()
    )
}

fn json_page(rule: &Rule) -> Value {
    json!({
        "code": rule.code.0,
        "summary": told(Message::data(rule.summary())),
        "severity": rule.severity.as_str(),
        "default": rule.default == RuleDefault::On,
        "url": rule.code.url(),
        "docs": body(rule),
    })
}
