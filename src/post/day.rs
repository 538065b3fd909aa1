//! Days as people write them: found in addresses, file names, prose and broken date fields.

use super::earlier::Earlier;
use super::{Post, images};
use crate::message::{Message, Part};
use crate::{part, say};

/// A day of the calendar that really exists, between 1990 and 2100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Year.
    pub year: u32,
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How many days `month` of `year` has; 0 for a month that there is not.
pub fn days_in(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

impl Day {
    /// The day, when it exists.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let exists = (1990..=2100).contains(&year) && day >= 1 && day <= days_in(year, month);
        exists.then_some(Self { year, month, day })
    }
}

/// The first day in `text` written as `2022-01-02`, `2022/1/2`, `2022.1.2`, `2022_01_02`, `2022年1月2日` or `20220102`.
pub fn first_in(text: &str) -> Option<Day> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while at < bytes.len() {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        // All of them begin with four digits at the least.
        if (at + 1..at + 4).all(is_digit)
            && let Some(day) = at_start(&text[at..])
        {
            return Some(day);
        }
        while is_digit(at) {
            at += 1;
        }
    }
    None
}

/// The day at the start of `text`, written in one of these ways.
pub fn at_start(text: &str) -> Option<Day> {
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = run(text);
    let number = |text: &str| text.parse::<u32>().ok();
    // `20220102`, perhaps with a time of day after it.
    if matches!(length, 8 | 12 | 14) {
        return Day::new(
            number(text.get(..4)?)?,
            number(text.get(4..6)?)?,
            number(text.get(6..8)?)?,
        );
    }
    if length != 4 {
        return None;
    }
    let year = number(text.get(..4)?)?;
    let rest = text.get(4..)?;
    let mark = rest.chars().next().filter(|mark| "-/._年".contains(*mark))?;
    let rest = rest.get(mark.len_utf8()..)?;
    let month_length = run(rest).min(3);
    let month = number(rest.get(..month_length)?)?;
    let wanted = if mark == '年' { '月' } else { mark };
    let rest = rest.get(month_length..)?.strip_prefix(wanted)?;
    let day_length = run(rest).min(3);
    Day::new(year, month, number(rest.get(..day_length)?)?)
}

/// Days that other parts of `post` name, each with all places where it was found, in words that follow "from"; the likeliest
/// first. Of the text only a day behind a label such as `Published:` counts: others are as likely what the text is about.
/// `known` is what is known from elsewhere, and counts least.
pub fn evidence(post: &Post, known: Option<(Day, Message)>) -> Vec<(Day, Message)> {
    let mut found: Vec<Found> = Vec::new();
    let mut add = |day: Option<Day>, weight: usize, place: Message| {
        let Some(day) = day else { return };
        let at = found.iter().position(|other| other.day == day).unwrap_or_else(|| {
            found.push(Found::new(day));
            found.len() - 1
        });
        let Some(found) = found.get_mut(at) else { return };
        match found.places.iter_mut().find(|(other, _)| *other == place) {
            Some((_, times)) => *times += 1,
            None => {
                found.weight += weight;
                found.places.push((place, 1));
            }
        }
    };
    let BodyDays { images, label } = BodyDays::of(post);
    let fields = images::of_fields(post);
    let fields = fields.iter().filter_map(|image| first_in(image.url));
    for day in fields.chain(images) {
        add(Some(day), 4, IMAGE.into());
    }
    add(first_in(post.file_name()), 3, say!("the file's name"));
    if let Some((day, label)) = label {
        add(Some(day), 3, say!("`{label}` in the text", label));
    }
    for entry in post.front_matter.entries() {
        let (Some(key), Some(text)) = (entry.name(), entry.value.text()) else {
            continue;
        };
        // A change comes later than the first day.
        match key {
            "date" | "created" | "published" | "publishDate" => add(first_in(text), 2, say!("`{key}`", key)),
            "updated" | "lastmod" | "modified" => add(first_in(text), 1, say!("`{key}`", key)),
            _ => {}
        }
    }
    if let Some((day, place)) = known {
        add(Some(day), 1, place);
    }
    // A stable sort: of equal weight the earlier source goes first.
    found.sort_by_key(|found| std::cmp::Reverse(found.weight));
    found.truncate(4);
    found.into_iter().filter_map(Found::told).collect()
}

/// What a body says of days.
#[derive(Clone, Debug)]
struct BodyDays {
    /// Those in the addresses of its images, in order.
    images: Vec<Day>,
    /// The first behind a label, and the label.
    label: Option<(Day, &'static str)>,
}

/// What a text that was read before says of days, while its markup has this number.
#[derive(Debug)]
struct KnownDays {
    markup: u64,
    body: Earlier,
    days: BodyDays,
}

impl BodyDays {
    /// What the body of `post` says: a writer who types a date needs to know it at every key.
    fn of(post: &Post) -> Self {
        let (Some(memory), Some(markup)) = (&post.memory, post.markup()) else {
            return Self::read(post);
        };
        let is_same = |known: &KnownDays| {
            let lines = known.body.changed_lines(&post.source, post.body);
            let has_label = |lines: [&str; 2]| lines.into_iter().flat_map(str::lines).any(is_labelled);
            known.markup == markup.number && lines.is_some_and(|lines| !has_label(lines))
        };
        let known: Option<KnownDays> = memory.take().filter(is_same);
        let days = known.map_or_else(|| Self::read(post), |known| known.days);
        memory.keep(KnownDays {
            markup: markup.number,
            body: Earlier::new(&post.source, post.body),
            days: days.clone(),
        });
        days
    }

