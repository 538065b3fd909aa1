//! What is found in a post, and how it is mended, is the same whether its lines end in LF or CRLF and whether a BOM stands before
//! it: the generators read all four the same.
//!
//! `POSTLINT_CORPUS` is a directory of posts to try it on, besides those that come along.

use postlint::config::Config;
use postlint::generator::Generator;
use postlint::lint;
use postlint::post::Post;
use postlint::text::Source;
use postlint::workspace::read;

/// What goes over the end of a line in more than one way.
pub const BODIES: [&str; 9] = [
    "<!-- a comment\nof two lines -->\n\nwords\n",
    "words\n<!-- a comment\n\nof three -->\n",
    "words <a\n  href=\"/x\">to\nx</a> and <b\n>bold</b>\n",
    "<div>\n  <a\n    href=\"/x\"\n  >\n    x\n  </a>\n</div>\n",
    "- item\n  <div\n  class=\"a\">\n  words\n  </div>\n",
    "<div>\n\n    <p>indented</p>\n\n    <p>twice</p>\n</div>\n",
    "<!--广告画开始-->\n<table width=\"336\">\n<tr>\n<td>\n</td></tr></table>\n<!--广告画结束-->\n",
    "[x\ny](/z\n\"t\") and ![a\nb](<http://example.com/a b.png>)\n\n[r]: /to\n  'title'\n",
    "{% raw %}\n<div>\n{% endraw %}\n<script>\n// <!--\n</script>\n",
];

/// A finding without what depends on the way lines end.
fn findings(text: &str, path: &str, generator: Generator) -> Vec<String> {
    let config = Config {
        generator: Some(generator),
        now: Some(1_767_225_600_000),
        ..Config::default()
    };
    let bom = '\u{feff}';
    let post = Post::parse(Source::new(text), path);
    let unix = |offset: usize| {
        let before = text[..offset].trim_start_matches(bom);
        before.len() - before.matches("\r\n").count()
    };
    let told = lint::lint(&post, &config, None).into_iter().map(|finding| {
        let place = (unix(finding.range.start), unix(finding.range.end));
        let message = finding.message.english().replace("\r\n", "\n");
        let fixes: Vec<String> = finding
            .fixes
            .iter()
            .map(|fix| {
                let edits = fix.edits.iter().map(|edit| {
                    let (start, end) = (unix(edit.range.start), unix(edit.range.end));
                    format!("{start}..{end} {:?}", edit.text.replace("\r\n", "\n"))
                });
                format!("{} {:?}", fix.title.english(), edits.collect::<Vec<_>>())
            })
            .collect();
        format!("{} {place:?} {message} {fixes:?}", finding.code.0)
    });
    told.collect()
}

fn same_however_lines_end(text: &str, path: &str) {
    if text.contains('\r') || text.starts_with('\u{feff}') {
        return;
    }
    let crlf = text.replace('\n', "\r\n");
    for generator in [Generator::Hexo, Generator::Jekyll, Generator::Hugo] {
        let told = findings(text, path, generator);
        assert_eq!(told, findings(&crlf, path, generator), "{path} with CRLF");
        let marked = format!("\u{feff}{text}");
        assert_eq!(told, findings(&marked, path, generator), "{path} with BOM");
    }
}

#[test]
fn own_posts() {
    for body in BODIES {
        let text = format!("---\ntitle: x\ndate: 2024-01-01 10:00:00\n---\n\n{body}");
        same_however_lines_end(&text, "source/_posts/a.md");
    }
    for file in crate::fixtures::posts() {
        if let Ok(text) = std::fs::read_to_string(&file) {
            same_however_lines_end(&text, &file.to_string_lossy());
        }
    }
}

#[test]
fn real_posts() {
    for file in crate::fixtures::real_posts().iter().step_by(6) {
        if let Ok(source) = read(file, 1 << 20) {
            same_however_lines_end(source.text(), &file.to_string_lossy());
        }
    }
}
