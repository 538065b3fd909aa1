//! `postlint apply`: makes the edits of a plan, file by file; begun again, it goes on where it ended.

mod begun;

use super::args::ApplyArgs;
use super::baseline::folder_of;
use super::plan::{self, PlannedFile, PlannedFix, Tally};
use super::{End, output};
use crate::config::Selection;
use crate::fix;
use crate::fix::rounds::{self, Kept, Step};
use crate::message::Message;
use crate::post::Post;
use crate::report;
use crate::text::{Edit, Source, TextRange};
use crate::workspace;
use crate::{part, say};
use begun::{Begun, begun};
use std::io::Write;
use std::path::Path;

/// What became of a file.
enum Outcome {
    /// The text before, and the text that it has or would have now.
    Mended(String, String),
    /// An earlier run did it.
    Already,
    /// Nothing of it was chosen.
    LeftOut,
    /// It is as it was, for this reason.
    Refused(Message),
}

pub(super) fn run(args: &ApplyArgs) -> anyhow::Result<End> {
    let plan = plan::read(&args.plan)?;
    let selection = Selection::new(&args.select, &args.ignore, workspace::catalogue())?;
    let is_chosen = |fix: &PlannedFix| {
        let is_selected = selection.select.is_empty() || selection.select.contains(&*fix.rule);
        fix.keep && is_selected && !selection.ignore.contains(&*fix.rule)
    };
    let folder = folder_of(&args.plan);
    let mut out = output::stdout();
    let (mut mended, mut already, mut left_out) = (Tally::default(), Tally::default(), Tally::default());
    let mut troubles = Vec::new();
    for file in &plan.files {
        let Some(steps) = steps(file, is_chosen) else {
            troubles.push(say!("{file}: the plan is damaged here", file = file.path));
            continue;
        };
        let path = folder.join(&file.path);
        let mut kept = rounds::keep(&steps);
        let begun = earlier(&path, file, &kept);
        if let Some(begun) = &begun {
            let both = |fix: &PlannedFix| is_chosen(fix) || fix.keep && begun.rules.contains(&*fix.rule);
            kept = rounds::keep(&self::steps(file, both).unwrap_or_default());
        }
        let rules = |is_applied: bool| {
            let all = file.rounds.iter().flatten().zip(kept.applied.iter().flatten());
            all.filter(move |(_, applied)| **applied == is_applied)
                .map(|(fix, _)| &*fix.rule)
        };
        let source = file.source.as_deref();
        match outcome(&path, file, (&kept, begun.as_ref()), args.diff) {
            Outcome::Mended(before, after) => {
                let was: Vec<bool> = match &begun {
                    Some(begun) => begun.kept.applied.iter().flatten().copied().collect(),
                    None => vec![false; kept.applied.iter().flatten().count()],
                };
                let all = || {
                    file.rounds
                        .iter()
                        .flatten()
                        .zip(kept.applied.iter().flatten())
                        .zip(&was)
                };
                let new = all().filter(|((_, applied), was)| **applied && !**was);
                mended.add(source, new.map(|((fix, _), _)| &*fix.rule));
                already.add(source, all().filter(|(_, was)| **was).map(|((fix, _), _)| &*fix.rule));
                left_out.add(source, rules(false));
                if args.diff {
                    out.write_all(report::diff(&file.path, &before, &after).as_bytes())?;
                }
            }
            Outcome::Already => already.add(source, rules(true)),
            Outcome::LeftOut => left_out.add(source, rules(false)),
            Outcome::Refused(reason) => {
                troubles.push(say!("{file}: left as it was: {reason}", file = file.path, reason))
            }
        }
    }
    if !args.diff {
        mended.write(&mut out)?;
    }
    out.flush()?;
    let fixes = mended.line();
    let mut told = vec![match args.diff {
        true => say!("would apply {fixes}", fixes),
        false => say!("applied {fixes}", fixes),
    }];
    if !already.is_empty() {
        told.push(say!("{fixes} applied before", fixes = already.line()));
    }
    if !left_out.is_empty() {
        told.push(say!("{fixes} left out", fixes = left_out.line()));
    }
    output::tell(Message::joined(told, &output::told(part!("; "))));
    for trouble in &troubles {
        output::error(trouble);
    }
    Ok(if troubles.is_empty() { End::Clean } else { End::Trouble })
}

