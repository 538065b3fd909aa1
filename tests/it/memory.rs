//! What is read of a text after a change, from the memory of the text before, is what is read of it as a whole.
//!
//! `POSTLINT_CORPUS` is a directory of posts to type in, besides those that come along.

use postlint::config::{Config, Level};
use postlint::generator::Generator;
use postlint::lint::lint;
use postlint::post::{Memory, Post};
use postlint::text::Source;
use postlint::workspace::read;

use crate::server::typing::Dice;

/// What changes more than the line that it is typed into, and what does not.
const TYPED: [&str; 31] = [
    "a",
    "字",
    " ",
    "\n",
    "\n\n",
    "`",
    "```\n",
    "\n~~~\n",
    "<!--",
    "-->",
    "<div>",
    "\n</div>\n",
    "<script>",
    "</script>",
    "{% raw %}",
    "{% endraw %}",
    "\n[a]: /to\n",
    "[^1]: note\n",
    "    ",
    "> ",
    "---\n",
    "title: x\n",
    "\r",
    "The post a appeared first on b\n",
    " erschien zuerst auf ",
    "{{ a b }}",
    "{{ ",
    "%}",
    "</PRE>",
    "\u{fffd}",
    "<pre>",
];

/// Puts `word` in place of about `length` bytes at about `at`; where it ends.
fn put(text: &mut String, at: usize, length: usize, word: &str) -> usize {
    let mut start = at.min(text.len());
    let mut end = (start + length).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text.replace_range(start..end, word);
    start + word.len()
}

fn same_after_typing(path: &str, text: &str, dice: &mut Dice) {
    let memory = Memory::default();
    let mut text = text.to_owned();
    for _ in 0..6 {
        let typed = Post::parse_after(Source::new(text.as_str()), path, &memory);
        let fresh = Post::parse(Source::new(text.as_str()), path);
        let found = |post: &Post| format!("{:?}", lint(post, &Config::default(), None));
        assert_eq!(found(&typed), found(&fresh), "{path}: {text}");
        assert_eq!(typed.front_matter.root, fresh.front_matter.root, "{path}: {text}");
        assert_eq!(typed.front_matter.error, fresh.front_matter.error, "{path}: {text}");
        let [one, other] = [&typed, &fresh].map(|post| format!("{:?}", **post.markdown));
        assert!(one == other, "{path}: {text}\n{one}\n{other}");
        let lists = |post: &Post| {
            let html = &post.html;
            let wrong = [html.misnested.clone(), html.late_ends.clone()];
            (html.stray_ends.clone(), wrong, html.code.clone(), html.gave_up_at)
        };
        assert_eq!(lists(&typed), lists(&fresh), "{path}: {text}");
        assert_eq!(typed.html.nodes, fresh.html.nodes, "{path}: {text}");
        let lines = |post: &Post| format!("{:?}", post.source.lines());
        assert_eq!(lines(&typed), lines(&fresh), "{path}: {text:?}");
        let start = dice.throw(text.len() + 1);
        let length = dice.throw(12).saturating_sub(6);
        put(&mut text, start, length, TYPED[dice.throw(TYPED.len())]);
    }
}

/// What a writer types most, what rules look for among words, and what only seems to change nothing but words.
const WORDS: [&str; 37] = [
    "a",
    "字",
    " ",
    "x y",
    ".",
    "",
    "\n",
    "\n\n",
    "广告",
    "ad",
    "Advertisement",
    "Published: 2020-01-02",
    "adsbygoogle",
    "[adsense]",
    "\u{200b}",
    "Ã©",
    "&nbsp;",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "`",
    "](http://a.b/c?utm_source=x)",
    "![",
    "{{ x }}",
    "---\n",
    "<!-- x -->",
    "<span style=\"color:#fff\">",
    "    ",
    "\"",
    "```\n",
    "{",
    "}",
    "<script>",
    "</style>",
    "<!-- postlint-disable -->",
    "-->",
];

/// Types in a few places, mostly words, and looks after every key: findings that are kept are those of a fresh look.
fn same_findings_while_typing(path: &str, text: &str, dice: &mut Dice) {
    let memory = Memory::default();
    let mut text = text.to_owned();
    let mut config = Config {
        generator: [None, Some(Generator::Jekyll), Some(Generator::Hugo)][dice.throw(3)],
        ..Config::default()
    };
    if dice.throw(2) == 0 {
        let all = postlint::rules::ALL.iter();
        config.levels = all
            .map(|rule| (rule.code.0.to_owned(), Level::On(rule.severity)))
            .collect();
    }
    let mut at = dice.throw(text.len() + 1);
    for _ in 0..24 {
        let typed = Post::parse_after(Source::new(text.as_str()), path, &memory);
        let fresh = Post::parse(Source::new(text.as_str()), path);
        let [found, anew] = [&typed, &fresh].map(|post| lint(post, &config, None));
        assert!(found == anew, "{path}: {text}\n{found:#?}\n{anew:#?}");
        if dice.throw(3) == 0 {
            at = dice.throw(text.len() + 1);
            let marks = ["<", ">", "[", "]", "(", "---", "\n", "!"];
            let from = (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let mark = text[from..].find(marks[dice.throw(marks.len())]);
            at = mark.map_or(from, |mark| from + mark + dice.throw(2));
        }
        let length = dice.throw(8) * usize::from(dice.throw(3) == 0);
        let few = if dice.throw(3) == 0 { WORDS.len() } else { 8 };
        at = put(&mut text, at, length, WORDS[dice.throw(few)]);
    }
}

#[test]
fn findings_that_are_kept_are_those_of_a_fresh_look() {
    let mut dice = Dice(13);
    for file in crate::fixtures::posts() {
        if let Ok(source) = read(&file, 1 << 20) {
            for path in ["source/_posts/a.md", "content/posts/2020-01-02-b.md", "x.html"] {
                same_findings_while_typing(path, source.text(), &mut dice);
            }
        }
    }
    for file in crate::fixtures::real_posts().iter().step_by(16) {
        if let Ok(source) = read(file, 1 << 16) {
            same_findings_while_typing(&file.to_string_lossy(), source.text(), &mut dice);
        }
    }
}

#[test]
fn a_memory_changes_nothing_in_posts_that_come_along() {
    let mut dice = Dice(11);
    for file in crate::fixtures::posts() {
        if let Ok(source) = read(&file, 1 << 20) {
            for _ in 0..20 {
                same_after_typing(&file.to_string_lossy(), source.text(), &mut dice);
                let crlf = source.text().replace("\r\n", "\n").replace('\n', "\r\n");
                same_after_typing(&file.to_string_lossy(), &crlf, &mut dice);
            }
        }
    }
}

#[test]
fn a_memory_changes_nothing_in_real_posts() {
    let mut dice = Dice(12);
    for file in crate::fixtures::real_posts().iter().step_by(16) {
        if let Ok(source) = read(file, 1 << 20) {
            same_after_typing(&file.to_string_lossy(), source.text(), &mut dice);
            same_after_typing(&file.to_string_lossy(), &source.text().replace('\n', "\r\n"), &mut dice);
        }
    }
}
