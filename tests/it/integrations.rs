//! What the integrations say of the program is true of it; that they work is tried by `tests/integrations/run.sh`.

use postlint::workspace::POST_EXTENSIONS;
use std::path::Path;

fn text(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

#[test]
fn the_hooks_get_every_file_that_may_be_a_post() {
    let hooks = text(".pre-commit-hooks.yaml");
    let wanted = format!(r"  files: \.({})$", POST_EXTENSIONS.join("|"));
    let files: Vec<&str> = hooks.lines().filter(|line| line.starts_with("  files:")).collect();
    assert_eq!(files, [&wanted, &wanted]);
}

#[test]
fn whatever_is_released_can_be_fetched() {
    let release = text(".github/workflows/release.yml");
    let field = |name: &str| -> Vec<String> {
        let lines = release.lines().filter(|line| line.contains("{ os: "));
        lines
            .map(|line| {
                line.split(name)
                    .nth(1)
                    .unwrap()
                    .split([',', ' '])
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect()
    };
    let targets = field("target: ");
    assert_eq!(targets.len(), 5);
    let install = text("integrations/action/install.sh");
    let fetched: Vec<&str> = install
        .lines()
        .filter_map(|line| line.split("target=").nth(1))
        .collect();
    let fetched: Vec<&str> = fetched.iter().filter_map(|rest| rest.split(' ').next()).collect();
    assert_eq!(targets, fetched);

    let npm: serde_json::Value = serde_json::from_str(&text("integrations/npm/package.json")).unwrap();
    let mut packed: Vec<String> = field("npm: ").iter().map(|name| format!("@postlint/{name}")).collect();
    packed.sort();
    let needed: Vec<&String> = npm["optionalDependencies"].as_object().unwrap().keys().collect();
    assert_eq!(packed.iter().collect::<Vec<_>>(), needed);
}
