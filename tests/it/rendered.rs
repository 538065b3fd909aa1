//! What readers see before and after fixes: posts rendered by a Markdown engine that shares nothing with ours, read as
//! a browser would.

use crate::fixtures::{real_posts, root, workspace};
use postlint::diagnostic::{Applicability, Diagnostic};
use postlint::fix;
use postlint::post::{Kind, Post};
use postlint::text::{self, Source, TextRange};
use postlint::workspace::{self, Options, Workspace};
use scraper::{ElementRef, Html, Node};
use std::path::Path;

/// Rules whose fixes take something away and change nothing else.
const REMOVERS: [&str; 11] = [
    "ad-comment",
    "ad-frame",
    "ad-script",
    "ad-slot-empty",
    "ad-unit",
    "boilerplate",
    "hidden-text",
    "share-widget",
    "tracking-pixel",
    "watermark",
    "html-becomes-code",
];

/// A page as a reader has it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    /// All text that is shown, without blanks.
    text: String,
    /// The address of each picture, in order.
    pictures: Vec<String>,
    /// How many blocks of code there are.
    code: usize,
}

impl Page {
    fn of_html(html: &str) -> Self {
        let mut page = Self::default();
        page.read(Html::parse_fragment(html).root_element());
        page
    }

    fn of(post: &Post) -> Self {
        let body = post.source.slice(post.body);
        match post.kind {
            Kind::Html => Self::of_html(body),
            Kind::Markdown => Self::of_html(&rendered(body)),
        }
    }

    fn read(&mut self, element: ElementRef<'_>) {
        match element.value().name() {
            "script" | "style" | "template" | "noscript" => return,
            "img" => self.pictures.push(element.value().attr("src").unwrap_or("").to_owned()),
            "pre" => self.code += 1,
            _ => {}
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text.extend(text.chars().filter(|c| !c.is_whitespace())),
                _ => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.read(child);
                    }
                }
            }
        }
    }
}

fn rendered(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    comrak::markdown_to_html(markdown, &options)
}

fn settle(
    path: &Path,
    workspace: &Workspace,
    limit: Applicability,
    rules: &dyn Fn(&Diagnostic) -> bool,
) -> (Post, Post, Vec<Diagnostic>) {
    let stage = workspace.stage(path).unwrap();
    let source = workspace::read(path, stage.max_file_size).unwrap();
    let before = Post::parse(source.clone(), stage.path.as_str());
    let settled = fix::settle(source, limit, |source| {
        let (post, mut findings) = stage.lint(source);
        findings.retain(rules);
        (post, findings)
    });
    (before, settled.post, settled.findings)
}

#[test]
fn the_copied_post_becomes_an_article() {
    let path = root().join("hexo/source/_posts/copied-from-a-feed.md");
    let (before, after, left) = settle(&path, &workspace(), Applicability::Unsafe, &|_| true);
    let shown = Page::of(&before);
    assert_eq!(shown.code, 2, "the reader gets source code");
    assert!(shown.pictures.is_empty(), "and no picture");
    assert!(rendered(before.source.slice(before.body)).contains("<ins class=\"adsbygoogle\""));

    // The body is HTML throughout: without Markdown between, a browser shows what was meant.
    let meant = Page::of_html(before.source.slice(before.body));
    let page = Page::of(&after);
    assert_eq!(page.text, meant.text.replace("Beiwan.example.com", ""));
    assert_eq!(page.pictures, meant.pictures);
    assert_eq!(page.pictures.len(), 1);
    assert_eq!(page.code, 0);
    let html = rendered(after.source.slice(after.body));
    for gone in ["<ins", "<font", "<!--", "<table", "Beiwan"] {
        assert!(!html.contains(gone), "`{gone}` is still there:\n{html}");
    }
    assert!(left.is_empty(), "{left:#?}");
}

#[test]
fn safe_fixes_make_the_copied_post_an_article_with_its_ad() {
    let path = root().join("hexo/source/_posts/copied-from-a-feed.md");
    let (before, after, _) = settle(&path, &workspace(), Applicability::Safe, &|_| true);
    assert_eq!(Page::of(&after), Page::of_html(before.source.slice(before.body)));
}

/// What a reader sees of `post` where HTML that was published as code is HTML again.
fn page_as_meant(post: &Post) -> Page {
    if post.markdown.accidental.is_empty() {
        return Page::of(post);
    }
    let html = rendered(post.source.slice(post.body));
    let mut page = String::new();
    let mut rest = html.as_str();
    while let Some((head, tail)) = rest.split_once("<pre><code>") {
        let (code, tail) = tail.split_once("</code></pre>").unwrap_or((tail, ""));
        let is_html = post
            .markdown
            .accidental
            .iter()
            .any(|&block| same_letters(post.source.slice(block), &unescaped(code)));
        page.push_str(head);
        if is_html {
            page.push_str(&unescaped(code));
        } else {
            page.push_str(&format!("<pre><code>{code}</code></pre>"));
        }
        rest = tail;
    }
    page.push_str(rest);
    Page::of_html(&page)
}

