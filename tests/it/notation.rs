//! Front matter written anew in YAML keeps its values.

use postlint::post::{FrontMatter, Node, Post, Style, Value, notation};
use postlint::text::Source;
use proptest::prelude::*;

fn front_matter(text: &str) -> FrontMatter {
    let post = Post::parse(Source::new(text), "a.md");
    assert_eq!(post.front_matter.error, None, "{text}");
    FrontMatter::clone(&post.front_matter)
}

/// The value with its kind but not its place: `"text"`, `plain`, `[…]`, `{…}`.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Scalar(scalar) if scalar.style == Style::Plain => match scalar.text.parse::<f64>() {
            Ok(_) => scalar.text.clone(),
            // A plain YAML scalar that is no number is what it says.
            Err(_) if ["true", "false", "null"].contains(&scalar.text.as_str()) => scalar.text.clone(),
            Err(_) => format!("{:?}", scalar.text),
        },
        Value::Scalar(scalar) => format!("{:?}", scalar.text),
        Value::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let pairs: Vec<String> = entries
                .iter()
                .map(|entry| format!("{:?}: {}", entry.key.text().unwrap_or_default(), shown(&entry.value)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

#[test]
fn toml_becomes_yaml() {
    let toml = "+++\ntitle = \"It's\\na \\\"day\\\"\"\ndate = 2020-01-02T03:04:05Z\nweight = 1_000\nratio = -inf\n\"odd key\" = [1, 2]\nempty = []\n[params.cover]\nimage = 'a: b'\n[[menu]]\nname = \"yes\"\n[[menu]]\nurl = \"#top\"\n+++\n";
    let root = front_matter(toml).root.unwrap();
    let yaml = notation::block_yaml(&root).unwrap();
    assert_eq!(
        yaml,
        "title: \"It's\\na \\\"day\\\"\"\ndate: 2020-01-02T03:04:05Z\nweight: 1000\nratio: -.inf\nodd key: [1, 2]\nempty: []\nparams:\n  cover:\n    image: 'a: b'\nmenu:\n  -\n    name: 'yes'\n  -\n    url: '#top'\n"
    );
    let again = front_matter(&format!("---\n{yaml}---\n")).root.unwrap();
    assert!(notation::block_yaml(&again).is_some_and(|twice| twice == yaml));
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<i32>().prop_map(serde_json::Value::from),
        "[a-c :#\\-'\"\\[{&*!|>%@`,?é\\\\\n\t0-9~=]{0,8}".prop_map(serde_json::Value::from),
        "(true|no|null|1e3|2020-01-01|- a|\\? b|<<|\\.inf)".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::hash_map("[a-z :#'\\-1]{1,6}", inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn json_becomes_the_same_in_yaml(value in prop::collection::hash_map("[a-z]{1,5}", json(), 1..5)) {
        let object = serde_json::Value::Object(value.into_iter().collect());
        let root = front_matter(&format!("{object}\n")).root.unwrap();
        let yaml = notation::block_yaml(&root).unwrap();
        let again = front_matter(&format!("---\n{yaml}---\n")).root.unwrap();
        prop_assert_eq!(shown(&again), shown(&root), "{}", yaml);
    }
}
