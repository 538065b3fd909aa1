//! The constructs of a text that differs from one read before in a single place.

use super::{LONGEST_TAG, Template, closing, opens_construct};
use crate::post::earlier::Earlier;
use crate::post::memory::Memory;
use crate::text::{Same, Source, TextRange};
use memchr::memmem;

/// The constructs of a text that was read before.
struct Known(Earlier, Template);

impl Template {
    /// The constructs of `body`, where `memory` may hold those of a text that differs little: then only what was typed is looked at.
    pub(in crate::post) fn parse_after(source: &Source, body: TextRange, memory: &Memory) -> Self {
        let known: Option<Known> = memory.take();
        let template = known.and_then(|Known(earlier, template)| template.moved(&earlier, source, body));
        let template = template.unwrap_or_else(|| Self::parse(source, body));
        memory.keep(Known(Earlier::new(source, body), template.clone()));
        template
    }

    /// These constructs of an earlier body in that of `source`; `None` where what was typed may have to do with them: where its lines
    /// have, or had, more than words that differ, where it stands within a block, and behind what may be open.
    fn moved(mut self, earlier: &Earlier, source: &Source, body: TextRange) -> Option<Self> {
        let (old, new) = earlier.changed(source, body)?;
        let lines = [earlier.source().slice(old), source.slice(new)];
        let nearest = new.start.saturating_sub(LONGEST_TAG).max(body.start);
        let may_be_open = || has_open_construct(&source.text().as_bytes()[nearest..new.start]);
        let is_within = |block: &TextRange| block.start <= old.start && old.start < block.end;
        let has_changed = !old.is_empty() || !new.is_empty();
        if has_changed && (!change_only_words(lines) || may_be_open() || self.opaque.iter().any(is_within)) {
            return None;
        }
        let to_new = |range: &mut TextRange| {
            if range.start >= old.end {
                *range = TextRange::new(range.start - old.end + new.end, range.end - old.end + new.end);
            }
        };
        for tag in &mut self.tags {
            to_new(&mut tag.range);
            to_new(&mut tag.name);
        }
        self.opaque.iter_mut().for_each(to_new);
        Some(self)
    }
}

/// Whether a construct that begins in `text` may reach beyond it: what ends such a one does not stand behind it.
fn has_open_construct(text: &[u8]) -> bool {
    let is_open = |at: usize| {
        let rest = &text[at..];
        closing(rest).is_some_and(|(_, open, close)| memmem::find(&rest[open..], close.as_bytes()).is_none())
    };
    memchr::memchr_iter(b'{', text).any(is_open)
}

/// Whether no construct, no fence and no code span begins or ends elsewhere in the `lines` of a later text than in those of an earlier one.
fn change_only_words(lines: [&str; 2]) -> bool {
    let is_mark = |byte: &u8| matches!(byte, b'`' | b'~' | b'\\');
    let is_still = |lines: &str| {
        // What ends a construct does so only behind what begins it.
        let has_opening = opens_construct(lines.as_bytes());
        let has_fence = || lines.contains("```") || lines.contains("~~~");
        !has_opening && !has_fence() && lines.lines().all(|line| !line.trim().is_empty())
    };
    // Spans stay where their marks stay, and these where nothing is typed beside them.
    let is_beside = |text: &str| {
        let Same { before, behind } = Same::of(lines[0], lines[1]);
        let near = before.saturating_sub(1)..(text.len() - behind + 1).min(text.len());
        text.as_bytes()[near].iter().any(is_mark)
    };
    let has_marks = || lines.iter().any(|lines| lines.bytes().any(|byte| is_mark(&byte)));
    lines.into_iter().all(is_still) && (!has_marks() || !lines.into_iter().any(is_beside))
}
