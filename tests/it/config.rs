//! `postlint.toml`: what it means, and what it says when it is wrong.

use postlint::config::{Catalogue, Level, Selection, Settings};
use postlint::diagnostic::Severity;
use postlint::generator::Generator;

const RULES: Catalogue<'static> = &[
    ("ad-script", Severity::Error),
    ("ad-unit", Severity::Error),
    ("date-invalid", Severity::Error),
    ("date-missing", Severity::Warning),
];

fn parse(text: &str) -> Settings {
    Settings::parse(text, "postlint.toml", RULES).unwrap()
}

fn error(text: &str) -> String {
    Settings::parse(text, "postlint.toml", RULES).unwrap_err().to_string()
}

fn level(settings: &Settings, path: &str, code: &str) -> Option<Level> {
    settings.for_file(path, RULES).levels.get(code).copied()
}

#[test]
fn every_setting_is_read() {
    let settings = parse(
        "generator = 'jekyll'\nsite-zone = 'Asia/Shanghai'\nmachine-zone = 'UTC'\nmax-file-size = 1_000\n\
         required-fields = ['title', 'date']\nknown-fields = ['dates']\nbackground = '#111'\nexclude = ['old/']\n\
         [rules]\ndate-missing = 'off'\nad = 'info'\nad-unit = 'warning'\n",
    );
    assert_eq!(settings.base.generator, Some(Generator::Jekyll));
    assert_eq!(settings.base.site_zone.as_deref(), Some("Asia/Shanghai"));
    assert_eq!(settings.base.background, Some([0x11; 3]));
    assert_eq!(settings.max_file_size, 1000);
    assert!(settings.exclude.fit("old/a.md") && !settings.exclude.fit("older/a.md"));
    assert_eq!(level(&settings, "a.md", "date-missing"), Some(Level::Off));
    assert_eq!(level(&settings, "a.md", "ad-script"), Some(Level::On(Severity::Info)));
    assert_eq!(level(&settings, "a.md", "ad-unit"), Some(Level::On(Severity::Warning)));
    assert_eq!(level(&settings, "a.md", "date-invalid"), None);
}

#[test]
fn overrides_hold_for_the_files_that_fit_and_the_command_line_wins() {
    let mut settings = parse(
        "ignore = ['ad']\n[[overrides]]\nfiles = ['drafts/**', '*.html']\nrules = { date-invalid = 'info', ad-unit = 'error' }\n",
    );
    assert_eq!(level(&settings, "posts/a.md", "date-invalid"), None);
    assert_eq!(level(&settings, "posts/a.md", "ad-unit"), Some(Level::Off));
    assert_eq!(
        level(&settings, "drafts/x/a.md", "date-invalid"),
        Some(Level::On(Severity::Info))
    );
    assert_eq!(
        level(&settings, "posts/a.html", "ad-unit"),
        Some(Level::On(Severity::Error))
    );
    settings.command_line = Selection::new(&["date".into()], &["date-missing".into()], RULES).unwrap();
    assert_eq!(level(&settings, "posts/a.html", "ad-unit"), Some(Level::Off));
    assert_eq!(
        level(&settings, "posts/a.html", "date-invalid"),
        Some(Level::On(Severity::Info))
    );
    assert_eq!(
        level(&settings, "posts/a.md", "date-invalid"),
        Some(Level::On(Severity::Error))
    );
    assert_eq!(level(&settings, "posts/a.md", "date-missing"), Some(Level::Off));
}

#[test]
fn a_slip_is_named_with_its_place_and_what_was_meant() {
    assert_eq!(
        error("# mine\ngenrator = 'hexo'\n"),
        "postlint.toml:2:1: there is no key `genrator`; did you mean `generator`?"
    );
    assert_eq!(
        error("[rules]\nad-unit = 'off'\ndate-invald = 'off'\n"),
        "postlint.toml:3:1: there is no rule `date-invald`; did you mean `date-invalid`?"
    );
    assert_eq!(
        error("select = ['date', 'dat-missing']\n"),
        "postlint.toml:1:19: there is no rule `dat-missing`; did you mean `date-missing`?"
    );
    assert_eq!(
        error("[rules]\nad-unit = 'loud'\n"),
        "postlint.toml:2:11: `ad-unit` must be \"error\", \"warning\", \"info\" or \"off\""
    );
    assert_eq!(
        error("[[overrides]]\nfile = ['a']\n"),
        "postlint.toml:2:1: there is no key `file`; did you mean `files`?"
    );
    assert_eq!(
        error("[[overrides]]\nrules = {}\n"),
        "postlint.toml:1:1: an override needs `files`, a list of patterns"
    );
    assert_eq!(
        error("wholly_else = 1\n"),
        "postlint.toml:1:1: there is no key `wholly_else`"
    );
    assert!(error("a = \n").starts_with("postlint.toml:1:"), "{}", error("a = \n"));
    assert!(
        error("exclude = ['a[']\n").contains("`a[` is no pattern"),
        "{}",
        error("exclude = ['a[']\n")
    );
    let slip = Selection::new(&["ad-units".into()], &[], RULES).unwrap_err();
    assert_eq!(
        slip.to_string(),
        "--select: there is no rule `ad-units`; did you mean `ad-unit`?"
    );
}
