//! What can be said to `postlint check` and its kin.

use super::stream::StreamArgs;
use crate::diagnostic::Severity;
use crate::generator::Generator;
use crate::report::Format;
use crate::workspace::ConfigChoice;
use clap::builder::FalseyValueParser;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub(in crate::cli) files: FileArgs,
    #[command(flatten)]
    pub(in crate::cli) stream: StreamArgs,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
    #[command(flatten)]
    pub(in crate::cli) fixing: FixArgs,
    #[command(flatten)]
    pub(in crate::cli) setup: SetupArgs,
    #[command(flatten)]
    pub(in crate::cli) cache: CacheArgs,
    #[command(flatten)]
    pub(in crate::cli) verdict: VerdictArgs,
    #[command(flatten)]
    pub(in crate::cli) network: NetworkArgs,
    /// How many files are checked at once [default: one per core]
    #[arg(long, value_name = "N")]
    pub(in crate::cli) threads: Option<usize>,
}

/// What compares posts, from what was written down of each.
#[derive(Debug, Args)]
pub(in crate::cli) struct SiteArgs {
    /// Files that `check --emit-facts` wrote, in any order, or what `check --stream --emit-facts -` answered; `-` is standard
    /// input
    #[arg(required = true)]
    pub(in crate::cli) facts: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) output: OutputArgs,
    #[command(flatten)]
    pub(in crate::cli) setup: SetupArgs,
    #[command(flatten)]
    pub(in crate::cli) verdict: VerdictArgs,
}

impl SiteArgs {
    /// How the findings are told is said as for a check.
    pub(in crate::cli) fn into_check(self) -> CheckArgs {
        CheckArgs {
            files: FileArgs::default(),
            stream: StreamArgs::default(),
            output: self.output,
            fixing: FixArgs::default(),
            setup: self.setup,
            cache: CacheArgs::default(),
            verdict: self.verdict,
            network: NetworkArgs::default(),
            threads: None,
        }
    }
}

/// Which files are checked.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Files")]
pub(in crate::cli) struct FileArgs {
    /// Files and folders; `-` is standard input
    #[arg(default_value = ".", help_heading = "Arguments")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Check the posts listed in a file, one a line or with NUL between them; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub(in crate::cli) files_from: Option<PathBuf>,
    /// Only posts that differ from the last commit or, with REV, from where this branch left REV
    #[arg(long, value_name = "REV", num_args = 0..=1, default_missing_value = "", require_equals = true)]
    pub(in crate::cli) changed: Option<String>,
    /// Only posts that are staged for the next commit, as they are staged
    #[arg(long, conflicts_with = "changed")]
    pub(in crate::cli) staged: bool,
    /// Leave out what the configuration excludes even if it is named
    #[arg(long)]
    pub(in crate::cli) force_exclude: bool,
    /// The name of the post on standard input
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) stdin_filename: Option<PathBuf>,
    /// Check again whenever something changes, and tell what is new and what is mended; ends on Ctrl-C, with status 0
    #[arg(long, conflicts_with_all = [
        "files_from", "changed", "staged", "stdin_filename", "show_files", "show_settings", "stream", "emit_facts",
        "output_file", "statistics", "fix", "fix_only", "fix_plan", "diff", "network",
    ])]
    pub(in crate::cli) watch: bool,
    /// List the files that would be checked, and check none
    #[arg(long)]
    pub(in crate::cli) show_files: bool,
    /// Show the settings that hold for the first path and where they come from, and check nothing
    #[arg(long)]
    pub(in crate::cli) show_settings: bool,
}

/// How the findings are told.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(in crate::cli) struct OutputArgs {
    /// The form of the output [default: full, github in GitHub Actions]
    #[arg(long, value_enum, value_name = "FORMAT", env = "POSTLINT_OUTPUT_FORMAT")]
    pub(in crate::cli) output_format: Option<FormatArg>,
    /// Write the output to a file
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) output_file: Option<PathBuf>,
    /// Count the findings, and with `--fix` what was mended, by rule and by the sites that posts were copied from, instead of showing them
    #[arg(long)]
    pub(in crate::cli) statistics: bool,
    /// Colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(in crate::cli) color: Color,
    /// Say nothing but the findings
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
}

/// Whether other hosts are asked.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Network")]
pub(in crate::cli) struct NetworkArgs {
    /// Ask other hosts whether the pictures of the posts are there (`image-unreachable`); nothing else reaches the network
    #[arg(long, conflicts_with = "stream")]
    pub(in crate::cli) network: bool,
    /// Let these hosts (`host` or `host:port`) have an address outside the public internet; others are refused then
    #[arg(long, value_delimiter = ',', value_name = "HOSTS", requires = "network")]
    pub(in crate::cli) network_allow: Vec<String>,
    /// How long a picture that was there is believed to be, in days; a fault is for one of them at most
    #[arg(long, default_value_t = 7, value_name = "DAYS", requires = "network")]
    pub(in crate::cli) network_max_age: u64,
    /// Where the answers are kept [default: postlint/pictures.json in the folder for caches]
    #[arg(long, value_name = "FILE", requires = "network")]
    pub(in crate::cli) network_cache: Option<PathBuf>,
}

