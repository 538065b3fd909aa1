//! The model of Hugo against the real Hugo 0.168: recorded verdicts on hand-written cases and real posts.
//! `POSTLINT_ORACLE` is a directory with `verdicts/*.jsonl` and `cases/*.md`, `POSTLINT_CORPUS` one with the posts.

use crate::oracle::{Tally, cases_of, place_of, read_source, verdicts};
use postlint::generator::hugo::{self, Found, Go, Model, Place, Reading};
use postlint::generator::{Build, SiteSettings, Taxonomy, date};
use postlint::text::Source;
use serde_json::{Value, json};

/// The instant of a date as the verdicts write it; null for the zero date.
fn instant(text: &Value) -> Value {
    let text = text.as_str().unwrap_or_default();
    if text.starts_with("0001-01-01T00:00:00.000Z") {
        return Value::Null;
    }
    // Years of five digits are written without a sign, and no date of a front matter may have one.
    let is_far = text.split('-').next().is_some_and(|year| year.len() > 4);
    let text = if is_far { format!("+0{text}") } else { text.to_owned() };
    hugo::parse_time(&text, &date::zone("UTC")).map_or(json!(text), |instant| json!(date::iso(instant)))
}

fn found(found: Found) -> Value {
    found.instant.map_or(Value::Null, |instant| json!(date::iso(instant)))
}

/// The paths of terms, sorted. Older verdicts give a term's path alone, newer ones its name as well.
fn term_paths(terms: &Value) -> Value {
    let path = |term: &Value| term.get("url").unwrap_or(term).as_str().unwrap_or_default().to_owned();
    let mut paths: Vec<String> = terms.as_array().into_iter().flatten().map(path).collect();
    paths.sort();
    paths.dedup();
    json!(paths)
}

fn term_names(terms: &Value) -> Option<Value> {
    let mut names = Vec::new();
    for term in terms.as_array()? {
        // Hugo writes the names of terms with capitals.
        names.push(term.get("title")?.as_str()?.to_lowercase());
    }
    names.sort();
    Some(json!(names))
}

fn compare(source: &Source, name: &str, verdict: &Value) -> Vec<(&'static str, Value, Value)> {
    let settings = SiteSettings::default();
    let build = Build {
        settings: &settings,
        machine_zone: "UTC",
        now: None,
    };
    let Place::Page(path) = hugo::place(&format!("content/posts/{name}"), &settings) else {
        panic!("{name} is no page");
    };
    let wanted = verdict["ok"].clone();
    let page = &verdict["page"];
    let data = match hugo::read(source, &hugo::zone(&build)) {
        Reading::Nothing => Go::Map(Vec::new()),
        Reading::Refused(_) => return vec![("ok", wanted, json!(false))],
        Reading::Data(data, _) => data,
    };
    let is_html = path.is_html;
    let model = match Model::new(data, path, &build) {
        Ok(model) if !is_html => model,
        _ => return vec![("ok", wanted, json!(false))],
    };
    let mut pairs = vec![
        ("ok", wanted, json!(true)),
        ("rendered", json!(page.is_object()), json!(model.is_rendered())),
    ];
    if !page.is_object() || !model.is_rendered() {
        return pairs;
    }
    pairs.push(("date", instant(&page["date"]), found(model.date)));
    pairs.push(("lastmod", instant(&page["lastmod"]), found(model.lastmod)));
    if page.get("publishDate").is_some() {
        pairs.push(("publishDate", instant(&page["publishDate"]), found(model.publish)));
    }
    pairs.push(("title", page["title"].clone(), json!(model.text("title"))));
    pairs.push(("draft", page["draft"].clone(), json!(model.is_draft())));
    for (taxonomy, key) in [(Taxonomy::Category, "categories"), (Taxonomy::Tag, "tags")] {
        let terms = model.terms(taxonomy);
        let paths: Vec<Value> = terms
            .iter()
            .map(|(_, slug)| match slug.as_str() {
                "" => json!(format!("/{key}/")),
                slug => json!(format!("/{key}/{}/", hugo::escaped(slug))),
            })
            .collect();
        pairs.push((key, term_paths(&page["terms"][key]), term_paths(&json!(paths))));
        if let Some(names) = term_names(&page["terms"][key]) {
            let mut own: Vec<String> = terms.into_iter().map(|(name, _)| name.to_lowercase()).collect();
            own.sort();
            pairs.push(("term names", names, json!(own)));
        }
    }
    if let Some(url) = model.url() {
        let wanted = page["url"].as_str().unwrap_or_default().trim_end_matches("index.json");
        pairs.push(("url", json!(wanted), json!(url)));
    }
    pairs
}

/// The oracle's own name for a file.
fn oracle_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let known = ["md", "markdown", "htm", "html", "org", "adoc", "rst", "pandoc", "mmark"];
    let name = if known.contains(&extension.to_ascii_lowercase().as_str()) {
        name.to_owned()
    } else {
        format!("{stem}.md")
    };
    match name.as_str() {
        "index.md" | "_index.md" => format!("x-{}", name.trim_start_matches('_')),
        _ => name,
    }
}

/// Whether the verdict speaks of the site that is not there: its shortcodes.
fn is_about_the_site(verdict: &Value) -> bool {
    verdict["error"]["message"]
        .as_str()
        .is_some_and(|message| message.contains("template for shortcode"))
}

/// Cases that the model knowingly gets wrong: goccy/go-yaml takes them for something, libyaml and the `post` room refuse them.
const REFUSED: &[&str] = &[
    // A tab after a dash.
    "tab--after-dash",
    // `[a, %b]`, `&copy; me`, `, a`: signs that YAML keeps for itself at the start of a word.
    "quote--percent-tag",
    "quote--amp-start",
    "quote--comma-start",
    "struct--flow-dash",
    // A value at column 0 on the line after its key.
    "quote--value-next-line-noindent",
    // Tags that do not fit, an alias with a tag, an alias inside its own anchor.
    "type--title-null-tag",
    "struct--alias-with-tag",
    "struct--self-alias",
    // The same among the cases of `tests/verdicts`: `[???]`, and `,tea`.
    "categories--19",
    "category--19",
    "tags--19",
    "tag--19",
    "title--24",
    // `title: !tea`: goccy/go-yaml takes the next line for the value of the tag and loses both.
    "title--15",
    // Deeper than any front matter may be here.
    "struct--flow-nesting-120",
];

#[test]
fn hand_written_cases() {
    let Some(cases) = cases_of("hugo") else { return };
    let folder = place_of("POSTLINT_ORACLE").unwrap();
    let mut tally = Tally::of("Hugo");
    for case in cases.iter().filter(|case| !is_about_the_site(&case["hugo"])) {
        let file = case["file"].as_str().unwrap();
        let source = read_source(&folder.join(file));
        tally.file(file, compare(&source, &oracle_name(file), &case["hugo"]));
    }
    tally.finish("Hugo cases", REFUSED);
}

#[test]
fn real_posts() {
    let Some(posts) = verdicts("posts-hugo.jsonl") else {
        return;
    };
    let Some(corpus) = place_of("POSTLINT_CORPUS") else {
        return;
    };
    let mut tally = Tally::of("Hugo");
    for post in posts.iter().filter(|post| !is_about_the_site(post)) {
        let file = post["file"].as_str().unwrap();
        let source = read_source(&corpus.join(file));
        tally.file(file, compare(&source, &oracle_name(file), post));
    }
    tally.finish("Hugo posts", &[]);
}
