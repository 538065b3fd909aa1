//! What can be said on the command line.

mod check;
mod stream;

use crate::message::Language;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

pub(super) use check::{CacheArgs, CheckArgs, Color, FixArgs, NetworkArgs, OutputArgs, SetupArgs, SiteArgs};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Finds what Hexo, Jekyll and Hugo will make of your posts that you did not mean: lost dates and titles, dropped posts,
/// articles published as source code, adverts and watermarks that came along with a copied text.
#[derive(Debug, Parser)]
#[command(name = "postlint", version, styles = STYLES, arg_required_else_help = true)]
pub(super) struct Cli {
    /// The language of messages: `en` or `zh` [default: that of `lang` in postlint.toml, then the terminal's, then English]
    #[arg(long, global = true, env = "POSTLINT_LANG", value_name = "LANG", hide_env = true)]
    pub(super) lang: Option<Language>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check posts, and mend them
    Check(Box<CheckArgs>),
    /// Note down what is found today, so that `check --baseline` tells only what is new
    Baseline(BaselineArgs),
    /// Compare the posts of a site that no single run sees whole: what `check --emit-facts` left to say
    Site(Box<SiteArgs>),
    /// Make the changes that `check --fix-plan` planned
    Apply(ApplyArgs),
    /// Show a rule's page, or list all rules
    Rule(RuleArgs),
    /// Tell what the generator will make of posts: date, URL, categories, tags
    Explain(ExplainArgs),
    /// Write a commented postlint.toml
    Init(InitArgs),
    /// Print a JSON Schema of postlint.toml, for editors
    SettingsSchema,
    /// Print a script that completes postlint's arguments in a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write those of all commands
    Man(ManArgs),
    /// Speak the Language Server Protocol on standard input and output
    Server(ServerArgs),
}

#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// Files and folders
    #[arg(default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// The file to write; it is replaced
    #[arg(long, default_value = "postlint-baseline.json", value_name = "FILE")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) cache: CacheArgs,
    #[command(flatten)]
    pub(super) setup: SetupArgs,
}

#[derive(Debug, Args)]
pub(super) struct ApplyArgs {
    /// The plan; files that changed since it was made are left as they are
    pub(super) plan: PathBuf,
    /// Only the fixes of these rules or groups (`date`, `all`), separated by commas
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    pub(super) select: Vec<String>,
    /// Not the fixes of these rules or groups
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    pub(super) ignore: Vec<String>,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(super) diff: bool,
}

#[derive(Debug, Args)]
pub(super) struct RuleArgs {
    /// The rule's name; all are listed without one
    pub(super) name: Option<String>,
    /// Every rule's page
    #[arg(long, conflicts_with = "name")]
    pub(super) all: bool,
    /// Text for people or JSON for programs
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(super) output_format: PageFormat,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Files and folders
    #[arg(required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// Text for people or JSON for programs
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(super) output_format: ExplainFormat,
    #[command(flatten)]
    pub(super) setup: SetupArgs,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder that gets the file
    #[arg(default_value = ".")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct ServerArgs {
    /// Accepted because many editors add it; there is no other way to talk
    #[arg(long)]
    pub(super) stdio: bool,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// The command whose page is printed; that of the program without one
    pub(super) name: Option<String>,
    /// Write the pages of the program and of every command to this folder instead, as `postlint-check.1`
    #[arg(long, value_name = "FOLDER", conflicts_with = "name")]
    pub(super) folder: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    Text,
    JsonLines,
}
