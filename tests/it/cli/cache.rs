//! The cache: a run with it says what a run without it says, whatever changed in between.

use super::*;
use postlint::workspace::{self, CacheChoice, Options, Workspace};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// A site whose posts speak of each other: tags that differ in case, pages and bodies that meet, a missing picture.
fn site() -> TempDir {
    let folder = folder(&[
        ("_config.yml", b"title: A\nurl: https://a.example\npermalink: :title/\n"),
        ("package.json", b"{\"hexo\": {\"version\": \"7.0.0\"}}"),
        ("source/img/a.png", b"x"),
    ]);
    for number in 0..24 {
        write_post(folder.path(), number, number);
    }
    folder
}

/// Post `number`, in one of many states.
fn write_post(folder: &Path, number: usize, state: usize) {
    let tag = ["Rust", "rust", "Rusty", "Go", "go lang", "golang"][state % 6];
    let picture = ["a.png", "b.png"][state % 2];
    let body = "Some words that fill a line of this post.\n".repeat(state % 3 * 4);
    let advert = ["", "<ins class=\"adsbygoogle\" data-ad-client=\"ca-pub-1\"></ins>\n"][state % 5 / 4];
    let twice = ["", ", x, x"][state % 7 / 6];
    let page = ["", "permalink: here/\n"][state % 8 / 7];
    let link = ["", "{% post_link post-25 %} {% post_link 'Post 8' %} [x](post-24.md)"][state % 4 / 3];
    let text = format!(
        "---\ntitle: Post {}\ndate: 2020-01-{:02} 03:04:05\ntags: [{tag}{twice}]\n{page}---\n\n{body}\n{advert}\n{link}\n![a](/img/{picture})\n",
        state % 9,
        state % 28 + 1,
    );
    let path = post(folder, number);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn post(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("source/_posts/post-{number:02}.md"))
}

const SAY: [&str; 4] = ["check", ".", "--output-format", "json-lines"];

fn said(folder: &Path, more: &[&str]) -> (i32, String) {
    let output = postlint(folder, &[&SAY[..], more].concat());
    (code(&output), stdout(&output))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder.join("source/_posts")).unwrap().flatten();
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// One of the things that happen to a site.
fn happens(folder: &Path, random: &mut impl FnMut(usize) -> usize) -> &'static str {
    let number = random(26);
    match random(9) {
        0 => {
            let _ = fs::remove_file(post(folder, number));
            "a post is gone"
        }
        1 => {
            let levels = [
                "taxonomy-case = \"off\"",
                "taxonomy-case = \"error\"",
                "image-missing = \"off\"",
            ];
            fs::write(
                folder.join("postlint.toml"),
                format!("[rules]\n{}\n", levels[random(levels.len())]),
            )
            .unwrap();
            "the configuration changed"
        }
        2 => {
            let _ = fs::remove_file(folder.join("postlint.toml"));
            "there is no configuration"
        }
        3 => {
            let permalink = [":title/", ":year/:title/"][random(2)];
            let text = format!("title: A\nurl: https://a.example\npermalink: {permalink}\n");
            fs::write(folder.join("_config.yml"), text).unwrap();
            "the site's settings changed"
        }
        4 => {
            let picture = folder.join("source/img/b.png");
            if fs::remove_file(&picture).is_err() {
                fs::write(picture, "x").unwrap();
            }
            "a picture came or went"
        }
        _ => {
            write_post(folder, number, random(1000));
            "a post changed"
        }
    }
}

#[test]
fn a_run_with_the_cache_says_what_a_run_without_it_says() {
    let (site, cache, other) = (site(), TempDir::new().unwrap(), TempDir::new().unwrap());
    let (folder, cached) = (site.path(), ["--cache-dir", cache.path().to_str().unwrap()]);
    let mut seed = 20_u64;
    let mut random = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let mut all = String::new();
    for step in 0..60 {
        let what = happens(folder, &mut random);
        if random(6) == 0 {
            let twin = other.path().join(step.to_string());
            copy(folder, &twin);
            let args = ["--fix", "--unsafe-fixes"];
            let with = said(folder, &[&cached[..], &args].concat());
            assert_eq!(
                with,
                said(&twin, &[&["--no-cache"][..], &args].concat()),
                "step {step}: fixes after {what}"
            );
            assert_eq!(texts(folder), texts(&twin), "step {step}: fixed after {what}");
        }
        let without = said(folder, &["--no-cache"]);
        assert_eq!(said(folder, &cached), without, "step {step}: {what}");
        all.push_str(&without.1);
    }
    for rule in [
        "taxonomy-case",
        "image-missing",
        "post-url-duplicate",
        "ad-unit",
        "post-duplicate",
        "link-broken",
    ] {
        assert!(all.contains(&format!("\"{rule}\"")), "{rule} was never found");
    }
}

