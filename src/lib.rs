//! postlint: what a site generator will really make of a post file.
//!
//! # The one path
//!
//! ```text
//! bytes ─▶ text::Source ─▶ post::Post ─▶ lint::lint ─▶ diagnostic::Diagnostic ─┬▶ report ─▶ terminal, CI
//!                                                                             ├▶ server ─▶ editor
//!                                                                             └▶ fix ─▶ text::Source (again)
//! ```
//!
//! The terminal and the editor share every step: there is one [`post::Post::parse`], one [`lint::lint`], one
//! [`diagnostic::Fix`]. A test (`server::parity`) demands that both show the same findings.
//!
//! # Rooms
//!
//! From the ground up; the left never names the right, [`ide`] and [`report`] do not name each other, and a rule names no
//! other rule. The test `house` reads the `use` paths and refuses everything else.
//!
//! [`text`] ◀ [`message`] ◀ [`diagnostic`] ◀ [`post`] ◀ [`generator`] ◀ [`config`] ◀ [`site`] ◀ [`mod@rule`] ◀ [`rules`] ◀ [`lint`] ◀
//! [`fix`] ◀ [`workspace`] ◀ [`network`] ◀ { [`ide`], [`report`] } ◀ [`server`] ◀ [`cli`]
//!
//! | room | what lives there |
//! | --- | --- |
//! | [`text`] | [`text::Source`], frozen text with its lines; [`text::TextRange`] and [`text::Edit`] in bytes of the whole file; columns in UTF-8, UTF-16 and UTF-32 |
//! | [`message`] | what is said to people: English texts in the code, their blanks, and the catalogues of other languages; the language is chosen where a message is shown |
//! | [`diagnostic`] | what a rule says: [`diagnostic::Diagnostic`], severity, related places, [`diagnostic::Fix`] |
//! | [`post`] | [`post::Post::parse`], which never fails: the front matter that the writer meant, with the place of each value; what of the body is code and what is HTML; the HTML as a flat arena; suppression comments |
//! | [`generator`] | what Hexo, Jekyll and Hugo *make* of it: pure functions, proved against what the real generators said |
//! | [`config`] | `postlint.toml` |
//! | [`site`] | what posts know of each other, and the site's own settings (`_config.yml`, `hugo.toml`) |
//! | [`mod@rule`], [`rules`] | what a rule is, and all of them, one file each: the code is the path, the page is the doc comment |
//! | [`lint`] | levels, run, suppress, sort: the only way to get diagnostics |
//! | [`fix`] | choose fixes that do not touch each other, apply, check, repeat until quiet |
//! | [`workspace`] | the only reader and writer of disks: roots, configurations, walking, replacing a file in one step |
//! | [`network`] | the only room that opens connections, when the user asks for it: which pictures of other hosts are there |
//! | [`ide`] | hover, completion, outline, actions, in plain data |
//! | [`report`] | findings as text for people, CI systems and programs |
//! | [`server`] | the Language Server Protocol |
//! | [`cli`] | arguments, dispatch, exit codes, printing |
//!
//! # What always holds
//!
//! * What the writer *meant* ([`post`]) and what a generator *reads* ([`generator`]) are different questions with different
//!   answers; rules of the groups `front-matter`, `yaml` and `date` tell of the difference. Nobody else guesses at a generator.
//! * Ranges count bytes of the whole file, byte-order mark included. Lines and columns are made where a client is spoken to.
//! * Parsing never fails and never panics on any bytes, and takes time linear in their number. Trouble is a diagnostic.
//! * What is kept of a text for the next one while somebody types ([`post::Memory`]: front matter, layout, HTML, what rules have looked
//!   up) decides how long the next look takes and nothing else: tests compare it with a fresh look, on random posts and real ones.
//! * A fix is a list of edits. It is applied only where the result is checked: a front matter that could be read can be read
//!   afterwards, and a file is replaced in one step or not at all.
//! * No finding, fix, fact or cache depends on a language: a [`message::Message`] is put into words by [`report`], [`server`] and
//!   [`cli`].
//! * serde_yaml is asked for values only after granit-parser, which knows where things stand and cannot be made to run away,
//!   has accepted the text.

pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod fix;
pub mod generator;
pub mod ide;
pub mod lint;
pub mod message;
pub mod network;
pub mod post;
pub mod report;
pub mod rule;
pub mod rules;
pub mod server;
pub mod site;
pub mod text;
pub mod workspace;
