//! What is read of a text after a change, from the memory of the text before, is what is read of it as a whole.
//!
//! `POSTLINT_CORPUS` is a directory of posts to type in, besides those that come along.

use postlint::config::Config;
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

fn same_after_typing(path: &str, text: &str, dice: &mut Dice) {
    let memory = Memory::default();
    let mut text = text.to_owned();
    for _ in 0..6 {
        let typed = Post::parse_after(Source::new(text.as_str()), path, &memory);
        let fresh = Post::parse(Source::new(text.as_str()), path);
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
        let found = |post: &Post| format!("{:?}", lint(post, &Config::default(), None));
        assert_eq!(found(&typed), found(&fresh), "{path}: {text}");
        let mut start = dice.throw(text.len() + 1);
        let mut end = (start + dice.throw(12).saturating_sub(6)).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        text.replace_range(start..end, TYPED[dice.throw(TYPED.len())]);
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
