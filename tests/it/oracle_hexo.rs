//! The model of Hexo against the real Hexo 8.1.2: recorded verdicts on hand-written cases, broken front matters, date
//! strings and real posts. `POSTLINT_ORACLE` is a directory with `verdicts/*.jsonl` and `cases/*.md`, `POSTLINT_CORPUS` one with the posts.

use crate::oracle::{Tally, cases_of, place_of, read_text, verdicts};
use postlint::generator::hexo::{self, Model, Place, ReadOutcome};
use postlint::generator::{Build, DateSource, Outcome, SiteSettings, date};
use postlint::post::Post;
use postlint::text::Source;
use serde_json::{Value, json};
use std::rc::Rc;

fn date_text(instant: Option<i64>, otherwise: &str) -> Value {
    instant.map_or(json!(otherwise), |instant| json!(date::iso(instant)))
}

/// What Hexo says and what the model says, field by field.
fn compare(text: &str, path: &str, verdict: &Value) -> Vec<(&'static str, Value, Value)> {
    let settings = SiteSettings::default();
    let build = Build {
        settings: &settings,
        machine_zone: "UTC",
        now: None,
    };
    let reading = hexo::read(text, "UTC");
    let refused = matches!(reading.outcome, ReadOutcome::Refused(_));
    let read = matches!(reading.outcome, ReadOutcome::Data(_) | ReadOutcome::List);
    let mut pairs = vec![
        ("parse_ok", verdict["parse_ok"].clone(), json!(!refused)),
        ("has_front_matter", verdict["has_front_matter"].clone(), json!(read)),
    ];
    if let ReadOutcome::Refused(error) = &reading.outcome {
        pairs.push(("message", verdict["error"]["reason"].clone(), json!(error.message)));
        if error.offset.is_some() {
            let line = error.line + 1 + usize::from(reading.has_opening);
            pairs.push(("error line", verdict["error"]["line"].clone(), json!(line)));
        }
    }
    let data = match &reading.outcome {
        ReadOutcome::Data(data) => Rc::clone(data),
        ReadOutcome::NoBlock | ReadOutcome::Ignored => Rc::default(),
        ReadOutcome::Refused(_) | ReadOutcome::List => {
            pairs.push(("in_site", verdict["site"]["in_site"].clone(), json!(false)));
            return pairs;
        }
    };
    let Place::Post { path, is_draft } = hexo::place(path, &settings) else {
        pairs.push(("in_site", verdict["site"]["in_site"].clone(), json!(false)));
        return pairs;
    };
    let mut model = Model::new(&data, hexo::name_parts(&path, &settings), is_draft, &build);
    model.hidden_methods();
    let site = &verdict["site"];
    let dropped = model.obstacle().is_some_and(|obstacle| !obstacle.is_fatal) || model.address() == Some(None);
    pairs.push(("in_site", site["in_site"].clone(), json!(!dropped)));
    if dropped || site["in_site"] != json!(true) {
        return pairs;
    }
    let updated = match model.updated.source {
        DateSource::FrontMatter => date_text(model.updated.instant, "none"),
        _ => json!("MTIME"),
    };
    pairs.push(("date", site["date"].clone(), date_text(model.date.instant, "BIRTHTIME")));
    if !site["updated"].is_null() {
        pairs.push(("updated", site["updated"].clone(), updated));
    }
    pairs.push(("categories", site["categories"].clone(), json!(model.categories)));
    pairs.push(("tags", site["tags"].clone(), json!(model.tags)));
    pairs.push(("title", site["title"].clone(), json!(model.title)));
    for (field, got) in [
        ("layout", json!(model.layout)),
        ("published", json!(model.published)),
        ("comments", json!(model.comments)),
        ("slug", json!(model.name.title)),
    ] {
        if let Some(wanted) = site.get(field) {
            pairs.push((field, wanted.clone(), got));
        }
    }
    if let (Some(wanted), Some(path)) = (site.get("path"), model.path()) {
        pairs.push(("path", wanted.clone(), json!(path)));
    }
    if let Some(wanted) = site.get("category_urls") {
        let urls: Vec<String> = model
            .categories
            .iter()
            .map(|path| format!("categories/{}/", hexo::category_slug(path, &settings)))
            .collect();
        pairs.push(("category_urls", wanted.clone(), json!(urls)));
    }
    if let Some(wanted) = site.get("tag_urls") {
        let urls: Vec<String> = model
            .tags
            .iter()
            .map(|name| match hexo::term_slug(name, &[], &settings) {
                _ if name.is_empty() => "tags/undefined/".into(),
                slug => format!("tags/{slug}/"),
            })
            .collect();
        pairs.push(("tag_urls", wanted.clone(), json!(urls)));
    }
    pairs
}

