//! `--emit-facts` and `postlint site`: a site in parts gives what it gives whole.

use super::{code, command, fed, folder, postlint, stderr, stdout};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The next number of a sequence that looks random and is the same in every run.
fn random(state: &mut u64, below: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap() % below
}

/// Bodies: two of them nearly the same, one with words that silence.
fn body(number: usize) -> String {
    let lines = |from: usize| -> String {
        (from..from + 30)
            .map(|line| format!("This is line number {line}, and it is long enough.\n"))
            .collect()
    };
    match number % 7 {
        0 => lines(0),
        1 => lines(1),
        2 => lines(100) + "<!-- postlint-disable-file taxonomy-case, post-duplicate -->\n",
        3 => lines(number * 100) + "<!-- postlint-disable-file taxonomy-slug, date-invalid -->\n",
        4 => "Short <b>text\n".to_owned(),
        5 => lines(number * 100) + LINKS,
        _ => lines(number * 100),
    }
}

/// To posts that there are and to posts that there are not, in the words of each generator.
const LINKS: &str = "{% post_link a/post-3 %} {% post_link a/post-333 %} [x](post-4.md) [x](post-99.md)\n\
    {{< ref \"post-5-10.md\" >}} {{< ref \"post-5-99.md\" >}}\n";

/// Forty posts that have much to do with each other.
fn posts(of: &str, seed: &mut u64) -> Vec<(String, Vec<u8>)> {
    let tags = [
        "Java",
        "java",
        "C++",
        "C",
        "tea",
        "teas",
        "machine learning",
        "machine-learning",
        "threads",
        "thraeds",
        "汉",
    ];
    let categories = [
        "[Kitchen, Tea]",
        "[Kitchen, Tea]",
        "[Tea, Kitchen]",
        "Tea",
        "[[Kitchen], [Tea]]",
        "kitchen",
    ];
    let post = |number: usize| {
        let mut tag = || tags[random(seed, tags.len())];
        let tags = format!("[{}, {}, {}]", tag(), tag(), tag());
        let category = categories[random(seed, categories.len())];
        let day = random(seed, 27) + 1;
        let date = match random(seed, 6) {
            0 if of != "jekyll" => String::new(),
            1 => "date: nonsense\n".to_owned(),
            _ => format!("date: 2020-01-{day:02} 03:04:05\n"),
        };
        let name = format!("post-{}", number / 2);
        let url = if of == "hugo" {
            format!("url: /{name}/\n")
        } else {
            String::new()
        };
        let text = format!(
            "---\ntitle: {name}\n{date}tags: {tags}\n{url}categories: {category}\n---\n{}",
            body(number)
        );
        let text = match number {
            5 => text.replace("\n---\n", "\n--\n"),
            6 => body(number),
            7 => text.replace("title: ", "title: \"caf\u{fffd}"),
            8 => text.replace('\n', "\r\n"),
            9 => format!("\u{feff}{text}"),
            _ => text,
        };
        let path = match of {
            "hexo" if number.is_multiple_of(9) => format!("source/_drafts/{number}.md"),
            "hexo" => format!(
                "source/_posts/{}/{name}.md",
                if number.is_multiple_of(2) { "a" } else { "A" }
            ),
            "jekyll" => format!(
                "_posts/2020-01-{day:02}-{name}.{}",
                if number.is_multiple_of(2) { "md" } else { "markdown" }
            ),
            _ => format!("content/posts/{name}-{number}.md"),
        };
        let mut bytes = text.into_bytes();
        if number == 10 {
            bytes.push(0xff);
        }
        (path, bytes)
    };
    (0..40).map(post).collect()
}

fn site(of: &str, seed: &mut u64) -> (TempDir, Vec<String>) {
    let config = match of {
        "hugo" => "hugo.toml",
        _ => "_config.yml",
    };
    let settings = match of {
        "hexo" => "permalink: /:title/\ntag_map:\n  汉: han\n",
        "jekyll" => "permalink: /:title/\nplugins: []\n",
        _ => "title = \"x\"\n",
    };
    let mut files = posts(of, seed);
    let names = files.iter().map(|(name, _)| name.clone()).collect();
    files.push((config.to_owned(), settings.into()));
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    (folder(&files), names)
}

