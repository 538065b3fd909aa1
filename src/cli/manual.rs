//! `postlint completions` and `postlint man`: what a package puts beside the program.

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::{End, output};
use crate::config::nearest;
use crate::say;
use crate::workspace;
use anyhow::Context as _;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use std::io::Write;

/// Print the completion script of a shell.
pub(super) fn completions(args: &CompletionsArgs) -> anyhow::Result<End> {
    // Made whole first: clap panics where a pipe ends early.
    let mut script = Vec::new();
    let mut program = Cli::command();
    clap_complete::generate(args.shell, &mut program, "postlint", &mut script);
    print(&script)
}

/// Print a manual page, or write all of them.
pub(super) fn run(args: &ManArgs) -> anyhow::Result<End> {
    let pages = pages()?;
    if let Some(folder) = &args.folder {
        for (name, page) in &pages {
            let file = folder.join(format!("{name}.1"));
            workspace::save(&file, page).with_context(|| workspace::shown(&file))?;
        }
        output::tell(match pages.len() {
            1 => say!("wrote 1 page"),
            pages => say!("wrote {pages} pages", pages),
        });
        return Ok(End::Clean);
    }
    let wanted = match &args.name {
        Some(name) => format!("postlint-{name}"),
        None => "postlint".to_owned(),
    };
    let Some((_, page)) = pages.iter().find(|(name, _)| *name == wanted) else {
        let commands = pages.iter().filter_map(|(name, _)| name.strip_prefix("postlint-"));
        let hint = nearest(args.name.as_deref().unwrap_or_default(), commands);
        let name = args.name.as_deref().unwrap_or_default();
        let message = say!("there is no command `{name}`", name);
        let message = match hint {
            Some(hint) => say!("{message}; did you mean `{hint}`?", message, hint),
            None => message,
        };
        anyhow::bail!(output::told(message));
    };
    print(page)
}

/// The page of the program, then those of its commands: name and text.
fn pages() -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut program = Cli::command();
    program.build();
    let commands: Vec<(String, Command)> = program
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
        .map(|command| (format!("postlint-{}", command.get_name()), command.clone()))
        .collect();
    let page = |(name, command): (String, Command)| {
        let mut text = Vec::new();
        Man::new(command.display_name(&name)).title(&name).render(&mut text)?;
        Ok((name, text))
    };
    let program = ("postlint".to_owned(), program);
    std::iter::once(program).chain(commands).map(page).collect()
}

fn print(text: &[u8]) -> anyhow::Result<End> {
    let mut out = output::stdout();
    out.write_all(text)?;
    out.flush()?;
    Ok(End::Clean)
}