/// The oracle's own name for a file: others than these extensions were renamed.
fn oracle_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let known = [
        "md", "markdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext", "html", "htm",
    ];
    if known.contains(&extension.to_ascii_lowercase().as_str()) {
        format!("source/_posts/{name}")
    } else {
        format!("source/_posts/{stem}.md")
    }
}

#[test]
fn hand_written_cases() {
    let Some(cases) = cases_of("hexo") else { return };
    let folder = place_of("POSTLINT_ORACLE").unwrap();
    let mut tally = Tally::of("Hexo");
    for case in &cases {
        let file = case["file"].as_str().unwrap();
        let text = read_text(&folder.join(file));
        tally.file(file, compare(&text, &oracle_name(file), &case["hexo"]));
    }
    tally.finish("cases", &[]);
}

#[test]
fn broken_front_matters() {
    let Some(mutants) = verdicts("mutants.jsonl") else {
        return;
    };
    let mut tally = Tally::of("Hexo");
    for mutant in &mutants {
        let text = mutant["text"].as_str().unwrap();
        let name = format!("{} {}", mutant["id"], mutant["op"]);
        tally.file(&name, compare(text, "source/_posts/a.md", &mutant["hexo"]));
    }
    tally.finish("mutants", &[]);
}

#[test]
fn real_posts() {
    let Some(posts) = verdicts("posts-hexo.jsonl") else {
        return;
    };
    let Some(corpus) = place_of("POSTLINT_CORPUS") else {
        return;
    };
    let mut tally = Tally::of("Hexo");
    for post in &posts {
        let file = post["file"].as_str().unwrap();
        let text = read_text(&corpus.join(file));
        tally.file(file, compare(&text, &oracle_name(file), post));
    }
    tally.finish("posts", &[]);
}

#[test]
fn date_strings() {
    let Some(dates) = verdicts("dates.jsonl") else { return };
    let mut tally = Tally::of("Hexo");
    for verdict in &dates {
        let text = verdict["s"].as_str().unwrap();
        let mut pairs = Vec::new();
        for (zone, wanted) in verdict["js"].as_object().unwrap() {
            pairs.push(("Date.parse", wanted.clone(), json!(hexo::parse_date(text, zone))));
        }
        for (key, wanted) in verdict["plain"]["ms"].as_object().into_iter().flatten() {
            let (machine, site) = key
                .split_once("+cfg:")
                .map_or((key.as_str(), None), |(a, b)| (a, Some(b)));
            pairs.push(("plain", wanted.clone(), json!(plain(text, machine, site))));
        }
        tally.file(text, pairs);
    }
    tally.finish("dates", &[]);
}

#[test]
fn other_settings_than_the_defaults() {
    let Some(wanted) = verdicts("settings.jsonl") else {
        return;
    };
    let mut tally = Tally::of("Hexo");
    for one in &wanted {
        let settings = SiteSettings::from_hexo_yaml(&one["config"].to_string());
        let build = Build {
            settings: &settings,
            machine_zone: "UTC",
            now: None,
        };
        let path = format!("source/{}", one["path"].as_str().unwrap());
        let post = Post::parse(Source::new(one["text"].as_str().unwrap()), path.as_str());
        let made = hexo::explain(&post, &build);
        let site = &one["site"];
        let is_kept = made.outcome == Outcome::Kept;
        let mut pairs = vec![("in_site", site["in_site"].clone(), json!(is_kept))];
        if is_kept {
            pairs.push(("title", site["title"].clone(), json!(made.title)));
            pairs.push(("layout", site["layout"].clone(), json!(made.layout)));
            let wanted = site["permalink"].as_str().unwrap().replace("http://example.com", "");
            if let Some(url) = made.url {
                pairs.push(("url", json!(wanted), json!(url)));
            }
            let date = date_text(made.date.instant, "BIRTHTIME");
            pairs.push(("date", site["date"].clone(), date.clone()));
            let updated = match (settings.hexo.updated_option.as_deref(), made.updated.source) {
                (Some("empty"), DateSource::None) => Value::Null,
                (Some("date"), _) => date,
                _ => json!("MTIME"),
            };
            pairs.push(("updated", site["updated"].clone(), updated));
        }
        tally.file(&format!("{} {}", one["config"], one["path"]), pairs);
    }
    tally.finish("settings", &[]);
}

/// `date: text` on a machine in one zone, with `timezone` in the site's settings.
fn plain(text: &str, machine: &str, site: Option<&str>) -> Option<i64> {
    let settings = SiteSettings {
        timezone: site.map(str::to_owned),
        ..SiteSettings::default()
    };
    let build = Build {
        settings: &settings,
        machine_zone: machine,
        now: None,
    };
    let front_matter = format!("date: {text}\n---\n");
    let ReadOutcome::Data(data) = hexo::read(&front_matter, machine).outcome else {
        return None;
    };
    Model::new(&data, hexo::name_parts("a.md", &settings), false, &build)
        .date
        .instant
}
