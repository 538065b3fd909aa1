//! The texts of `--help` in the reader's language, and what is said of arguments that are wrong.

use crate::message::{Language, translated};
use clap::builder::StyledStr;
use clap::{Arg, Command, CommandFactory};
use std::collections::BTreeSet;
use std::ffi::OsString;

/// What clap says by itself; the catalogues know it by these words.
const OF_CLAP: [&str; 9] = [
    "Arguments",
    "Commands",
    "Options",
    "Usage",
    "Print help",
    "Print this message or the help of the given subcommand(s)",
    "Print version",
    "default",
    "possible values",
];

/// The language that the arguments or the variable ask for, before anything is read; `None` where they name none.
pub(super) fn asked(args: &[OsString]) -> Option<Language> {
    let given = |at: usize| {
        let arg = args[at].to_str()?;
        let value = match arg.strip_prefix("--lang")? {
            "" => args.get(at + 1)?.to_str()?,
            rest => rest.strip_prefix('=')?,
        };
        Language::from_tag(value)
    };
    let named = (1..args.len()).take_while(|at| args[*at] != "--").find_map(given);
    named.or_else(|| Language::from_tag(&std::env::var("POSTLINT_LANG").ok()?))
}

/// `command` and those below it, with texts in `language`.
pub(super) fn in_language(mut command: Command, language: Language) -> Command {
    if language == Language::English {
        return command;
    }
    // Only now the arguments and commands that clap adds are there.
    command.build();
    spoken(command, language)
}

fn spoken(command: Command, language: Language) -> Command {
    let say = |text: &str| translated(language, text).to_owned();
    let about = command.get_about().map(|text| say(&plain(text)));
    let usage = say("Usage");
    let style = command.get_styles().get_header();
    let template = format!("{{about-with-newline}}\n{style}{usage}:{style:#} {{usage}}\n\n{{all-args}}{{after-help}}");
    let names: Vec<String> = command
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect();
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(say("Commands"))
        .mut_args(|arg| in_words(arg, language));
    for name in names {
        command = command.mut_subcommand(name, |command| spoken(command, language));
    }
    match about {
        Some(about) => command.about(about),
        None => command,
    }
}

fn in_words(arg: Arg, language: Language) -> Arg {
    let say = |text: &str| translated(language, text).to_owned();
    let mut help = arg.get_help().map(|text| say(&plain(text))).unwrap_or_default();
    if arg.get_action().takes_values() {
        let default: Vec<_> = arg
            .get_default_values()
            .iter()
            .map(|value| value.to_string_lossy())
            .collect();
        let possible: Vec<_> = arg
            .get_possible_values()
            .iter()
            .map(|value| value.get_name().to_owned())
            .collect();
        for (what, values) in [
            ("default", default.join(", ")),
            ("possible values", possible.join(", ")),
        ] {
            if !values.is_empty() {
                help.push_str(&format!(" [{}: {values}]", say(what)));
            }
        }
    }
    let heading = match (arg.get_help_heading(), arg.is_positional()) {
        (Some(heading), _) => heading.to_owned(),
        (None, true) => "Arguments".to_owned(),
        (None, false) => "Options".to_owned(),
    };
    arg.help(help)
        .help_heading(say(&heading))
        .hide_default_value(true)
        .hide_possible_values(true)
}

fn plain(text: &StyledStr) -> String {
    text.to_string()
}

/// Every text of `--help` of every command, as the catalogues know it.
pub fn texts() -> BTreeSet<String> {
    let mut texts: BTreeSet<String> = OF_CLAP.iter().map(|text| (*text).to_owned()).collect();
    let mut command = super::args::Cli::command();
    command.build();
    collect(&command, &mut texts);
    texts
}

fn collect(command: &Command, texts: &mut BTreeSet<String>) {
    texts.extend(command.get_about().map(plain));
    for arg in command.get_arguments() {
        texts.extend(arg.get_help().map(plain));
        texts.extend(arg.get_help_heading().map(str::to_owned));
    }
    for below in command.get_subcommands() {
        collect(below, texts);
    }
}
