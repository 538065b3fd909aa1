//! `check --fix-plan` and `apply`: a plan is looked through, applied, and applied again.

use super::*;
use serde_json::Value;

const AD: &str = "---\ntitle: B\ndate: 2020-01-02 03:04:05\ntags: [y, y]\n---\n\nText.\n\n<ins class=\"adsbygoogle\" data-ad-client=\"ca-pub-1\" data-ad-slot=\"2\"></ins>\n\nMore.\n";

fn posts() -> TempDir {
    folder(&[
        ("a.md", TWICE.as_bytes()),
        ("b/b.md", AD.as_bytes()),
        ("c.md", b"---\ntitle: C\n---\n\nText.\n"),
    ])
}

fn planned(folder: &Path) -> Value {
    let output = postlint(folder, &["check", ".", "--unsafe-fixes", "--fix-plan", "plan.json"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(
        stdout(&output).contains("2  taxonomy-duplicate  in 2 posts"),
        "{}",
        stdout(&output)
    );
    serde_json::from_slice(&fs::read(folder.join("plan.json")).unwrap()).unwrap()
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn apply(folder: &Path, more: &[&str]) -> (i32, String) {
    let output = postlint(folder, &[&["apply", "plan.json"], more].concat());
    (code(&output), stderr(&output))
}

/// What `--fix` makes of the same posts.
fn fixed() -> TempDir {
    let twin = posts();
    postlint(twin.path(), &["check", ".", "--fix", "--unsafe-fixes"]);
    twin
}

/// The fixes of a plan, one by one.
fn each_fix(plan: &mut Value, mut act: impl FnMut(&mut Value)) {
    for file in plan["files"].as_array_mut().unwrap() {
        for round in file["rounds"].as_array_mut().unwrap() {
            round.as_array_mut().unwrap().iter_mut().for_each(&mut act);
        }
    }
}

#[test]
fn a_plan_changes_nothing_and_applied_it_does_what_fix_does() {
    let (posts, twin) = (posts(), fixed());
    let folder = posts.path();
    planned(folder);
    assert_eq!(
        (text(folder, "a.md"), text(folder, "b/b.md")),
        (TWICE.to_owned(), AD.to_owned())
    );
    assert!(apply(folder, &["--diff"]).1.starts_with("would apply "));
    assert_eq!(text(folder, "a.md"), TWICE);
    let (code, line) = apply(folder, &[]);
    assert_eq!(code, 0, "{line}");
    for name in ["a.md", "b/b.md", "c.md"] {
        assert_eq!(text(folder, name), text(twin.path(), name), "{name}");
    }
    assert!(!text(folder, "b/b.md").contains("adsbygoogle"));
    // Again, it finds all done.
    let (code, line) = apply(folder, &[]);
    assert_eq!(code, 0);
    assert!(
        line.contains("applied 0 fixes in 0 posts; 3 fixes in 2 posts applied before"),
        "{line}"
    );
}

#[test]
fn what_was_cut_short_goes_on() {
    let (posts, twin) = (posts(), fixed());
    planned(posts.path());
    fs::copy(twin.path().join("a.md"), posts.path().join("a.md")).unwrap();
    let (code, line) = apply(posts.path(), &[]);
    assert_eq!(code, 0, "{line}");
    assert!(line.contains("1 fix in 1 post applied before"), "{line}");
    assert_eq!(text(posts.path(), "b/b.md"), text(twin.path(), "b/b.md"));
}

#[test]
fn fixes_are_left_out_by_hand_and_by_rule() {
    let expected = AD.replace("[y, y]", "[y]");
    let by_hand = posts();
    let mut plan = planned(by_hand.path());
    each_fix(&mut plan, |fix| {
        if fix["rule"] == "ad-unit" {
            assert_eq!(fix["safety"], "unsafe");
            assert!(fix["edits"][0]["before"].as_str().unwrap().contains("adsbygoogle"));
            fix["keep"] = false.into();
        }
    });
    fs::write(by_hand.path().join("plan.json"), plan.to_string()).unwrap();
    for round in 0..2 {
        assert_eq!(apply(by_hand.path(), &[]).0, 0, "{round}");
        assert_eq!(text(by_hand.path(), "b/b.md"), expected);
    }
    let by_rule = posts();
    planned(by_rule.path());
    let (code, line) = apply(by_rule.path(), &["--ignore", "ad"]);
    assert_eq!((code, text(by_rule.path(), "b/b.md")), (0, expected), "{line}");
    assert!(line.contains("left out"), "{line}");
    let by_rule = posts();
    planned(by_rule.path());
    assert_eq!(apply(by_rule.path(), &["--select", "ad-unit"]).0, 0);
    assert_eq!(text(by_rule.path(), "a.md"), TWICE);
    assert!(text(by_rule.path(), "b/b.md").contains("[y, y]"));
    assert_eq!(apply(by_rule.path(), &["--select", "ad-unti"]).0, 2);
}

#[test]
fn a_plan_is_applied_rule_by_rule() {
    let (posts, twin) = (posts(), fixed());
    let folder = posts.path();
    planned(folder);
    assert_eq!(apply(folder, &["--select", "ad"]).0, 0);
    let half = text(folder, "b/b.md");
    assert!(half.contains("[y, y]") && !half.contains("adsbygoogle"));
    assert!(
        apply(folder, &["--diff"])
            .1
            .contains("would apply 2 fixes in 2 posts; 1 fix in 1 post applied before")
    );
    assert_eq!(text(folder, "b/b.md"), half);
    let (code, line) = apply(folder, &[]);
    assert_eq!(code, 0, "{line}");
    assert!(
        line.contains("applied 2 fixes in 2 posts; 1 fix in 1 post applied before"),
        "{line}"
    );
    for name in ["a.md", "b/b.md"] {
        assert_eq!(text(folder, name), text(twin.path(), name), "{name}");
    }
    // What was chosen earlier stays, whatever is chosen now.
    let (code, line) = apply(folder, &["--select", "ad"]);
    assert_eq!(
        (code, text(folder, "b/b.md")),
        (0, text(twin.path(), "b/b.md")),
        "{line}"
    );
    // A word of somebody's own is no part of any plan.
    fs::write(folder.join("b/b.md"), half.replace("More", "Mine")).unwrap();
    let (code, said) = apply(folder, &[]);
    assert_eq!(code, 2);
    assert!(
        said.contains("b/b.md: left as it was: it changed since the plan was made"),
        "{said}"
    );
}

#[test]
fn a_file_that_changed_is_left_as_it_is() {
    let posts = posts();
    planned(posts.path());
    let changed = TWICE.replace("Text", "Words");
    fs::write(posts.path().join("a.md"), &changed).unwrap();
    let (code, said) = apply(posts.path(), &[]);
    assert_eq!(code, 2);
    assert!(
        said.contains("a.md: left as it was: it changed since the plan was made"),
        "{said}"
    );
    assert_eq!(text(posts.path(), "a.md"), changed);
    assert!(
        !text(posts.path(), "b/b.md").contains("adsbygoogle"),
        "the others are mended"
    );
}

#[test]
fn a_damaged_plan_does_no_damage() {
    let harm: [fn(&mut Value); 6] = [
        |edit| edit["start"] = 1_000_000.into(),
        |edit| edit["before"] = "q".into(),
        |edit| edit["end"] = 0.into(),
        |edit| edit["kept"] = true.into(),
        |edit| edit["start"] = (-1).into(),
        |edit| {
            let shift = |value: &Value| (value.as_u64().unwrap() + 1).into();
            (edit["start"], edit["end"]) = (shift(&edit["start"]), shift(&edit["end"]));
        },
    ];
    for (number, harm) in harm.iter().enumerate() {
        let posts = posts();
        let mut plan = planned(posts.path());
        each_fix(&mut plan, |fix| harm(&mut fix["edits"][0]));
        fs::write(posts.path().join("plan.json"), plan.to_string()).unwrap();
        let (code, said) = apply(posts.path(), &[]);
        assert_eq!(code, 2, "{number}: {said}");
        assert_eq!(
            (text(posts.path(), "a.md"), text(posts.path(), "b/b.md")),
            (TWICE.to_owned(), AD.to_owned()),
            "{number}"
        );
    }
}