    fn read(post: &Post) -> Self {
        let images = images::of_body(post);
        Self {
            images: images.iter().filter_map(|image| first_in(image.url)).collect(),
            label: labelled(post.source.slice(post.body)),
        }
    }
}

const IMAGE: Part = part!("the address of an image");

/// A day with the evidence for it.
struct Found {
    day: Day,
    weight: usize,
    /// Where, and how often.
    places: Vec<(Message, usize)>,
}

impl Found {
    fn new(day: Day) -> Self {
        let (weight, places) = (0, Vec::new());
        Self { day, weight, places }
    }

    /// `None` when no place names it.
    fn told(self) -> Option<(Day, Message)> {
        let told = self.places.into_iter().map(|(place, times)| match times {
            2.. if place == IMAGE.into() => say!("the addresses of {times} images", times),
            _ => place,
        });
        let told = told.reduce(|before, place| say!("{before} and {place}", before, place))?;
        Some((self.day, told))
    }
}

/// What stands before the day on which something was published, lower case.
const LABELS: [&str; 14] = [
    "published on",
    "published",
    "posted on",
    "posted",
    "date",
    "发布时间",
    "发布日期",
    "发布于",
    "发表时间",
    "发表于",
    "發佈時間",
    "發表於",
    "日期",
    "投稿日",
];

/// What a label begins with.
const FIRSTS: [char; 6] = ['p', 'd', '发', '發', '日', '投'];

/// The first line of `body` that says when the text was published, as its day and its label.
fn labelled(body: &str) -> Option<(Day, &'static str)> {
    let mut at = 0;
    let ends = memchr::memchr_iter(b'\n', body.as_bytes()).chain([body.len()]);
    let mut lines = ends.map(|end| {
        let line = &body[at..end];
        at = (end + 1).min(body.len());
        line
    });
    lines.find_map(label_in)
}

/// Whether `line` says when the text was published.
pub fn is_labelled(line: &str) -> bool {
    label_in(line).is_some()
}

/// The day that `line` says the text was published on, and its label.
fn label_in(line: &str) -> Option<(Day, &'static str)> {
    // Hardly any line begins like a label.
    let line = line.trim_ascii_start();
    let first = line.chars().next()?;
    if first.is_alphanumeric() && !FIRSTS.contains(&first.to_ascii_lowercase()) {
        return None;
    }
    let is_markup = |c: char| matches!(c, '*' | '_' | '>' | '#' | '-' | '<' | 'p');
    let line = line.trim_start_matches(|c: char| is_markup(c) || c.is_whitespace());
    let first = line.chars().next()?;
    if !FIRSTS.contains(&first.to_ascii_lowercase()) {
        return None;
    }
    LABELS.into_iter().find_map(|label| {
        let (start, rest) = line.split_at_checked(label.len())?;
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "*_".contains(c));
        let is_marked = !label.is_ascii() || label.ends_with(" on") || rest.starts_with([':', '：']);
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":：*_".contains(c));
        let day = at_start(rest).filter(|_| is_marked && start.eq_ignore_ascii_case(label))?;
        Some((day, label))
    })
}

#[cfg(test)]
mod tests {
    use super::evidence;
    use crate::post::Post;
    use crate::text::Source;

    fn told(text: &str) -> Vec<String> {
        let post = Post::parse(Source::new(text), "source/_posts/2021-01-02-a.md");
        let found = evidence(&post, None).into_iter();
        found
            .map(|(day, places)| format!("{day} from {}", places.english()))
            .collect()
    }

    #[test]
    fn what_several_places_say_goes_first_and_names_them_all() {
        let images = "![](/p/2021/01/05/a.jpg)\n\n![](/p/2021/01/05/b.jpg)\n";
        let text = format!("---\nupdated: 2021-01-05\ncreated: 2021-01-02\n---\n{images}");
        assert_eq!(
            told(&text),
            [
                "2021-01-05 from the addresses of 2 images and `updated`",
                "2021-01-02 from the file's name and `created`",
            ]
        );
    }

    #[test]
    fn a_day_in_the_text_counts_only_behind_a_label() {
        let named = "2021-01-02 from the file's name";
        assert_eq!(
            told("---\ntitle: a\n---\nThe war began on 1999-03-24.\nDate 1999-03-24 was a Wednesday.\n"),
            [named]
        );
        for line in [
            "**Published:** 2019-03-24",
            "发布时间：2019年3月24日",
            "> Posted on 2019/3/24 by me",
            "日期 2019.03.24",
        ] {
            let told = told(&format!("---\ntitle: a\n---\nWords.\n\n{line}\n"));
            assert_eq!(told.len(), 2, "{line}: {told:?}");
            assert!(
                told[0].contains("2021-01-02") && told[1].contains("2019-03-24"),
                "{line}: {told:?}"
            );
        }
    }
}
