//! Shell completions and manual pages, read by the programs they are made for.

use super::*;

/// What `program` says of `input`; `None` where it is not installed.
fn asked(program: &str, args: &[&str], input: &[u8]) -> Option<Output> {
    let child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = child.ok()?;
    let mut stdin = child.stdin.take().unwrap();
    Some(std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    }))
}

#[test]
fn bash_completes_commands_flags_and_values() {
    let folder = folder(&[]);
    let script = postlint(folder.path(), &["completions", "bash"]);
    assert_eq!(code(&script), 0);
    let questions = [
        (vec!["postlint", "ch"], "check"),
        (vec!["postlint", "check", "--unsafe"], "--unsafe-fixes"),
        (vec!["postlint", "check", "--generator", "je"], "jekyll"),
        (vec!["postlint", "completions", "z"], "zsh"),
    ];
    for (words, wanted) in questions {
        let last = words.len() - 1;
        let before = words[last - 1];
        let ask = format!(
            "{}\nCOMP_WORDS=({}); COMP_CWORD={last}\n_postlint postlint '{}' '{before}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
            stdout(&script),
            words.join(" "),
            words[last],
        );
        let Some(said) = asked("bash", &["--norc", "-s"], ask.as_bytes()) else {
            return;
        };
        assert_eq!(stdout(&said).trim(), wanted, "{words:?}: {}", stderr(&said));
    }
}

#[test]
fn every_shell_gets_a_script_and_no_other() {
    let folder = folder(&[]);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = stdout(&postlint(folder.path(), &["completions", shell]));
        assert!(script.contains("unsafe-fixes"), "{shell}");
    }
    assert_eq!(code(&postlint(folder.path(), &["completions", "cmd"])), 2);
}

#[test]
fn every_manual_page_is_sound_and_names_its_options() {
    let folder = folder(&[]);
    assert_eq!(code(&postlint(folder.path(), &["man", "--folder", "."])), 0);
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(
        names.len() > 8 && names.contains(&"postlint-check.1".to_owned()),
        "{names:?}"
    );
    for name in &names {
        let page = fs::read(folder.path().join(name)).unwrap();
        // The name that `man -k` looks for.
        let plain = String::from_utf8_lossy(&page).replace("\\-", "-");
        assert!(
            plain.contains(&format!("\n{} - ", name.trim_end_matches(".1"))),
            "{name}"
        );
        if let Some(said) = asked("groff", &["-man", "-Tutf8", "-ww", "-z"], &page) {
            assert_eq!(stderr(&said), "", "{name}");
        }
    }
    let check = postlint(folder.path(), &["man", "check"]);
    assert_eq!(fs::read(folder.path().join("postlint-check.1")).unwrap(), check.stdout);
    assert!(stdout(&check).replace("\\-", "-").contains("--unsafe-fixes"));
    let wrong = postlint(folder.path(), &["man", "chek"]);
    assert_eq!(
        (code(&wrong), stderr(&wrong).trim()),
        (2, "error: there is no command `chek`; did you mean `check`?")
    );
}