fn unescaped(code: &str) -> String {
    code.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

fn same_letters(a: &str, b: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    letters(a) == letters(b)
}

fn step() -> usize {
    std::env::var("POSTLINT_STEP")
        .ok()
        .and_then(|step| step.parse().ok())
        .unwrap_or(5)
}

/// Safe fixes of the body change no word and no picture that is shown.
#[test]
#[allow(clippy::print_stdout, reason = "a measurement says what it measured")]
fn safe_fixes_change_nothing_that_is_read() {
    let workspace = Workspace::new(Options::default());
    // These say that they change it: a picture appears, an address is another, what was eaten is shown.
    let open = [
        "image-",
        "redirect-",
        "tracking-",
        "text-",
        "html-pseudo-tag",
        "template-syntax",
        "front-matter-",
    ];
    let mut fixed = 0;
    let mut wrong = Vec::new();
    let files = real_posts().into_iter().step_by(step()).collect::<Vec<_>>();
    for path in &files {
        let (before, after, _) = settle(path, &workspace, Applicability::Safe, &|finding| {
            !open.iter().any(|open| finding.code.0.starts_with(open))
        });
        if before.source.slice(before.body) == after.source.slice(after.body) {
            continue;
        }
        fixed += 1;
        let (was, is) = (page_as_meant(&before), page_as_meant(&after));
        if was != is {
            wrong.push(difference(path, &was, &is));
        }
    }
    println!(
        "{} posts, {fixed} of them with other bodies, {} differ",
        files.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Removals take away just what they name.
#[test]
#[allow(clippy::print_stdout, reason = "a measurement says what it measured")]
fn removals_take_nothing_else_along() {
    let workspace = Workspace::new(Options::default());
    let mut fixed = 0;
    let mut wrong = Vec::new();
    let files = real_posts().into_iter().step_by(step()).collect::<Vec<_>>();
    for path in &files {
        let stage = workspace.stage(path).unwrap();
        let Ok(source) = workspace::read(path, stage.max_file_size) else {
            continue;
        };
        let (post, findings) = stage.lint(source);
        let findings: Vec<Diagnostic> = findings
            .into_iter()
            .filter(|finding| REMOVERS.contains(&finding.code.0))
            .collect();
        let plan = fix::plan(post.text(), &findings, Applicability::Unsafe);
        if plan.edits.is_empty() {
            continue;
        }
        fixed += 1;
        let gone: Vec<TextRange> = plan.edits.iter().map(|edit| edit.range).collect();
        let after = Post::parse(Source::new(text::apply(post.text(), &plan.edits)), stage.path.as_str());
        let (was, is) = (page_as_meant(&post), page_as_meant(&after));
        let taken: String = gone.iter().map(|&range| removed(post.source.slice(range))).collect();
        let taken = Page::of_html(&taken);
        let letters = was.text.chars().count() - is.text.chars().count().min(was.text.chars().count());
        let right = is_left_over(&was.text, &is.text)
            && letters == taken.text.chars().count()
            && was.pictures.len() == is.pictures.len() + taken.pictures.len();
        if !right {
            wrong.push(format!("{}\n   taken {:?}", difference(path, &was, &is), taken));
        }
    }
    println!(
        "{} posts, {fixed} with something removed, {} differ",
        files.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What was removed, as HTML: pixels may be written in Markdown.
fn removed(piece: &str) -> String {
    match piece.starts_with("![") {
        true => rendered(piece),
        false => piece.to_owned(),
    }
}

/// Whether `part` is `whole` with some letters left out.
fn is_left_over(whole: &str, part: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|wanted| rest.any(|c| c == wanted))
}

fn difference(path: &Path, was: &Page, is: &Page) -> String {
    let same = was
        .text
        .chars()
        .zip(is.text.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let near = |text: &str| text.chars().skip(same.saturating_sub(30)).take(90).collect::<String>();
    format!(
        "{}: {} letters, now {}; {} pictures, now {}; {} blocks of code, now {}\n   was {:?}\n   is  {:?}",
        path.display(),
        was.text.chars().count(),
        is.text.chars().count(),
        was.pictures.len(),
        is.pictures.len(),
        was.code,
        is.code,
        near(&was.text),
        near(&is.text)
    )
}

#[test]
fn rules_about_html_take_their_time_from_the_length_alone() {
    let hostile = [
        "<div>\n\n    <p>x</p>\n</div>\n\n".repeat(3_000),
        "<div>\n\n    <div>\n\n".repeat(3_000),
        "a <T> b\n\n".repeat(5_000),
        "a <T> b ".repeat(5_000),
        "</div>\n".repeat(10_000),
        "<b>a<i>b</b></i>\n".repeat(5_000),
        "<div><span>x</div>\n".repeat(5_000),
        "<p onclick=\"f(\">\n".repeat(5_000),
        "<style>&#123;</style>\n".repeat(5_000),
    ];
    for text in hostile {
        let post = Post::parse(Source::new(text.as_str()), "source/_posts/a.md");
        // Reading the body is no rule's doing.
        std::hint::black_box(&post.html.nodes);
        let config = postlint::config::Config::default();
        let context = postlint::rule::Context {
            post: &post,
            config: &config,
            site: None,
            findings: &[],
            memo: &postlint::rule::Memo::default(),
            budget: &postlint::rule::Budget::unlimited(),
        };
        for rule in postlint::rules::ALL
            .iter()
            .filter(|rule| rule.code.0.starts_with("html-"))
        {
            let start = std::time::Instant::now();
            let mut out = Vec::new();
            (rule.check)(
                &context,
                &mut postlint::rule::Reporter::new(rule.code, rule.severity, &mut out),
            );
            let took = start.elapsed();
            assert!(took.as_secs() < 120, "{} on {}… took {took:?}", rule.code, &text[..8]);
        }
    }
}
