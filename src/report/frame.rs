//! Code frames: the finding under the line it speaks of.

use super::{Checked, Paint, Places, neutral, neutral_line};
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::message::{Language, Message, Part};
use crate::text::{Source, TextRange};
use crate::{part, say};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use std::io::{self, Write};

/// A frame shows at most so many lines; what is longer is marked on its first line.
const MAX_LINES: usize = 4;
/// Bytes that are shown of a line before and behind what is marked, and of what is marked itself.
const REACH: usize = 400;
/// Bytes before what is marked that are left to the renderer, which trims them better.
const TRIMMED: usize = 8_000;

pub(super) fn write(files: &[&Checked], paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Ansi => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(120);
    for file in files {
        let mut places = Places::new(&file.source);
        for finding in &file.findings {
            let group = group(file, finding, &mut places);
            writeln!(out, "{}\n", renderer.render(&[group]))?;
        }
    }
    Ok(())
}

fn group<'a>(file: &'a Checked, finding: &Diagnostic, places: &mut Places<'_>) -> Group<'a> {
    let line = line_of(file, finding.range.start);
    let window = Window::around(&file.source, finding.range);
    let label = window.label;
    let mut annotation = AnnotationKind::Primary.span(window.marked.as_range());
    if let Some(last) = label {
        annotation = annotation.label(say!("from here to line {last}", last).text(file.language));
    }
    let snippet = Snippet::source(window.text).line_start(line).annotation(annotation);
    let name = neutral_line(&file.name);
    let elements: Vec<Element<'a>> = if window.is_cut {
        // The renderer would count the column from the cut.
        let column = places.of(finding.range.start).column;
        let origin = Origin::path(name).line(line).char_column(column);
        vec![origin.into(), snippet.into()]
    } else {
        vec![snippet.path(name).into()]
    };
    let title = level(finding.severity, file.language)
        .primary_title(neutral(&finding.message.text(file.language)).into_owned())
        .id(finding.code.0);
    title
        .elements(elements)
        .elements(
            finding
                .related
                .iter()
                .map(|related| named(Level::NOTE, part!("note"), file.language).message(note(file, related))),
        )
        .elements(finding.fixes.iter().map(|fix| {
            let option = match fix.applicability {
                Applicability::Safe => "--fix",
                Applicability::Unsafe => "--fix --unsafe-fixes",
            };
            // Only the first fix is ever applied without asking.
            let how = if std::ptr::eq(fix, &finding.fixes[0]) {
                format!(" (`{option}`)")
            } else {
                String::new()
            };
            named(Level::HELP, part!("help"), file.language)
                .message(format!("{}{how}", neutral(&fix.title.text(file.language))))
        }))
}

/// The line of `offset`, from 1.
fn line_of(file: &Checked, offset: usize) -> usize {
    file.source.lines().line_of(offset) + 1
}

fn note(file: &Checked, related: &crate::diagnostic::Related) -> String {
    let place = match &related.file {
        Some(other) => neutral_line(&format!("{}{other}", file.site)).into_owned(),
        None => say!("line {line}", line = line_of(file, related.range.start)).text(file.language),
    };
    let message = related.message.text(file.language);
    say!("{place}: {message}", place, message = neutral(&message)).text(file.language)
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    let (level, name) = match severity {
        Severity::Error => (Level::ERROR, part!("error")),
        Severity::Warning => (Level::WARNING, part!("warning")),
        Severity::Info => (Level::INFO, part!("info")),
    };
    named(level, name, language)
}

fn named(level: Level<'static>, name: Part, language: Language) -> Level<'static> {
    level.with_name(Message::from(name).text(language))
}

/// The lines of one finding, cut to what can be read. The renderer scans all that it is given, so it gets no more.
struct Window {
    text: String,
    marked: TextRange,
    /// Whether the first line lacks its beginning.
    is_cut: bool,
    /// The line (from 1) where a finding that is too long to show ends.
    label: Option<usize>,
}

impl Window {
    fn around(source: &Source, range: TextRange) -> Self {
        let text = source.text();
        let lines = source.lines();
        let first = lines.line_of(range.start);
        let last = lines.line_of(range.end.saturating_sub(1).max(range.start));
        let fits = last - first < MAX_LINES;
        let shown_last = if fits { last } else { first };
        let mut window = Self {
            text: String::new(),
            marked: TextRange::at(0),
            is_cut: false,
            label: (!fits).then_some(last + 1),
        };
        for line in first..=shown_last {
            let content = lines.content_of(text, line).unwrap_or(text.len()..text.len());
            let start = range.start.clamp(content.start, content.end);
            let end = range.end.clamp(start, content.end);
            if line > first {
                window.text.push('\n');
            }
            window.push_line(
                &text[content.clone()],
                start - content.start,
                end - content.start,
                line == first,
            );
        }
        window
    }

    /// Add one line of which the bytes from `start` to `end` are marked.
    fn push_line(&mut self, line: &str, start: usize, end: usize, is_first: bool) {
        let start = boundary(line, start);
        let from = if start > TRIMMED {
            boundary(line, start - REACH)
        } else {
            0
        };
        let marked_end = boundary(line, end.min(start + REACH)).max(start);
        let to = boundary(line, marked_end + REACH);
        if from > 0 {
            self.text.push('…');
            self.is_cut |= is_first;
        }
        self.push(&line[from..start]);
        if is_first {
            self.marked.start = self.text.len();
        }
        self.push(&line[start..marked_end]);
        self.marked.end = self.text.len();
        self.push(&line[marked_end..to]);
        if to < line.len() {
            self.text.push('…');
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(&neutral(text));
    }
}

/// The last boundary between characters at or before `at`.
fn boundary(line: &str, at: usize) -> usize {
    (0..=at.min(line.len()))
        .rev()
        .find(|&at| line.is_char_boundary(at))
        .unwrap_or(0)
}
