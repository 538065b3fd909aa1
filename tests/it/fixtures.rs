//! Golden output: every post under `fixtures/` is linted, and what is found is compared with the file beside it.
//!
//! `NAME.expected` holds the findings, one a line, then `fixed:` and what is left after every first fix was applied;
//! `NAME.fixed` holds the text after those fixes. `POSTLINT_BLESS=1 cargo test fixtures` writes both anew.

use postlint::diagnostic::Applicability;
use postlint::message::Language;
use postlint::report::{self, Checked, Format, Paint};
use postlint::text::Source;
use postlint::workspace::{self, ConfigChoice, Options, Workspace};
use postlint::{fix, post::Post};
use std::path::{Path, PathBuf};

/// 2026-01-01T00:00:00Z, so that no answer depends on the day.
const NOW: i64 = 1_767_225_600_000;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

pub fn workspace() -> Workspace {
    Workspace::new(Options {
        config: ConfigChoice::Nearest,
        now: Some(NOW),
        machine_zone: Some("UTC".into()),
        ..Options::default()
    })
}

/// Every post under `fixtures/`, found by walking.
pub fn posts() -> Vec<PathBuf> {
    let found = workspace::discover(&workspace(), &[root()]).unwrap();
    assert!(found.troubles.is_empty(), "{:?}", found.troubles);
    assert!(found.files.len() > 5, "the fixtures were not found");
    found.files.into_iter().map(|file| file.path).collect()
}

/// Every post below `POSTLINT_CORPUS`; none, said so, where that is unset.
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
pub fn real_posts() -> Vec<PathBuf> {
    let Ok(corpus) = std::env::var("POSTLINT_CORPUS") else {
        println!("skipped: POSTLINT_CORPUS is not set");
        return Vec::new();
    };
    let found = workspace::discover(&Workspace::new(Options::default()), &[PathBuf::from(corpus)]).unwrap();
    assert!(!found.files.is_empty(), "no posts in the corpus");
    found.files.into_iter().map(|file| file.path).collect()
}

fn concise(source: &Source, findings: &[postlint::diagnostic::Diagnostic]) -> String {
    let checked = Checked {
        name: String::new(),
        site: String::new(),
        language: Language::English,
        source: source.clone(),
        findings: findings.to_vec(),
    };
    let mut out = Vec::new();
    report::write(Format::Concise, Paint::Plain, &[&checked], &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    text.lines()
        .map(|line| format!("{}\n", line.trim_start_matches(':')))
        .collect()
}

fn compare(file: &Path, is: &str, wrong: &mut Vec<String>) {
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    if expected == is {
        return;
    }
    if std::env::var_os("POSTLINT_BLESS").is_some() {
        match is.is_empty() {
            true => std::fs::remove_file(file).unwrap(),
            false => std::fs::write(file, is).unwrap(),
        }
        return;
    }
    wrong.push(format!(
        "{}\n{}",
        file.display(),
        report::diff("fixture", &expected, is)
    ));
}

#[test]
fn the_findings_are_those_that_were_read_and_approved() {
    let workspace = workspace();
    let mut wrong = Vec::new();
    for path in posts() {
        let stage = workspace.stage(&path).unwrap();
        let source = workspace::read(&path, stage.max_file_size).unwrap();
        let (_, findings) = stage.lint(source.clone());
        let settled = fix::settle(source.clone(), Applicability::Unsafe, |source| stage.lint(source));
        let beside = |suffix: &str| PathBuf::from(format!("{}.{suffix}", path.display()));
        let mut expected = concise(&source, &findings);
        let changed = settled.post.text() != source.text();
        if changed {
            expected.push_str("fixed:\n");
            expected.push_str(&concise(&settled.post.source, &settled.findings));
        }
        compare(&beside("expected"), &expected, &mut wrong);
        compare(
            &beside("fixed"),
            if changed { settled.post.text() } else { "" },
            &mut wrong,
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fixing_twice_changes_nothing_more() {
    let workspace = workspace();
    for path in posts() {
        for limit in [Applicability::Safe, Applicability::Unsafe] {
            let stage = workspace.stage(&path).unwrap();
            let source = workspace::read(&path, stage.max_file_size).unwrap();
            let once = fix::settle(source, limit, |source| stage.lint(source));
            let text = once.post.text().to_owned();
            let twice = fix::settle(Source::new(text.as_str()), limit, |source| stage.lint(source));
            assert_eq!(twice.post.text(), text, "{}", path.display());
            assert!(twice.applied.is_empty(), "{}: {:?}", path.display(), twice.applied);
        }
    }
}

/// The letters that a reader reads: everything outside of tags, comments and front matter.
fn prose(post: &Post) -> String {
    let mut prose = String::new();
    let mut inside = false;
    for c in post.source.slice(post.body).chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside && !c.is_whitespace() => prose.push(c),
            _ => {}
        }
    }
    prose
}

#[test]
fn the_copied_post_keeps_every_sentence_and_picture_and_loses_the_rest() {
    let path = root().join("hexo/source/_posts/copied-from-a-feed.md");
    let workspace = workspace();
    let stage = workspace.stage(&path).unwrap();
    let source = workspace::read(&path, stage.max_file_size).unwrap();
    let before = Post::parse(source.clone(), "a.md");
    let found: Vec<&str> = stage
        .lint(source.clone())
        .1
        .iter()
        .map(|finding| finding.code.0)
        .collect();
    for defect in [
        "date-invalid",
        "html-becomes-code",
        "category-nesting",
        "ad-unit",
        "watermark",
        "front-matter-preceded",
        "image-hotlink",
        "html-nesting",
        "html-empty-paragraph",
    ] {
        assert!(found.contains(&defect), "`{defect}` is not found: {found:?}");
    }
    let settled = fix::settle(source, Applicability::Unsafe, |source| stage.lint(source));
    let text = settled.post.text();
    for gone in [
        "adsbygoogle",
        "广告位",
        "Beiwan.example.com",
        "Invalid Date",
        "article_middle",
    ] {
        assert!(!text.contains(gone), "`{gone}` is still there:\n{text}");
    }
    assert_eq!(prose(&settled.post), prose(&before).replace("Beiwan.example.com", ""));
    let pictures = |post: &Post| {
        let all = postlint::post::images::all(post).into_iter();
        all.filter(|image| image.url.ends_with("reading-room-3f9c.jpg")).count()
    };
    assert_eq!(pictures(&settled.post), 3, "{text}");
    assert_eq!(pictures(&before), 3);
    let codes: Vec<&str> = settled.findings.iter().map(|finding| finding.code.0).collect();
    assert!(codes.is_empty(), "left: {codes:?}\n{text}");
}

#[test]
fn good_posts_are_left_in_peace() {
    let workspace = workspace();
    let good = [
        "hexo/source/_posts/old-canal.md",
        "hexo/source/_posts/yejian-yuedu.md",
        "hexo/source/_posts/how-ads-work.md",
        "hexo/source/_posts/windows-notes.md",
        "jekyll/_posts/2022-03-04-spring-tide.md",
        "hugo/content/posts/plane.md",
    ];
    for name in good {
        let path = root().join(name);
        let stage = workspace.stage(&path).unwrap();
        let (_, findings) = stage.lint(workspace::read(&path, stage.max_file_size).unwrap());
        assert!(findings.is_empty(), "{name}: {findings:#?}");
    }
}
