//! The plugin in a real Neovim, where there is one: `editors/install/nvim.sh` fetches the one that is meant.
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The installed Neovim, else one of 0.11 or newer on the PATH.
fn nvim() -> Option<PathBuf> {
    let cache = std::env::var_os("POSTLINT_EDITORS").map(PathBuf::from);
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".cache/postlint-editors"));
    let installed = cache.or(home)?.join("nvim-0.11.4/nvim");
    if installed.exists() {
        return Some(installed);
    }
    let output = Command::new("nvim").arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let minor = text.strip_prefix("NVIM v0.")?.split('.').next()?.parse::<u32>().ok()?;
    (minor >= 11).then(|| PathBuf::from("nvim"))
}

#[cfg(unix)]
#[test]
fn the_plugin_works_in_neovim() {
    let Some(nvim) = nvim() else {
        println!("skipped: no Neovim 0.11; editors/install/nvim.sh installs it");
        return;
    };
    let output = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/editors/nvim/test/run.sh"))
        .arg(env!("CARGO_BIN_EXE_postlint"))
        .env("NVIM", nvim)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(told.contains(" passed, 0 failed"), "{told}");
}

/// What the schema allows is what the reader takes: every name of a rule or a group, and every value that is listed.
#[test]
fn whatever_the_schema_of_the_settings_lists_is_taken() {
    let ran = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .arg("settings-schema")
        .output()
        .unwrap();
    let schema: serde_json::Value = serde_json::from_slice(&ran.stdout).unwrap();
    let keys: Vec<&str> = postlint::config::KEYS.iter().map(|(key, _)| *key).collect();
    let properties = schema["properties"].as_object().unwrap();
    assert!(properties.len() == keys.len() && keys.iter().all(|key| properties.contains_key(*key)));
    let described = |about: &serde_json::Value| about["description"].as_str().is_some_and(|text| !text.is_empty());
    assert!(properties.values().all(described));
    let parse = |text: &str| postlint::config::Settings::parse(text, "postlint.toml", postlint::workspace::catalogue());
    for (key, about) in properties {
        assert!(parse(&format!("{key} = 1979-05-27")).is_err(), "`{key}` is not read");
        let text = match (
            about["enum"].as_array(),
            about["type"].as_str().unwrap_or_default(),
            key.as_str(),
        ) {
            (Some(values), _, _) => values.iter().map(|value| format!("{key} = {value}")).collect(),
            (_, "integer", _) => {
                let (least, most) = (about["minimum"].as_u64().unwrap(), about["maximum"].as_u64());
                for beyond in [Some(least - 1), most.map(|most| most + 1)].into_iter().flatten() {
                    assert!(parse(&format!("{key} = {beyond}")).is_err(), "{key} = {beyond}");
                }
                let within = [Some(&about["minimum"]), Some(&about["default"]), about.get("maximum")];
                within
                    .into_iter()
                    .flatten()
                    .map(|number| format!("{key} = {number}"))
                    .collect()
            }
            (_, "string", "background") => vec![format!("{key} = '#fff'")],
            (_, "string", _) => vec![format!("{key} = 'Asia/Shanghai'")],
            (_, "object", _) => {
                let rules = about["properties"].as_object().unwrap().iter();
                rules.map(|(name, _)| format!("[{key}]\n{name} = 'off'")).collect()
            }
            (_, "array", "select" | "ignore") => vec![format!("{key} = {}", about["items"]["enum"])],
            (_, _, "extends") => {
                let forms = about["anyOf"].as_array().unwrap().iter();
                let forms: Vec<&str> = forms.filter_map(|form| form["type"].as_str()).collect();
                assert_eq!(forms, ["string", "array"]);
                vec![format!("{key} = 'strict'"), format!("{key} = ['strict', 'scraped']")]
            }
            (_, "array", "overrides") => {
                let own = about["items"]["properties"].as_object().unwrap();
                assert!(own.values().all(described), "{own:?}");
                let value = |key: &str, about: &serde_json::Value| match (about["type"].as_str(), key) {
                    (Some("array"), _) => "['a']",
                    (Some("object"), _) => "{ date = 'off' }",
                    (_, "background") => "'white'",
                    _ => "'a'",
                };
                let lines: Vec<String> = own
                    .iter()
                    .map(|(key, about)| format!("{key} = {}", value(key, about)))
                    .collect();
                for key in own.keys() {
                    let unread = format!(
                        "[[overrides]]\n{}{key} = 1979-05-27",
                        if key == "files" { "" } else { "files = ['a']\n" }
                    );
                    assert!(parse(&unread).is_err(), "`{key}` is not read");
                }
                let known = postlint::config::OVERRIDE_KEYS;
                assert!(known.len() == own.len() && known.iter().all(|key| own.contains_key(*key)));
                vec![format!("[[{key}]]\n{}", lines.join("\n"))]
            }
            (_, "array", _) => vec![format!("{key} = ['a']")],
            other => panic!("{other:?}"),
        };
        for text in text {
            assert!(parse(&text).is_ok(), "{text}: {:?}", parse(&text).err());
        }
    }
}
