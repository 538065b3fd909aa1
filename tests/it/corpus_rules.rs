//! Counts findings per rule over a corpus of real posts, and prints samples for people to judge.
//!
//! `POSTLINT_CORPUS` is a directory of sites (an `assets.txt` in a site's root lists the files it has besides its posts).
//! `POSTLINT_RULE` (a code, or its start) and `POSTLINT_SAMPLES` (a number) choose what is printed.

use postlint::diagnostic::{Diagnostic, Severity};
use postlint::lint;
use postlint::post::Post;
use postlint::site::Site;
use postlint::workspace::{Options, Workspace, discover, read};
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

#[test]
#[allow(clippy::print_stdout, reason = "a measurement says what it measured")]
fn findings_over_the_corpus_stay_inside_their_files() {
    let Ok(corpus) = std::env::var("POSTLINT_CORPUS") else {
        println!("skipped: POSTLINT_CORPUS is not set");
        return;
    };
    let wanted = std::env::var("POSTLINT_RULE").unwrap_or_default();
    let samples: usize = std::env::var("POSTLINT_SAMPLES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    let workspace = Workspace::new(Options::default());
    let mut sites: HashMap<PathBuf, Option<Site>> = HashMap::new();
    let mut counts: BTreeMap<(&str, Severity), Count> = BTreeMap::new();
    let mut pool: Vec<String> = Vec::new();
    let found = discover(&workspace, &[PathBuf::from(&corpus)]).unwrap();
    let posts = found.files.len();
    for file in found.files {
        let stage = workspace.stage(&file.path).unwrap();
        let Ok(source) = read(&file.path, stage.max_file_size) else {
            continue;
        };
        let site = stage.site.as_ref().and_then(|root| {
            sites
                .entry(root.root.clone())
                .or_insert_with(|| Some(with_assets(root.site.clone(), &root.root)))
                .clone()
        });
        let post = Post::parse(source, stage.path.as_str());
        let name = file
            .shown
            .strip_prefix(&corpus)
            .unwrap_or(&file.shown)
            .trim_start_matches('/');
        for finding in lint::lint(&post, &stage.config, site.as_ref()) {
            check(&post, &finding);
            let entry = counts.entry((finding.code.0, finding.severity)).or_default();
            entry.0 += 1;
            *entry
                .1
                .entry(name.split('/').next().unwrap_or("").to_owned())
                .or_default() += 1;
            if wanted
                .split(',')
                .any(|wanted| finding.code.0.starts_with(wanted) || wanted == finding.severity.as_str())
            {
                pool.push(line(&post, name, &finding));
            }
        }
    }
    println!("{posts} posts");
    for ((code, severity), (count, by_site)) in &counts {
        let mut most: Vec<_> = by_site.iter().map(|(site, count)| (count, site)).collect();
        most.sort_by(|a, b| b.cmp(a));
        most.truncate(3);
        println!("{count:6} {code} {} {most:?}", severity.as_str());
    }
    // Always the same spread over the whole pool.
    let step = (pool.len() / samples.max(1)).max(1);
    for line in pool.iter().step_by(step).take(samples) {
        println!("{line}");
    }
    assert!(posts > 0, "no posts in the corpus");
}

/// How many, and how many in each site.
type Count = (usize, BTreeMap<String, usize>);

fn with_assets(mut site: Site, root: &Path) -> Site {
    if let Ok(list) = std::fs::read_to_string(root.join("assets.txt")) {
        std::sync::Arc::make_mut(site.assets.get_or_insert_default()).extend(list.lines().map(String::from));
    }
    site
}

fn check(post: &Post, finding: &Diagnostic) {
    let code = finding.code;
    assert!(
        post.text().get(finding.range.as_range()).is_some(),
        "{code} in {}",
        post.path
    );
    for fix in &finding.fixes {
        for edit in &fix.edits {
            assert!(
                post.text().get(edit.range.as_range()).is_some(),
                "{code} in {}",
                post.path
            );
        }
    }
}

fn line(post: &Post, name: &str, finding: &Diagnostic) -> String {
    let number = post.text()[..finding.range.start].matches('\n').count() + 1;
    let text: String = post.source.slice(finding.range).chars().take(160).collect();
    let fix = finding.fixes.first().map_or(String::new(), |fix| {
        let edits: Vec<String> = fix
            .edits
            .iter()
            .take(3)
            .map(|edit| edit.text.chars().take(100).collect())
            .collect();
        format!("\n    FIX {} {edits:?}", fix.title.english())
    });
    format!(
        "{name}:{number} {} [{}] {}\n    TEXT {text:?}{fix}",
        finding.severity.as_str(),
        finding.code,
        finding.message.english()
    )
}
