//! The model of Jekyll against the real Jekyll 4.3 with SafeYAML: recorded verdicts on hand-written cases and real posts.
//! `POSTLINT_ORACLE` is a directory with `verdicts/*.jsonl` and `cases/*.md`, `POSTLINT_CORPUS` one with the posts.

use crate::oracle::{Tally, cases_of, place_of, read_source, verdicts};
use postlint::generator::jekyll::{self, Model, Place, ReadOutcome, Ruby};
use postlint::generator::{Build, SiteSettings, date};
use postlint::text::Source;
use serde_json::{Map, Value, json};

/// As the verdicts write Ruby values.
fn as_json(value: &Ruby) -> Value {
    match value {
        Ruby::Nil => Value::Null,
        Ruby::Bool(value) => json!(value),
        Ruby::Int(digits) => serde_json::from_str(digits).unwrap(),
        Ruby::Float(value) if value.is_nan() => json!({"$num": "NaN"}),
        Ruby::Float(value) if value.is_infinite() => {
            json!({"$num": if *value > 0.0 { "Infinity" } else { "-Infinity" }})
        }
        Ruby::Float(value) => json!(value),
        Ruby::Text(text) => json!(text),
        Ruby::Date(_) => json!({"$date": value.to_text()}),
        Ruby::Time(moment) => json!({"$time": seconds(moment.instant)}),
        Ruby::List(items) => items.iter().map(as_json).collect(),
        Ruby::Map(entries) => {
            let mut object = Map::new();
            for (key, value) in entries {
                let name = match key {
                    Ruby::Text(text) => text.clone(),
                    Ruby::Int(digits) => format!("$Integer:{digits}"),
                    Ruby::Nil => "$NilClass:".into(),
                    Ruby::Bool(value) => format!("${}Class:{value}", if *value { "True" } else { "False" }),
                    Ruby::Float(_) => format!("$Float:{}", key.to_text()),
                    Ruby::Date(_) => format!("$Date:{}", key.to_text()),
                    Ruby::Time(_) => format!("$Time:{}", key.to_text()),
                    Ruby::List(_) => format!("$Array:{}", key.to_text()),
                    Ruby::Map(_) => format!("$Hash:{}", key.to_text()),
                };
                object.insert(name, as_json(value));
            }
            Value::Object(object)
        }
    }
}

/// `2022-01-02T03:04:05Z`: Jekyll's own dates have whole seconds.
fn seconds(instant: i64) -> String {
    let text = date::iso(instant.div_euclid(1_000) * 1_000).replace(".000Z", "Z");
    match text.strip_prefix("-00") {
        Some(year) => format!("-{year}"),
        None => text,
    }
}

/// A time in a verdict as its instant alone.
fn instants(value: &Value) -> Value {
    match value {
        Value::Object(object) if object.contains_key("$time") => match object.get("utc") {
            Some(utc) => json!({"$time": utc}),
            None => json!({"$time": object["$time"]}),
        },
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| (key.clone(), instants(value)))
            .collect(),
        Value::Array(items) => items.iter().map(instants).collect(),
        other => other.clone(),
    }
}

