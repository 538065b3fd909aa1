//! `date-ambiguous`: day and month can be taken for each other.

use crate::diagnostic::Fix;
use crate::generator::Generator;
use crate::generator::date::{self, Civil};
use crate::generator::hexo;
use crate::generator::jekyll::{Parsed, parse_time};
use crate::post::day::Day;
use crate::rule::{Context, Reporter};
use crate::text::{Edit, TextRange};
use crate::{rule, say};

rule! {
    /// Day and month can be taken for each other.
    ///
    /// # Why
    ///
    /// `03/04/2013` is the 4th of March for Hexo, which reads dates as Americans do, and the 3rd of April for Jekyll. The year
    /// first leaves no doubt for either, and for the next reader of the file.
    ///
    /// # Examples
    ///
    /// The first fix keeps the day under which the post is published now:
    ///
    /// ```markdown,bad
    /// ---
    /// title: Harvest
    /// date: 03/04/2013 10:00
    /// ---
    /// ```
    ///
    /// ```markdown,fixed
    /// ---
    /// title: Harvest
    /// date: 2013-03-04 10:00
    /// ---
    /// ```
    ///
    /// ```markdown,bad generator=jekyll file=_posts/2013-04-03-harvest.md
    /// ---
    /// title: Harvest
    /// date: 03/04/2013
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 03/24/2013
    /// ---
    /// ```
    ///
    /// ```markdown,good
    /// ---
    /// title: Harvest
    /// date: 2013-04-03
    /// ---
    /// ```
    "date-ambiguous", Warning, On, check, HEAD | SITE
}

fn check(context: &Context<'_>, reporter: &mut Reporter<'_>) {
    let post = context.post;
    match context.generator() {
        Generator::Hexo => {
            for field in context.date_fields() {
                let write = |text: &str| field.writing(post, text);
                report(field.text, field.entry.value.range, (Generator::Hexo, &write), reporter);
            }
        }
        Generator::Jekyll => {
            let entry = post
                .front_matter
                .get("date")
                .filter(|_| post.front_matter.error.is_none());
            if let Some((entry, text)) = entry.and_then(|entry| Some((entry, entry.value.text()?))) {
                let write = |text: &str| Edit::replace(entry.value.range, text);
                report(text, entry.value.range, (Generator::Jekyll, &write), reporter);
            }
        }
        // It takes no date with the year at its end.
        Generator::Hugo => {}
    }
}

type Writer<'a> = (Generator, &'a dyn Fn(&str) -> Edit);

fn report(text: &str, range: TextRange, (generator, write): Writer<'_>, reporter: &mut Reporter<'_>) {
    let Some((first, second, rest)) = pair(text) else {
        return;
    };
    let Some(read) = read(generator, text) else { return };
    let is_one_of_them = (read.month, read.day) == (first, second) || (read.month, read.day) == (second, first);
    let other = Day::new(read.year, read.day, read.month).filter(|_| is_one_of_them);
    let Some(other) = other else { return };
    let mut finding = reporter.report(
        range,
        say!(
            "`{text}` can be `{read}` or `{other}`; {generator} takes it for `{read}`",
            text,
            read,
            other,
            generator
        ),
    );
    let instant = instant_of(generator, text);
    for day in [read, other] {
        let written = format!("{day}{rest}");
        let after = instant_of(generator, &written);
        // What is written must be read as that day, at the same time of day.
        if after.is_some() && (day == other || after == instant) {
            finding = finding.fix(Fix::risky(say!("Write `{day}`", day), vec![write(&written)]));
        }
    }
}

/// Two numbers that both can be a month, then a year, then perhaps a time: the numbers and what follows the year.
fn pair(text: &str) -> Option<(u32, u32, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let number = |text: &str| text.parse::<u32>().ok().filter(|number| (1..=12).contains(number));
    let length = digits(text);
    let first = number(text.get(..length).filter(|_| length <= 2)?)?;
    let mark = text
        .get(length..)?
        .chars()
        .next()
        .filter(|mark| "/-.".contains(*mark))?;
    let text = text.get(length + 1..)?;
    let length = digits(text);
    let second = number(text.get(..length).filter(|_| length <= 2)?)?;
    let text = text.get(length..)?.strip_prefix(mark)?;
    let length = digits(text);
    let rest = text.get(length..).filter(|_| length == 2 || length == 4)?;
    (first != second && (rest.is_empty() || rest.starts_with(' '))).then_some((first, second, rest))
}

fn instant_of(generator: Generator, text: &str) -> Option<i64> {
    match generator {
        Generator::Jekyll => match parse_time(text, &date::zone("UTC")) {
            Parsed::At(instant) => Some(instant),
            Parsed::NowDependent | Parsed::Invalid => None,
        },
        _ => hexo::read_plain(text),
    }
}

fn read(generator: Generator, text: &str) -> Option<Day> {
    let Civil { year, month, day, .. } = Civil::from_utc(instant_of(generator, text)?);
    Day::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
}