/// The plan of a file as steps; `None` when it is not one that can be followed.
fn steps(file: &PlannedFile, is_chosen: impl Fn(&PlannedFix) -> bool) -> Option<Vec<Vec<Step>>> {
    let step = |fix: &PlannedFix| {
        let edits: Option<Vec<Edit>> = fix
            .edits
            .iter()
            .map(|edit| {
                let is_sound = edit.start.checked_add(edit.before.len()) == Some(edit.end);
                is_sound.then(|| Edit::replace(TextRange::new(edit.start, edit.end), &*edit.after))
            })
            .collect();
        Some(Step {
            edits: edits?,
            keep: is_chosen(fix),
        })
    };
    let rounds: Option<Vec<Vec<Step>>> = file
        .rounds
        .iter()
        .map(|round| round.iter().map(step).collect())
        .collect();
    rounds.filter(|rounds| rounds.iter().all(|steps| is_disjoint(steps)))
}

fn is_disjoint(steps: &[Step]) -> bool {
    let mut ranges: Vec<TextRange> = steps
        .iter()
        .flat_map(|step| &step.edits)
        .map(|edit| edit.range)
        .collect();
    ranges.sort();
    ranges.windows(2).all(|pair| pair[0].end <= pair[1].start)
}

/// What an earlier run applied of a file, when that is neither nothing nor what is `kept` now.
fn earlier<'a>(path: &Path, file: &'a PlannedFile, kept: &Kept) -> Option<Begun<'a>> {
    let source = workspace::read(path, u64::MAX).ok()?;
    let is_planned = |text: &str| workspace::content_hash(text) == file.hash;
    let is_done = || undone(source.text(), kept, &befores(file, kept)).is_some_and(|text| is_planned(&text));
    let is_text = source.first_bad_byte().is_none();
    (is_text && !is_planned(source.text()) && !is_done()).then(|| begun(source.text(), file))?
}

fn outcome(path: &Path, file: &PlannedFile, (kept, begun): (&Kept, Option<&Begun<'_>>), only_look: bool) -> Outcome {
    if kept.rounds.iter().all(Vec::is_empty) {
        return Outcome::LeftOut;
    }
    let present = match workspace::read(path, u64::MAX) {
        Ok(source) => source,
        Err(error) => return Outcome::Refused(error.said()),
    };
    let source = begun.map_or_else(|| present.clone(), |begun| Source::new(&*begun.original));
    let befores = befores(file, kept);
    if workspace::content_hash(source.text()) != file.hash || source.first_bad_byte().is_some() {
        return match undone(source.text(), kept, &befores) {
            Some(text) if workspace::content_hash(&text) == file.hash => Outcome::Already,
            _ => Outcome::Refused(say!("it changed since the plan was made")),
        };
    }
    let Some(after) = rounds::replay(source.text(), &kept.rounds) else {
        return Outcome::Refused(say!("the plan does not fit its text"));
    };
    // Taken back, every edit must bring what it says that it replaced.
    if undone(&after, kept, &befores).as_deref() != Some(source.text()) {
        return Outcome::Refused(say!("the plan does not fit its text"));
    }
    let post = |source: Source| Post::parse(source, file.path.as_str());
    if !fix::still_readable(&post(source.clone()), &post(Source::new(&*after))) {
        return Outcome::Refused(say!("without the fixes left out, its front matter would be unreadable"));
    }
    if after == present.text() {
        return Outcome::Already;
    }
    match only_look {
        true => Outcome::Mended(present.text().to_owned(), after),
        false => match workspace::replace(path, present.text(), &after) {
            Ok(()) => Outcome::Mended(present.text().to_owned(), after),
            Err(error) => Outcome::Refused(error.said()),
        },
    }
}

/// What the edits of each round replace.
fn befores<'a>(file: &'a PlannedFile, kept: &Kept) -> Vec<Vec<&'a str>> {
    let rounds = file.rounds.iter().zip(&kept.applied);
    rounds
        .map(|(fixes, applied)| {
            let applied = fixes.iter().zip(applied).filter(|(_, applied)| **applied);
            let mut edits: Vec<_> = applied.flat_map(|(fix, _)| &fix.edits).collect();
            edits.sort_by(|a, b| (a.start, a.end, &a.after).cmp(&(b.start, b.end, &b.after)));
            edits.into_iter().map(|edit| &*edit.before).collect()
        })
        .collect()
}

/// `text` without what was applied; `None` when that is not what stands there.
fn undone(text: &str, kept: &Kept, befores: &[Vec<&str>]) -> Option<String> {
    let mut text = text.to_owned();
    for (edits, before) in kept.rounds.iter().zip(befores).rev() {
        let back = rounds::inverse(edits, before);
        let is_there = |(back, edit): (&Edit, &Edit)| text.get(back.range.as_range()) == Some(&*edit.text);
        back.iter().zip(edits).all(is_there).then_some(())?;
        text = rounds::replay(&text, std::slice::from_ref(&back))?;
    }
    Some(text)
}