#[test]
fn an_edit_that_keeps_size_and_time_is_seen() {
    let (site, cache) = (site(), TempDir::new().unwrap());
    let cached = ["--cache-dir", cache.path().to_str().unwrap()];
    // Times as fresh as these files' are not trusted.
    std::thread::sleep(Duration::from_millis(4100));
    let before = said(site.path(), &cached);
    assert_eq!(said(site.path(), &cached), before);
    let path = post(site.path(), 1);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("[rust]"));
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    fs::write(&path, text.replace("[rust]", "[Rust]")).unwrap();
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(written)
        .unwrap();
    let after = said(site.path(), &cached);
    assert_ne!(after, before);
    assert_eq!(after, said(site.path(), &["--no-cache"]));
}

/// How many posts a new run knows, of all.
fn known(folder: &Path, cache: &Path) -> (usize, usize) {
    let choice = CacheChoice {
        folder: cache.to_owned(),
        fewest: 1,
    };
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let options = Options {
        now: i64::try_from(now.as_millis()).ok(),
        ..Options::default()
    };
    let workspace = Workspace::new(options).with_cache(Some(choice));
    let files = workspace::discover(&workspace, &[folder.to_owned()]).unwrap().files;
    workspace.index_sites();
    let mut recalled = 0;
    for found in &files {
        let stage = workspace.stage(&found.path).unwrap();
        match workspace.recall(found, &stage) {
            Ok(_) => recalled += 1,
            Err(unknown) => {
                let source = workspace::read(&found.path, 1 << 20).unwrap();
                let budget = stage.budget();
                workspace
                    .lint_noting(source, (found, &stage), &unknown, &budget)
                    .unwrap();
            }
        }
    }
    workspace.save_cache().unwrap();
    (recalled, files.len())
}

#[test]
fn only_what_changed_and_what_it_touches_is_read_again() {
    let (site, cache) = (site(), TempDir::new().unwrap());
    let (folder, cache) = (site.path(), cache.path());
    assert_eq!(known(folder, cache), (0, 24));
    assert_eq!(known(folder, cache), (24, 24));
    // Words in one body are nobody else's business, and do not make this one another's twin.
    let lone = "---\ntitle: Alone\ndate: 2020-01-02 03:04:05\ntags: [alone]\n---\n\nWords.\n";
    fs::write(post(folder, 30), lone).unwrap();
    // But every fourth post seeks a name in vain, and may have meant this one.
    assert_eq!(known(folder, cache), (24 - 24 / 4, 25));
    fs::write(post(folder, 30), format!("{lone}More.\n")).unwrap();
    assert_eq!(known(folder, cache), (24, 25));
    // A tag that others write in another way is.
    write_post(folder, 3, 7);
    let (recalled, all) = known(folder, cache);
    assert!(recalled > 0 && recalled < all - 1, "{recalled} of {all}");
    // A post that is dated today may have another verdict tomorrow.
    let date = soon();
    fs::write(post(folder, 30), lone.replace("2020-01-02", &date)).unwrap();
    known(folder, cache);
    assert_eq!(known(folder, cache), (24, 25));
}

/// The day after tomorrow, as `date` has it.
fn soon() -> String {
    let output = Command::new("date")
        .args(["-u", "-d", "+2 days", "+%Y-%m-%d"])
        .output()
        .unwrap();
    stdout(&output).trim().to_owned()
}

