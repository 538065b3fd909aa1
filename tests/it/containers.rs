//! HTML in quotes and lists is the HTML that it is outside of them: what stands before its lines belongs to Markdown.

use postlint::config::Config;
use postlint::diagnostic::Applicability;
use postlint::generator::Generator;
use postlint::post::Post;
use postlint::text::{self, Source};
use postlint::{fix, lint};

use crate::line_ends::BODIES;

const HEAD: &str = "---\ntitle: x\ndate: 2024-01-01 10:00:00\n---\n\n";

fn config() -> Config {
    Config {
        generator: Some(Generator::Hexo),
        now: Some(1_767_225_600_000),
        ..Config::default()
    }
}

/// The rules that find something, in order.
fn told(body: &str) -> Vec<&'static str> {
    let post = Post::parse(Source::new(format!("{HEAD}{body}")), "source/_posts/a.md");
    let findings = lint::lint(&post, &config(), None).into_iter();
    findings.map(|finding| finding.code.0).collect()
}

/// `body` with `mark` before each of its lines.
fn behind(mark: &str, body: &str) -> String {
    let lines = body.lines().map(|line| match line {
        "" => format!("{}\n", mark.trim_end()),
        line => format!("{mark}{line}\n"),
    });
    lines.collect()
}

#[test]
fn the_same_is_found_in_them() {
    for body in BODIES {
        let plain = told(body);
        assert_eq!(told(&behind("> ", body)), plain, "quoted: {body}");
        assert_eq!(told(&behind("> > ", body)), plain, "quoted twice: {body}");
        let listed = format!("- item\n\n{}", behind("  ", body));
        assert_eq!(told(&listed), plain, "{listed}");
        let both = format!("- item\n\n{}", behind("  > ", body));
        assert_eq!(told(&both), plain, "{both}");
    }
}

/// `body` after every first fix.
fn mended(body: &str) -> String {
    let text = format!("{HEAD}{body}");
    let post = Post::parse(Source::new(text.as_str()), "source/_posts/a.md");
    let findings = lint::lint(&post, &config(), None);
    let plan = fix::plan(&text, &findings, Applicability::Unsafe);
    text::apply(&text, &plan.edits)[HEAD.len()..].to_owned()
}

#[test]
fn what_goes_over_several_lines_is_removed_whole() {
    for (before, after) in [
        (
            "> <!--广告画开始-->\n> <table width=\"336\" height=\"280\">\n> <tr><td><ins class=\"adsbygoogle\"></ins></td></tr>\n> </table>\n> <!--广告画结束-->\n>\n> more\n",
            "> more\n",
        ),
        (
            "- item\n\n  <div>\n  <ins class=\"adsbygoogle\"\n       data-ad-slot=\"1\"></ins>\n  <script>\n  (adsbygoogle = window.adsbygoogle || []).push({});\n  </script>\n  </div>\n\n- next\n",
            "- item\n\n- next\n",
        ),
        (
            "> words <span style=\"color:\n> #fefefe\">copied from example.com</span> and\n> <ins class=\"adsbygoogle\"\n> data-ad-slot=\"1\"></ins> end\n",
            "> words  and\n>  end\n",
        ),
    ] {
        assert_eq!(mended(before), after, "{before}");
    }
}