fn sorted(mut findings: Vec<String>) -> Vec<String> {
    findings.sort();
    findings
}

fn lines(output: &std::process::Output) -> Vec<String> {
    stdout(output).lines().map(str::to_owned).collect()
}

const JSON_LINES: [&str; 3] = ["-q", "--output-format", "json-lines"];

/// One part of a site by way of files: findings come back, facts are in `facts`.
fn by_files(folder: &Path, generator: &[&str], names: &[String], facts: &str) -> Vec<String> {
    let args = [
        &["check", "--files-from", "-", "--emit-facts", facts],
        &JSON_LINES[..],
        generator,
    ]
    .concat();
    let output = fed(folder, &args, names.join("\n").as_bytes());
    assert!(code(&output) < 2, "{}", stderr(&output));
    lines(&output)
}

/// One part by way of a stream; the answers carry the facts.
fn by_stream(folder: &Path, generator: &[&str], names: &[String], facts: &str) -> Vec<String> {
    let input: String = names
        .iter()
        .map(|name| json!({"path": name, "text": fs::read_to_string(folder.join(name)).unwrap()}).to_string() + "\n")
        .collect();
    let args = [&["check", "--stream", "-q", "--emit-facts", "-"], generator].concat();
    let output = fed(folder, &args, input.as_bytes());
    fs::write(folder.join(facts), &output.stdout).unwrap();
    let answers = lines(&output);
    assert_eq!(answers.len(), names.len());
    let answer = |line: &String| serde_json::from_str::<Value>(line).unwrap();
    answers
        .iter()
        .flat_map(|line| answer(line)["findings"].as_array().unwrap().clone())
        .map(|finding| finding.to_string())
        .collect()
}

fn normal(findings: Vec<String>) -> Vec<String> {
    let value = |line: String| serde_json::from_str::<Value>(&line).unwrap().to_string();
    sorted(findings.into_iter().map(value).collect())
}

#[test]
fn a_site_in_parts_gives_what_it_gives_whole_however_it_is_split() {
    let mut seed = 7;
    let mut told = std::collections::BTreeSet::new();
    for of in ["hexo", "jekyll", "hugo"] {
        let generator = ["--generator", of];
        let (folder, names) = site(of, &mut seed);
        let folder = folder.path();
        let whole = lines(&postlint(folder, &[&["check"], &JSON_LINES[..], &generator].concat()));
        for round in 0..4 {
            let count = random(&mut seed, 5) + 1;
            let mut parts = vec![Vec::new(); count];
            for name in &names {
                parts[random(&mut seed, count)].push(name.clone());
            }
            let (mut findings, mut facts) = (Vec::new(), Vec::new());
            for (number, part) in parts.iter().enumerate() {
                let file = format!("facts-{number}");
                let is_text = |name: &String| fs::read_to_string(folder.join(name)).is_ok();
                findings.extend(match (round + number).is_multiple_of(2) && part.iter().all(is_text) {
                    true => by_stream(folder, &generator, part, &file),
                    false => by_files(folder, &generator, part, &file),
                });
                facts.insert(random(&mut seed, number + 1), file);
            }
            // What is told twice counts once.
            facts.push("facts-0".to_owned());
            let facts: Vec<&str> = facts.iter().map(String::as_str).collect();
            let output = postlint(folder, &[&["site"], &JSON_LINES[..], &generator, &facts].concat());
            assert_eq!(stderr(&output), "");
            let compared = lines(&output);
            told.extend(compared.iter().map(|line| {
                let code = serde_json::from_str::<Value>(line).unwrap()["code"].to_string();
                format!("{of} {code}")
            }));
            assert!(compared.len() > 10, "{compared:?}");
            findings.extend(compared);
            assert_eq!(normal(findings), normal(whole.clone()), "{of}, {count} parts");
        }
    }
    // The comparison is worth something only where there was something to compare.
    let expected = [
        "hexo \"category-nesting\"",
        "hexo \"link-broken\"",
        "hexo \"post-duplicate\"",
        "hexo \"post-url-duplicate\"",
        "hexo \"suppression-unused\"",
        "hexo \"taxonomy-case\"",
        "hexo \"taxonomy-near\"",
        "hexo \"taxonomy-slug\"",
        "hugo \"date-missing\"",
        "hugo \"link-broken\"",
        "hugo \"post-url-duplicate\"",
        "jekyll \"post-url-duplicate\"",
        "jekyll \"taxonomy-case\"",
    ];
    for rule in expected {
        assert!(told.contains(rule), "{rule} was never found: {told:?}");
    }
}