#[test]
fn lone_posts_are_remembered_by_their_text() {
    let (posts, cache) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    fs::write(posts.path().join("a.md"), TWICE).unwrap();
    fs::write(posts.path().join("b.md"), BAD).unwrap();
    assert_eq!(known(posts.path(), cache.path()), (0, 2));
    assert_eq!(known(posts.path(), cache.path()), (2, 2));
    fs::write(posts.path().join("b.md"), TWICE).unwrap();
    assert_eq!(known(posts.path(), cache.path()), (1, 2));
}

#[test]
fn a_damaged_cache_is_replaced() {
    let (site, cache) = (site(), TempDir::new().unwrap());
    let cached = ["--cache-dir", cache.path().to_str().unwrap()];
    let right = said(site.path(), &cached);
    let file = || fs::read_dir(cache.path()).unwrap().next().unwrap().unwrap().path();
    let sound = fs::read(file()).unwrap();
    let middle = sound.len() / 2;
    let mut flipped = sound.clone();
    flipped[middle] ^= 1;
    for damaged in [&sound[..middle], &flipped, b"", b"postlint cache 1", b"something else"] {
        fs::write(file(), damaged).unwrap();
        assert_eq!(said(site.path(), &cached), right);
        assert_eq!(known(site.path(), cache.path()).1, 24);
        assert!(fs::read(file()).unwrap().len() > middle, "it was not replaced");
    }
    // Neither is a folder that cannot be one a reason to fail.
    let file = file();
    let output = postlint(
        site.path(),
        &[&SAY[..], &["--cache-dir", file.to_str().unwrap()]].concat(),
    );
    assert_eq!((code(&output), stdout(&output)), right);
    assert!(
        stderr(&output).contains("warning: the cache was not written"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn runs_at_the_same_time_do_each_other_no_harm() {
    let (site, cache) = (site(), TempDir::new().unwrap());
    let cached = ["--cache-dir", cache.path().to_str().unwrap()];
    for round in 0..3 {
        write_post(site.path(), round, round + 100);
        let right = said(site.path(), &["--no-cache"]);
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| said(site.path(), &cached))).collect();
            for run in runs {
                assert_eq!(run.join().unwrap(), right);
            }
        });
    }
    assert_eq!(fs::read_dir(cache.path()).unwrap().count(), 1);
    assert_eq!(said(site.path(), &cached), said(site.path(), &["--no-cache"]));
}

#[test]
fn nothing_is_kept_of_a_small_site_unless_a_folder_is_named() {
    let (site, home) = (site(), TempDir::new().unwrap());
    let run = |name: &str, value: &Path, more: &[&str]| {
        let mut command = command(site.path(), &[&SAY[..], more].concat());
        command.env(name, value).output().unwrap();
        fs::read_dir(home.path()).unwrap().count()
    };
    assert_eq!(run("XDG_CACHE_HOME", home.path(), &[]), 0);
    assert_eq!(run("POSTLINT_CACHE_DIR", home.path(), &["--no-cache"]), 0);
    assert_eq!(run("POSTLINT_CACHE_DIR", home.path(), &[]), 1);
}

/// What a rule asks of the other posts must be noted, or an old answer would be taken for a new one.
#[test]
fn every_question_to_the_index_is_noted() {
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/site");
    let text = ["index.rs", "index/names.rs"].map(|file| fs::read_to_string(room.join(file)).unwrap());
    let text = text.map(|text| text.split("\n#[cfg(test)]").next().unwrap().to_owned());
    let text = text.concat();
    let mut bodies: BTreeMap<&str, &str> = BTreeMap::new();
    for part in text.split("fn ").skip(1) {
        let end = part.find("\n    }\n").unwrap_or(part.len());
        let name = part.split(['(', '<']).next().unwrap();
        if part[..end].contains("&self") || part[..end].contains("&'a self") {
            bodies.insert(name, &part[..end]);
        }
    }
    assert!(bodies.len() > 15, "{:?}", bodies.keys());
    // These are asked only by those above that have noted already what they ask.
    let inner = ["others", "used", "each_link"];
    let notes = |body: &str| body.contains("note(||");
    for (name, body) in &bodies {
        let asks = |(other, asked): (&&str, &&str)| notes(asked) && body.contains(&format!("self.{other}("));
        assert!(
            inner.contains(name) || notes(body) || bodies.iter().any(asks),
            "`{name}` notes nothing"
        );
    }
}
