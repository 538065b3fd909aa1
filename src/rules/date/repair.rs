//! What could be meant by a date that the generator cannot read.

use crate::diagnostic::Fix;
use crate::generator::{DateField, Generator, hugo};
use crate::post::{Post, day};
use crate::rule::{Context, Lines, Reads, Reporter};
use crate::say;
use crate::text::Edit;

/// Lines that say when the text was published.
static LABELLED: Lines = Lines {
    reach: 0,
    in_elements: false,
    touch: day::is_labelled,
};

/// Say what findings about dates rest on: what the day may be, images and the text tell, too.
pub fn rest(reporter: &mut Reporter<'_>) {
    let reads = Reads::HEAD.and(Reads::SITE).and(Reads::MARKUP);
    reporter.rests_on_lines(reads, &[&LABELLED]);
}

/// The ways out, the likeliest first.
pub fn fixes(context: &Context<'_>, field: &DateField<'_>) -> Vec<Fix> {
    let (generator, post) = (context.generator(), context.post);
    if field.text.is_empty() {
        return without(post, field).into_iter().collect();
    }
    let write = |text: &str| vec![field.writing(post, text)];
    if generator == Generator::Hugo
        && let Some(written) = canonical(field.text)
    {
        return vec![Fix::safe(say!("Write `{written}`", written), write(&written))];
    }
    let replace = |day: day::Day| match generator {
        Generator::Hexo => write(&context.day_for_hexo(day)),
        Generator::Jekyll | Generator::Hugo => write(&day.to_string()),
    };
    let own = day::first_in(field.text);
    let mut fixes = Vec::new();
    if let Some(day) = own {
        let title = say!("Write `{day}`", day);
        let edits = replace(day);
        // Nothing is lost when the value is that day and no more.
        let is_whole =
            field.text.ends_with('日') && field.text.chars().all(|c| c.is_ascii_digit() || "年月日".contains(c));
        fixes.push(if is_whole {
            Fix::safe(title, edits)
        } else {
            Fix::risky(title, edits)
        });
    }
    // The first commit says nothing of a change.
    let committed = context.committed().filter(|_| field.key == "date");
    for (day, place) in day::evidence(post, committed) {
        if Some(day) != own {
            fixes.push(Fix::risky(say!("Take `{day}` from {place}", day, place), replace(day)));
        }
    }
    fixes
}

/// Take an empty field away: the date in the file's name counts then.
fn without(post: &Post, field: &DateField<'_>) -> Option<Fix> {
    let name = post.file_name();
    let has_day = day::first_in(name).is_some_and(|day| name.starts_with(&day.to_string()));
    let lines = field.entry.whole_lines(post.text()).filter(|_| has_day)?;
    Some(Fix::safe(
        say!("Remove the empty `date`; the file's name has one"),
        vec![Edit::delete(lines)],
    ))
}

/// `2022/1/2 3:04` as `2022-01-02 03:04:00`; `None` for what is not plainly year, month, day and perhaps a time, and for
/// days and times that there are not.
fn canonical(text: &str) -> Option<String> {
    let (day, time) = match text.trim().split_once([' ', 'T']) {
        Some((day, time)) => (day, Some(time.trim())),
        None => (text.trim(), None),
    };
    let written = match time {
        Some(time) => format!("{} {}", numbers(day)?, clock(time)?),
        None => numbers(day)?,
    };
    hugo::parse_time(&written, &crate::generator::date::zone("UTC")).map(|_| written)
}

/// Three numbers between marks, the first of four digits, with hyphens and leading zeros.
fn numbers(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let is_number = |part: &str, most: usize| {
        !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 && is_number(year, 4) => {
            let is_rest = is_number(month, 2) && is_number(day, 2);
            is_rest.then(|| format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => None,
    }
}

/// `3:04` and `3:04:05` with leading zeros and seconds.
fn clock(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(':').collect();
    let is_pair = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(is_pair) {
        return None;
    }
    match parts.as_slice() {
        [hour, minute] if minute.len() == 2 => Some(format!("{hour:0>2}:{minute}:00")),
        [hour, minute, second] => Some(format!("{hour:0>2}:{minute:0>2}:{second:0>2}")),
        _ => None,
    }
}