fn compare(source: &Source, name: &str, verdict: &Value) -> Vec<(&'static str, Value, Value)> {
    let settings = SiteSettings::default();
    let build = Build {
        settings: &settings,
        machine_zone: "UTC",
        now: None,
    };
    let is_sound = source.first_bad_byte().is_none();
    let site = &verdict["site"];
    if !is_sound {
        return vec![("in_site", site["in_site"].clone(), json!(false))];
    }
    let reading = jekyll::read(source);
    let refused = matches!(reading.outcome, ReadOutcome::Refused(_));
    let mut pairs = vec![
        (
            "has_front_matter",
            verdict["has_front_matter"].clone(),
            json!(reading.block.is_some()),
        ),
        ("parse_ok", verdict["parse_ok"].clone(), json!(!refused)),
    ];
    if let (Some(data), ReadOutcome::Data(value)) = (verdict.get("data"), &reading.outcome) {
        pairs.push(("data", instants(data), as_json(value)));
    }
    let Place::Post(path) = jekyll::place(&format!("_posts/{name}"), &settings) else {
        panic!("{name} is no name of a post");
    };
    let model = match Model::new(reading.outcome, path, &build) {
        Ok(model) => model,
        Err(_) => {
            pairs.push(("fatal", json!(verdict["fatal"].is_null()), json!(false)));
            return pairs;
        }
    };
    pairs.push(("fatal", json!(verdict["fatal"].is_null()), json!(true)));
    if !verdict["fatal"].is_null() {
        return pairs;
    }
    let optional = |key: &str| model.value(key).map_or(Value::Null, as_json);
    let date = model
        .date
        .0
        .map_or(json!("NOW-DEPENDENT"), |instant| json!(seconds(instant)));
    let wanted = match &site["date"] {
        // The build's own time, whichever way it was written down.
        Value::Null => json!("NOW-DEPENDENT"),
        other => other.clone(),
    };
    pairs.push(("date", wanted, date));
    for key in ["title", "layout", "permalink"] {
        pairs.push((key, instants(&site[key]), instants(&optional(key))));
    }
    pairs.push((
        "categories",
        instants(&site["categories"]),
        as_json(&Ruby::List(model.categories())),
    ));
    let tags = if model.unread.is_some() {
        Value::Null
    } else {
        as_json(&Ruby::List(model.tags()))
    };
    pairs.push(("tags", instants(&site["tags"]), tags));
    let is_hidden = model.value("published") == Some(&Ruby::Bool(false));
    pairs.push(("published", site["published"].clone(), json!(!is_hidden)));
    match model.url() {
        Err(_) => pairs.push(("url_error", json!(site["url_error"].is_string()), json!(true))),
        Ok(None) => pairs.push(("url", site["url"].clone(), site["url"].clone())),
        Ok(Some(url)) => pairs.push(("url", site["url"].clone(), json!(url))),
    }
    pairs
}

/// The oracle's own name for a file: one without a date gets one.
fn oracle_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let known = ["md", "markdown", "mkd", "mkdn", "html", "htm"];
    let name = if known.contains(&extension.to_ascii_lowercase().as_str()) {
        name.to_owned()
    } else {
        format!("{stem}.md")
    };
    match jekyll::place(&format!("_posts/{name}"), &SiteSettings::default()) {
        Place::Post(_) => name,
        Place::Other(_) => format!("2001-01-01-{name}"),
    }
}

/// Cases that the model knowingly gets wrong: libyaml takes them, the parser of the `post` room refuses them.
const REFUSED: &[&str] = &[
    // Directives, which no post has.
    "delim--yaml-directive",
    "struct--tag-directive",
    // A tag that its own value does not fit, an alias without an anchor: SafeYAML reads null.
    "type--title-null-tag",
    "struct--alias-undefined",
    // Deeper than any front matter may be here.
    "struct--flow-nesting-120",
    // Refused for another reason than Jekyll's, with the same end: the post has no metadata.
    "quote--quoted-key-nospace",
];

#[test]
fn hand_written_cases() {
    let Some(cases) = cases_of("jekyll") else { return };
    let folder = place_of("POSTLINT_ORACLE").unwrap();
    let mut tally = Tally::of("Jekyll");
    for case in &cases {
        let file = case["file"].as_str().unwrap();
        let source = read_source(&folder.join(file));
        tally.file(file, compare(&source, &oracle_name(file), &case["jekyll"]));
    }
    tally.finish("Jekyll cases", REFUSED);
}

#[test]
fn real_posts() {
    let Some(posts) = verdicts("posts-jekyll.jsonl") else {
        return;
    };
    let Some(corpus) = place_of("POSTLINT_CORPUS") else {
        return;
    };
    let mut tally = Tally::of("Jekyll");
    for post in &posts {
        let file = post["file"].as_str().unwrap();
        let source = read_source(&corpus.join(file));
        tally.file(file, compare(&source, &oracle_name(file), post));
    }
    tally.finish("Jekyll posts", &[]);
}
