//! `postlint check --network`: other hosts are asked before the posts are checked.

use super::Texts;
use crate::cli::args::{CheckArgs, NetworkArgs};
use crate::cli::count;
use crate::cli::output::told;
use crate::cli::{output, progress};
use crate::config::{Remote, remote_address};
use crate::message::Message;
use crate::network::{self, Answer, Manners, Memory, Routes, Trust};
use crate::post::{Post, images};
use crate::report;
use crate::rules::image::unreachable;
use crate::say;
use crate::workspace::{self, Discovery, Found, Workspace};
use anyhow::Context as _;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// A larger file of answers, in bytes, is none of ours.
const LARGEST: u64 = 256 << 20;

/// `workspace` with a place for what hosts say, where they are to be asked. What was found in a post before, without them, is no answer then.
pub(super) fn prepared(workspace: Workspace, args: &NetworkArgs) -> Workspace {
    match args.network {
        true => workspace.with_cache(None).with_remote(Arc::new(Remote::default())),
        false => workspace,
    }
}

/// Ask for the pictures of all posts, if that was asked for, and note what could not be judged.
pub(super) fn ask(workspace: &Workspace, discovery: &Discovery, texts: &Texts, args: &CheckArgs) -> anyhow::Result<()> {
    let Some(remote) = workspace.remote() else {
        return Ok(());
    };
    let addresses: BTreeSet<String> = discovery
        .files
        .par_iter()
        .flat_map_iter(|found| addresses(workspace, found, texts))
        .collect();
    let file = args.network.network_cache.clone().or_else(default_file);
    let kept = file.as_ref().and_then(|file| workspace::read(file, LARGEST).ok());
    let kept = kept.as_ref().map_or("", |kept| kept.text());
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let mut memory = Memory::new(kept, now, args.network.network_max_age);
    let manners = Manners {
        allowed: args.network.network_allow.clone(),
        routes: Routes::from_environment(&|name| std::env::var(name).ok()).map_err(in_words)?,
        trust: trust()?,
        ..Manners::default()
    };
    let bar = progress::bar(addresses.len(), args.output.quiet);
    let answers = network::ask_all(&addresses, &manners, &mut memory, &|| bar.inc(1));
    bar.finish_and_clear();
    if let Some(file) = file
        && let Err(error) = workspace::save_with_folders(&file, memory.text().as_bytes())
    {
        output::tell(say!(
            "{file}: the answers were not kept: {error}",
            file = workspace::shown(&file),
            error = error.said()
        ));
    }
    let mut faults = BTreeMap::new();
    let mut unknown: BTreeMap<String, (Message, usize)> = BTreeMap::new();
    let mut note = |why: Message| unknown.entry(why.english()).or_insert((why, 0)).1 += 1;
    for (address, answer) in answers {
        match answer {
            Answer::Fine => {}
            Answer::Faulty(fault) => {
                faults.insert(address, fault);
            }
            Answer::Status(status) => note(say!("status {status}", status)),
            Answer::Unknown(why) => note(why),
        }
    }
    if !args.output.quiet {
        for (why, number) in unknown.into_values() {
            let pictures = count::pictures(number);
            let line = told(say!("{pictures} could not be judged: {why}", pictures, why));
            output::note(&report::neutral_line(&line));
        }
    }
    remote.learn(faults);
    Ok(())
}

/// What is asked for a post; nothing where the rule is off, and where the post cannot be read, which is told elsewhere.
fn addresses(workspace: &Workspace, found: &Found, texts: &Texts) -> Vec<String> {
    let Ok(stage) = workspace.stage(&found.path) else {
        return Vec::new();
    };
    if unreachable::RULE.severity_under(&stage.config).is_none() {
        return Vec::new();
    }
    let Ok(source) = texts.read(found, stage.max_file_size) else {
        return Vec::new();
    };
    let post = Post::parse(source, stage.path.as_str());
    images::all(&post)
        .iter()
        .filter_map(|image| remote_address(image.url))
        .collect()
}

fn in_words(message: Message) -> anyhow::Error {
    anyhow::Error::msg(told(message))
}

/// Who may vouch for hosts, as OpenSSL and curl read it from the environment.
fn trust() -> anyhow::Result<Trust> {
    let Some(file) = std::env::var_os("SSL_CERT_FILE")
        .filter(|file| !file.is_empty())
        .map(PathBuf::from)
    else {
        return Ok(Trust::default());
    };
    let trouble = || format!("SSL_CERT_FILE: {}", workspace::shown(&file));
    let text = workspace::read(&file, LARGEST).with_context(trouble)?;
    Trust::from_pem(text.text()).map_err(in_words).with_context(trouble)
}

fn default_file() -> Option<PathBuf> {
    Some(workspace::default_folder()?.join("pictures.json"))
}