/// What makes a run fail.
#[derive(Debug, Args)]
#[command(next_help_heading = "Exit status")]
pub(in crate::cli) struct VerdictArgs {
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value = "info", value_name = "SEVERITY")]
    pub(in crate::cli) fail_on: SeverityArg,
    /// How many findings of that severity are let pass
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(in crate::cli) max_findings: usize,
    /// Say nothing of the findings in this file, which `postlint baseline` writes
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) baseline: Option<PathBuf>,
    /// End with status 0 even if something was found
    #[arg(long)]
    pub(in crate::cli) exit_zero: bool,
}

#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Fixes")]
pub(in crate::cli) struct FixArgs {
    /// Apply the safe fixes
    #[arg(long)]
    pub(in crate::cli) fix: bool,
    /// Write what the fixes would change to a file for `postlint apply`, and change nothing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "fix_only", "diff", "staged", "statistics", "output_file"])]
    pub(in crate::cli) fix_plan: Option<PathBuf>,
    /// Let `--fix`, `--fix-only`, `--fix-plan` and `--diff` apply fixes that guess or remove something, too
    #[arg(long)]
    pub(in crate::cli) unsafe_fixes: bool,
    /// Apply fixes and keep silent about what is left
    #[arg(long)]
    pub(in crate::cli) fix_only: bool,
    /// Show what the fixes would change, and change nothing
    #[arg(long)]
    pub(in crate::cli) diff: bool,
}

/// What decides which rules run and how a post is understood.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
pub(in crate::cli) struct SetupArgs {
    /// Run only these rules or groups (`date`, `all`), separated by commas
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    pub(in crate::cli) select: Vec<String>,
    /// Do not run these rules or groups
    #[arg(long, value_delimiter = ',', value_name = "RULES")]
    pub(in crate::cli) ignore: Vec<String>,
    /// Use this configuration instead of the nearest one
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    pub(in crate::cli) no_config: bool,
    /// The site's generator [default: what the configuration or the site's files say]
    #[arg(long, value_enum, value_name = "NAME")]
    pub(in crate::cli) generator: Option<GeneratorArg>,
}

/// What is remembered from run to run.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Cache")]
pub(in crate::cli) struct CacheArgs {
    /// Keep what was found in unchanged posts here [default: postlint in the user's cache folder, for 200 posts and more]
    #[arg(long, value_name = "FOLDER", env = "POSTLINT_CACHE_DIR")]
    pub(in crate::cli) cache_dir: Option<PathBuf>,
    /// Read every post anew, and keep nothing
    #[arg(long, env = "POSTLINT_NO_CACHE", value_parser = FalseyValueParser::new())]
    pub(in crate::cli) no_cache: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum FormatArg {
    Full,
    Concise,
    Grouped,
    Json,
    JsonLines,
    Github,
    Gitlab,
    Junit,
    Sarif,
    Checkstyle,
    Rdjson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum SeverityArg {
    Info,
    Warning,
    Error,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum GeneratorArg {
    Auto,
    Hexo,
    Jekyll,
    Hugo,
}

impl SetupArgs {
    /// The choice between the nearest, a given and no configuration.
    pub(in crate::cli) fn config_choice(&self) -> ConfigChoice {
        match &self.config {
            Some(file) => ConfigChoice::File(file.clone()),
            None if self.no_config => ConfigChoice::None,
            None => ConfigChoice::Nearest,
        }
    }

    /// The generator that was named; `None` leaves the choice to others.
    pub(in crate::cli) fn generator(&self) -> Option<Generator> {
        match self.generator? {
            GeneratorArg::Auto => None,
            GeneratorArg::Hexo => Some(Generator::Hexo),
            GeneratorArg::Jekyll => Some(Generator::Jekyll),
            GeneratorArg::Hugo => Some(Generator::Hugo),
        }
    }
}

impl From<FormatArg> for Format {
    fn from(format: FormatArg) -> Self {
        match format {
            FormatArg::Full => Format::Full,
            FormatArg::Concise => Format::Concise,
            FormatArg::Grouped => Format::Grouped,
            FormatArg::Json => Format::Json,
            FormatArg::JsonLines => Format::JsonLines,
            FormatArg::Github => Format::Github,
            FormatArg::Gitlab => Format::Gitlab,
            FormatArg::Junit => Format::Junit,
            FormatArg::Sarif => Format::Sarif,
            FormatArg::Checkstyle => Format::Checkstyle,
            FormatArg::Rdjson => Format::Rdjson,
        }
    }
}

impl From<SeverityArg> for Severity {
    fn from(severity: SeverityArg) -> Self {
        match severity {
            SeverityArg::Info => Severity::Info,
            SeverityArg::Warning => Severity::Warning,
            SeverityArg::Error => Severity::Error,
        }
    }
}