/// Every rule that asks for other posts is on the list of those that are left to `postlint site`.
#[test]
fn the_rules_that_compare_are_known() {
    use postlint::generator::Generator;
    use postlint::rules;
    let asks = ["among_posts", "rules::rival", "undated::in_hugo"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    for rule in rules::ALL {
        // `front-matter-fence` lies in `front_matter/fence.rs`.
        let name = rule.code.0.replace('-', "_");
        let folders = name
            .match_indices('_')
            .map(|(at, _)| root.join(&name[..at]).join(&name[at + 1..]));
        let mut places = folders
            .chain([root.join(&name)])
            .map(|place| place.with_extension("rs"));
        let file = places.find(|file| file.is_file()).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        let compares = asks.iter().any(|word| text.contains(word));
        assert_eq!(
            rules::compares_posts(rule.code, Generator::Hugo),
            compares,
            "{}",
            rule.code
        );
    }
}

#[test]
fn facts_that_do_not_fit_are_refused_aloud_and_the_others_count() {
    let post = |title: &str| format!("---\ntitle: {title}\ndate: 2020-01-02\ntags: [Tea]\n---\n");
    let files = |settings: &'static str| {
        folder(&[
            ("_config.yml", settings.as_bytes()),
            ("source/_posts/a/x.md", post("x").as_bytes()),
            ("source/_posts/A/x.md", post("x").as_bytes()),
        ])
    };
    let (here, there) = (files("permalink: /:name/\n"), files("permalink: /:title/\n"));
    let emit = |folder: &TempDir| {
        let output = postlint(
            folder.path(),
            &["check", "-q", "--generator", "hexo", "--emit-facts", "facts"],
        );
        assert!(code(&output) < 2, "{}", stderr(&output));
        fs::read_to_string(folder.path().join("facts")).unwrap()
    };
    let (good, foreign) = (emit(&here), emit(&there));
    let check = |facts: &str| {
        let args = ["site", "-", "-q", "--generator", "hexo", "--output-format", "concise"];
        let output = fed(here.path(), &args, facts.as_bytes());
        (code(&output), stdout(&output).lines().count(), stderr(&output))
    };
    assert_eq!(check(&good), (1, 2, String::new()));
    let (status, findings, said) = check(&(foreign + &good));
    assert_eq!((status, findings), (2, 2));
    assert!(said.contains("other settings of the site"), "{said}");
    let (status, findings, said) =
        check(&(good.replace("\"version\":2", "\"version\":9") + "{\"line\":3}\n\nx\n" + &good));
    assert_eq!((status, findings), (2, 2));
    assert!(said.contains("version 9") && said.contains("-:5:"), "{said}");
    let (status, _, said) = check(&(good.clone() + &good.replace("Tea", "Coffee")));
    assert_eq!(status, 2);
    assert!(said.contains("other facts elsewhere"), "{said}");
    let (status, findings, said) = check("");
    assert_eq!((status, findings), (0, 0));
    assert!(said.contains("no facts"), "{said}");
}

#[test]
fn facts_and_findings_do_not_share_a_stream() {
    let folder = folder(&[("a.md", b"---\ntitle: A\n---\n\nText.\n")]);
    let output = postlint(folder.path(), &["check", "--emit-facts", "-"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("--output-file"), "{}", stderr(&output));
    let args = [
        "check",
        "-q",
        "--exit-zero",
        "--emit-facts",
        "-",
        "--output-file",
        "findings",
    ];
    let output = command(folder.path(), &args).output().unwrap();
    // A lone post is compared with none.
    assert_eq!((code(&output), stdout(&output)), (0, String::new()));
}
