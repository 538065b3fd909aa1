//! `--lang`: which language is spoken, and that nothing but words depends on it.

use super::*;
use crate::fixtures;
use crate::messages::leftover;
use postlint::message::paragraphs;
use serde_json::Value;
use std::collections::BTreeSet;

/// The fixtures, to be changed.
fn posts() -> TempDir {
    let folder = TempDir::new().unwrap();
    copy(&fixtures::root(), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to.join(entry.file_name())),
            false => {
                fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
}

fn in_language(folder: &Path, language: &str, args: &[&str]) -> Output {
    postlint(folder, &[&["--lang", language], args].concat())
}

/// `value` without what is said to people.
fn without_words(mut value: Value) -> Value {
    const WORDS: [&str; 7] = [
        "message",
        "title",
        "description",
        "reason",
        "shortDescription",
        "fullDescription",
        "help",
    ];
    match &mut value {
        Value::Array(items) => items.iter_mut().for_each(|item| *item = without_words(item.take())),
        Value::Object(fields) => {
            fields.retain(|key, _| !WORDS.contains(&key.as_str()));
            fields
                .values_mut()
                .for_each(|field| *field = without_words(field.take()));
        }
        _ => {}
    }
    value
}

#[test]
fn places_codes_fingerprints_and_edits_are_the_same_in_every_language() {
    let folder = posts();
    for format in ["json", "sarif", "gitlab", "rdjson"] {
        let args = ["check", "--no-cache", "--output-format", format, "."];
        let [english, chinese] = ["en", "zh"].map(|language| in_language(folder.path(), language, &args));
        assert_eq!(code(&english), code(&chinese));
        assert_ne!(stdout(&english), stdout(&chinese), "{format}");
        let facts = |output: &Output| without_words(serde_json::from_slice(&output.stdout).unwrap());
        assert_eq!(facts(&english), facts(&chinese), "{format}");
    }
    let args = ["check", "--no-cache", "--output-format", "concise", "."];
    let [english, chinese] = ["en", "zh"].map(|language| stdout(&in_language(folder.path(), language, &args)));
    let head = |line: &str| line.split(']').next().unwrap().to_owned();
    let heads = |lines: &str| lines.lines().map(head).collect::<Vec<_>>();
    assert_eq!(heads(&english), heads(&chinese));
}

#[test]
fn what_is_written_for_later_is_the_same_in_every_language() {
    let written = ["en", "zh"].map(|language| {
        let folder = posts();
        in_language(folder.path(), language, &["baseline", "--no-cache", "."]);
        in_language(
            folder.path(),
            language,
            &["check", "--unsafe-fixes", "--fix-plan", "plan.json", "."],
        );
        in_language(folder.path(), language, &["check", "--emit-facts", "facts.jsonl", "."]);
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        // The facts stand in no order.
        let facts: BTreeSet<String> = read("facts.jsonl").lines().map(str::to_owned).collect();
        (read("postlint-baseline.json"), read("plan.json"), facts)
    });
    assert!(written[0].0.len() > 100 && written[0].1.len() > 100 && written[0].2.len() > 5);
    assert_eq!(written[0], written[1]);
}

#[test]
fn fixes_write_the_same_in_every_language() {
    let after = ["en", "zh"].map(|language| {
        let folder = posts();
        in_language(
            folder.path(),
            language,
            &["check", "--fix", "--unsafe-fixes", "--no-cache", "."],
        );
        fixtures::posts()
            .iter()
            .map(|path| fs::read(folder.path().join(path.strip_prefix(fixtures::root()).unwrap())).unwrap())
            .collect::<Vec<_>>()
    });
    assert_eq!(after[0], after[1]);
}

#[test]
fn a_cache_serves_every_language() {
    let folder = posts();
    let cached = ["check", "--cache-dir", "cache", "--output-format", "json", "."];
    let fresh = ["check", "--no-cache", "--output-format", "json", "."];
    for language in ["en", "zh", "en"] {
        let [cached, fresh] = [&cached[..], &fresh[..]].map(|args| stdout(&in_language(folder.path(), language, args)));
        assert_eq!(cached, fresh, "{language}");
    }
}

#[test]
fn the_flag_goes_before_the_variable_and_that_before_the_configuration() {
    let plain = folder(&[("a.md", TWICE.as_bytes())]);
    let own = folder(&[("a.md", TWICE.as_bytes()), ("postlint.toml", b"lang = \"zh\"\n")]);
    let says = |folder: &TempDir, flag: &[&str], variables: &[(&str, &str)]| {
        let mut command = command(folder.path(), &[flag, &["check", "."]].concat());
        let output = command.envs(variables.iter().copied()).output().unwrap();
        stderr(&output).contains("个问题")
    };
    assert!(!says(&plain, &[], &[]));
    // What a log says must not depend on the machine that writes it.
    assert!(!says(
        &plain,
        &[],
        &[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")]
    ));
    assert!(says(&own, &[], &[]));
    assert!(says(&plain, &[], &[("POSTLINT_LANG", "zh")]));
    assert!(!says(&own, &[], &[("POSTLINT_LANG", "en")]));
    assert!(!says(&own, &["--lang", "en"], &[("POSTLINT_LANG", "zh")]));
    assert!(says(&plain, &["--lang", "zh-CN"], &[]));
    let wrong = postlint(plain.path(), &["--lang", "xx", "check", "."]);
    assert_eq!(code(&wrong), 2);
    assert!(stderr(&wrong).contains("`en` or `zh`"), "{}", stderr(&wrong));
}

#[test]
fn no_english_is_left_in_what_people_read() {
    let folder = posts();
    let at = folder.path();
    let write = |name: &str, text: &str| fs::write(at.join(name), text).unwrap();
    let mut said = Vec::new();
    let mut run = |args: &[&str]| {
        let output = in_language(at, "zh", args);
        said.push((args.join(" "), stdout(&output) + &stderr(&output)));
    };
    run(&["check", "--no-cache", "."]);
    run(&["check", "--no-cache", "--statistics", "."]);
    run(&["check", "--no-cache", "--output-format", "grouped", "."]);
    run(&["check", "--no-cache", "--unsafe-fixes", "--fix-plan", "plan.json", "."]);
    run(&["apply", "plan.json", "--diff", "--select", "date"]);
    run(&["baseline", "."]);
    run(&["check", "--baseline", "postlint-baseline.json", "."]);
    run(&["check", "--fix", "."]);
    run(&["check", "--show-files", "."]);
    run(&["rule"]);
    fs::create_dir(at.join("empty")).unwrap();
    run(&["check", "empty"]);
    write("postlint.toml", "genrator = \"hexo\"\n");
    run(&["check", "."]);
    write("postlint.toml", "max-file-size = 0\n");
    run(&["check", "."]);
    write("postlint.toml", "[rules]\ndate-invlid = \"off\"\n");
    run(&["check", "."]);
    let mut wrong = Vec::new();
    for (args, text) in &said {
        assert!(
            text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "{args}: {text}"
        );
        // The lines of a frame, of a difference, and the names of files are the writer's own words.
        let is_ours = |line: &&str| {
            !line.contains(" | ") && !line.starts_with(['+', '-', ' ', '@', '|']) && !line.contains(".md")
        };
        for line in text.lines().filter(is_ours) {
            // A code and a severity stand before the first line of a rule's page.
            let line = if args == "rule" { &line[36..] } else { line };
            wrong.extend(leftover(line).map(|words| format!("{args}: `{words}` in {line}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn frames_stand_where_they_stand_in_english() {
    let folder = posts();
    let frames = ["en", "zh"].map(|language| {
        let output = stdout(&in_language(folder.path(), language, &["check", "--no-cache", "."]));
        let is_frame = |line: &&str| line.contains(" | ") || line.contains("--> ");
        let frame = |line: &str| line.split("^ ").next().unwrap().trim_end_matches('^').to_owned();
        output.lines().filter(is_frame).map(frame).collect::<Vec<_>>()
    });
    assert!(frames[0].len() > 50);
    assert_eq!(frames[0], frames[1]);
}

#[test]
fn what_explain_prints_is_a_table_in_chinese_too() {
    let folder = posts();
    let path = "hexo/source/_posts/blank-after-fence.md";
    let text = stdout(&in_language(
        folder.path(),
        "zh",
        &["explain", path, "hugo/content/posts/chisel.md"],
    ));
    assert!(
        text.contains("  Hexo        会发布") && text.contains("中止构建"),
        "{text}"
    );
    let width = |name: &str| name.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    for line in text.lines().filter(|line| line.starts_with("  ")) {
        let name = line.trim_start().split("  ").next().unwrap();
        let value = line[line.find(name).unwrap() + name.len()..].trim_start();
        let before = &line[..line.rfind(value).unwrap()];
        assert_eq!(width(before), 14, "{line}");
    }
    // Programs get a text in every language, and the same facts.
    let [english, chinese] = ["en", "zh"].map(|language| {
        let args = [
            "explain",
            "--output-format",
            "json-lines",
            "hugo/content/posts/chisel.md",
        ];
        serde_json::from_slice::<Value>(&in_language(folder.path(), language, &args).stdout).unwrap()
    });
    assert!(english["reason"].as_str().unwrap().contains("date"), "{english}");
    assert!(chinese["reason"].as_str().unwrap().contains("日期"), "{chinese}");
    assert_eq!(without_words(english), without_words(chinese));
}

/// No line of `text` has English in it, but for what is between signs that programs read.
fn is_chinese(text: &str) -> Result<(), String> {
    let signs = regex::Regex::new(r"<[A-Z]+>|\[[A-Z:=]+\]|\[可选值: [^\]]*\]|\[env: [^\]]*\]|https?://\S+").unwrap();
    for line in text.lines() {
        if let Some(words) = leftover(&signs.replace_all(line, "")) {
            return Err(format!("`{words}` in {line}"));
        }
    }
    Ok(())
}

#[test]
fn help_is_chinese_whatever_command_it_is_asked_of() {
    let folder = folder(&[]);
    let english = stdout(&postlint(folder.path(), &["--help"]));
    let lines = english.lines().skip_while(|line| *line != "Commands:").skip(1);
    // Long texts go on under their beginning.
    let lines = lines
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with("   "));
    let commands: Vec<&str> = lines.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(
        commands.len() > 10 && commands.contains(&"settings-schema"),
        "{commands:?}"
    );
    let edge = regex::Regex::new(r"\n {15,}").unwrap();
    for args in std::iter::once(vec!["--help"])
        .chain(
            commands
                .iter()
                .filter(|name| **name != "help")
                .map(|name| vec![*name, "--help"]),
        )
        .chain([vec!["help", "check"], vec!["check", "-h"]])
    {
        let output = in_language(folder.path(), "zh", &args);
        let text = stdout(&output);
        assert_eq!(code(&output), 0);
        assert!(text.contains("用法:") && text.contains("显示帮助"), "{args:?}: {text}");
        // Long texts are broken at the edge of the terminal.
        let whole = edge.replace_all(&text, " ");
        let said = whole
            .lines()
            .filter(|line| !line.starts_with("用法: "))
            .collect::<Vec<_>>();
        assert_eq!(is_chinese(&said.join("\n")), Ok(()), "{args:?}");
        assert_ne!(text, stdout(&postlint(folder.path(), &args)), "{args:?}");
    }
    let by_variable = command(folder.path(), &["check", "--help"])
        .env("POSTLINT_LANG", "zh")
        .output()
        .unwrap();
    assert!(
        stdout(&by_variable).starts_with("检查并修复文章"),
        "{}",
        stdout(&by_variable)
    );
    // What a package installs does not depend on who packs it.
    for args in [["man", "check"], ["completions", "bash"]] {
        let [english, chinese] = ["en", "zh"].map(|language| stdout(&in_language(folder.path(), language, &args)));
        assert_eq!(english, chinese);
    }
}

#[test]
fn what_is_wrong_with_arguments_is_said_in_chinese() {
    let folder = folder(&[]);
    for (args, wanted) in [
        (&["chek"][..], "错误：没有命令 `chek`；是否想写 `check`？"),
        (
            &["check", "--stagd"],
            "错误：不认识参数 `--stagd`；是否想写 `--staged`？",
        ),
        (
            &["check", "--output-format", "jsn"],
            "`jsn` 不是 `--output-format <FORMAT>` 的有效值；可选：full",
        ),
        (
            &["check", "--max-findings", "x"],
            "`x` 不是 `--max-findings <N>` 的有效值：不是数字",
        ),
        (
            &["check", "--max-findings", ""],
            "`--max-findings <N>` 的有效值：是空的",
        ),
        (
            &["check", "--staged", "--changed"],
            "`--staged` 不能与 `--changed[=<REV>]` 同时使用",
        ),
        (&["check", "--fix", "--fix"], "重复给出了 `--fix`"),
        (&["site"], "缺少 `<FACTS>...`"),
        (&["man", "chek"], "没有命令 `chek`；是否想写 `check`？"),
        // What the system refuses is said once, and without the name of a temporary file.
        (
            &["check", "--output-file", "no/a", "."],
            "：no/a：没有这个文件或目录（os error 2）\n",
        ),
        (
            &["apply", "a.json"],
            "：a.json：无法读取计划：没有这个文件或目录（os error 2）\n",
        ),
    ] {
        let output = in_language(folder.path(), "zh", args);
        assert_eq!(code(&output), 2, "{args:?}");
        let said = stderr(&output);
        assert!(said.contains(wanted), "{args:?}: {said}");
        assert_eq!(is_chinese(&said.replace("os error", "")), Ok(()), "{args:?}");
    }
}

#[test]
fn pages_settings_and_schema_are_chinese() {
    let folder = folder(&[("a.md", TWICE.as_bytes())]);
    let run = |args: &[&str]| {
        let output = in_language(folder.path(), "zh", args);
        assert!(code(&output) < 2, "{}", stderr(&output));
        stdout(&output)
    };
    run(&["init"]);
    let settings = fs::read_to_string(folder.path().join("postlint.toml")).unwrap();
    let comments = settings.lines().filter_map(|line| line.strip_prefix("# "));
    let comments =
        comments.filter(|line| !line.contains(" = \"") && !line.starts_with(['[', '"']) && line.contains(' '));
    assert!(comments.clone().count() > 15);
    for comment in comments.filter(|line| !line.contains(" = [") && !line.ends_with(char::is_numeric)) {
        assert_eq!(is_chinese(comment), Ok(()));
    }
    assert!(settings.contains("# lang = \"zh\""), "{settings}");
    let mut schema: Value = serde_json::from_str(&run(&["settings-schema"])).unwrap();
    for (key, about) in schema["properties"].as_object_mut().unwrap() {
        assert_eq!(is_chinese(about["description"].as_str().unwrap()), Ok(()), "{key}");
    }
    let rules: Value = serde_json::from_str(&run(&["rule", "--all", "--output-format", "json"])).unwrap();
    let sarif: Value = serde_json::from_str(&run(&["check", "--output-format", "sarif", "--exit-zero", "."])).unwrap();
    let sarif = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(sarif.len(), rules.as_array().unwrap().len());
    for (page, rule) in rules.as_array().unwrap().iter().zip(sarif) {
        for (value, key) in [
            (page, "summary"),
            (page, "docs"),
            (&rule["shortDescription"], "text"),
            (&rule["help"], "markdown"),
        ] {
            let text = value[key].as_str().unwrap();
            assert!(text.contains('。'), "{text}");
            let chinese = |text: &String| text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
            // The samples of a page are posts, in whatever language.
            let english: Vec<String> = paragraphs(text).into_iter().filter(|text| !chinese(text)).collect();
            assert!(english.is_empty(), "{}: {english:?}", page["code"]);
        }
    }
}
