//! Ten thousand edits at random: the document never leaves its reference, what is shown at rest is what a fresh look finds,
//! and what `source.fixAll` does is what `--fix` does.

use std::path::{Path, PathBuf};

use postlint::diagnostic::Applicability;
use postlint::fix;
use postlint::text::{Encoding, Source};
use postlint::workspace::{Options, Stage, Workspace};
use serde_json::{Value, json};
use tower_lsp::lsp_types::{Position, Range, TextDocumentContentChangeEvent};

use super::client::{Client, ENCODINGS, position};
use super::parity::uri;
use super::reference;
use crate::fixtures;

const EDITS: usize = 10_000;

/// xorshift64*: the same edits in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let wide = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(wide).unwrap() % sides
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.throw(from.len())]
    }
}

/// Stands for the first half of an emoji, which a JSON value of Rust cannot hold.
const HALF: &str = "\u{10ffff}";

const SNIPPETS: &[&str] = &[
    "a",
    "直",
    "播",
    "😀",
    "é",
    "e\u{301}",
    "\t",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\u{feff}",
    HALF,
    "---\n",
    "\n---\n",
    "\r\n---\r\n",
    "+++\n",
    "```\n",
    "~~~",
    "# ",
    "- ",
    "date: ",
    "date: Invalid Date\n",
    "date: 2023-02-31\n",
    "tags: [a, 'b', \"c\"]\n",
    "tags: a，b\n",
    "categories:\n  - 一\n  - 二\n",
    "title: x: y\n",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "<ins class=\"adsbygoogle\" style=\"display:block\"></ins>\n",
    "<script async src=\"//pagead2.googlesyndication.com/pagead/js/adsbygoogle.js\"></script>",
    "<!-- 广告位 -->",
    "<!--",
    "-->",
    "<p>",
    "</p>",
    "<div>\n\n",
    "</div>",
    "<img src=\"http://a.example/😀.png\">",
    "![图](http://a.example/b.png)",
    "[x](https://a.example/?utm_source=b&c=d)",
    "{% raw %}",
    "{% endraw %}",
    "{{ ",
    " }}",
    "`",
    "<!-- postlint-disable-next-line ad-unit -->\n",
    "# postlint-disable-line date-invalid\n",
];

struct Typist {
    dice: Dice,
    client: Client,
    stage: Stage,
    uri: String,
    text: String,
    version: i32,
    encoding: &'static str,
    /// Findings that were compared.
    compared: usize,
    /// Texts that were mended.
    mended: usize,
}

impl Typist {
    fn new(root: &Path, encoding: &'static str, seed: u64, text: &str) -> Self {
        let file = root.join("source/_posts/一 篇.md");
        let workspace = Workspace::new(Options {
            machine_zone: std::env::var("TZ").ok().filter(|zone| !zone.is_empty()),
            ..Options::default()
        });
        let mut stage = workspace.stage(&file).unwrap();
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap();
        stage.config.now = i64::try_from(since.as_millis()).ok();
        let mut client = Client::in_memory();
        client.initialize(json!({"capabilities": {"general": {"positionEncodings": [encoding]},
            "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}}}));
        let uri = uri(&file);
        client.open(&uri, text);
        let text = text.to_owned();
        let dice = Dice(seed);
        Self {
            dice,
            client,
            stage,
            uri,
            text,
            version: 1,
            encoding,
            compared: 0,
            mended: 0,
        }
    }

    fn encoding(&self) -> Encoding {
        match self.encoding {
            "utf-8" => Encoding::Utf8,
            "utf-16" => Encoding::Utf16,
            _ => Encoding::Utf32,
        }
    }

    fn place(&mut self) -> Position {
        let lines = self.text.lines().count() + 1;
        // Half of all edits hit the front matter; some places lie beyond the end of the line or of the text.
        let line = match self.dice.throw(8) {
            0..4 => self.dice.throw(lines.min(14)),
            4..7 => self.dice.throw(lines),
            _ => self.dice.throw(lines + 3),
        };
        let column = match self.dice.throw(12) {
            0..5 => 0,
            5..11 => self.dice.throw(24),
            _ => u32::MAX as usize,
        };
        Position::new(u32::try_from(line).unwrap(), u32::try_from(column).unwrap())
    }

    fn change(&mut self) -> TextDocumentContentChangeEvent {
        let start = self.place();
        let (end, text) = match self.dice.throw(10) {
            0..6 => (start, self.dice.pick(SNIPPETS)),
            // Deletes reach over fences now and then.
            6..8 => {
                let lines = self.dice.throw(3);
                let columns = self.dice.throw(6);
                let end = Position::new(
                    start.line + u32::try_from(lines).unwrap(),
                    start.character.saturating_add(u32::try_from(columns).unwrap()),
                );
                (end, "")
            }
            8 => (
                Position::new(start.line, start.character.saturating_add(1)),
                self.dice.pick(SNIPPETS),
            ),
            _ => (Position::new(start.line + 1, 0), ""),
        };
        TextDocumentContentChangeEvent {
            range: Some(Range::new(start, end)),
            range_length: None,
            text: text.to_owned(),
        }
    }

    /// Some edits in one notification; returns how many.
    fn type_on(&mut self) -> usize {
        let mut changes = Vec::new();
        for _ in 0..=self.dice.throw(3) {
            changes.push(self.change());
        }
        if self.text.len() > 12_000 {
            let text = "---\ntitle: 从头\n---\r\n正文\n".to_owned();
            changes = vec![TextDocumentContentChangeEvent {
                range: None,
                range_length: None,
                text,
            }];
        }
        // Version numbers that go up and down: what counts is what came last.
        self.version += if self.dice.throw(9) == 0 && self.version > 1000 {
            -997
        } else {
            1000
        };
        let params = json!({"textDocument": {"uri": self.uri, "version": self.version}, "contentChanges": changes});
        let message = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params});
        self.client
            .frame(message.to_string().replace(HALF, "\\ud83d").as_bytes());
        let encoding = self.encoding();
        for mut change in changes.iter().cloned() {
            change.text = change.text.replace(HALF, "\u{fffd}");
            reference::apply(&mut self.text, &change, encoding);
        }
        changes.len()
    }

    /// A request in between, whose answer is about some text of the past.
    fn ask(&mut self) {
        let at = json!({"textDocument": {"uri": self.uri}, "position": self.place()});
        let method = self.dice.pick(&[
            "textDocument/hover",
            "textDocument/completion",
            "textDocument/documentSymbol",
            "textDocument/foldingRange",
            "textDocument/codeAction",
        ]);
        let params = match method {
            "textDocument/codeAction" => json!({"textDocument": {"uri": self.uri}, "context": {"diagnostics": []},
                "range": {"start": self.place(), "end": self.place()}}),
            _ => at,
        };
        self.client.ask(method, params);
    }

    /// What is shown at rest is what a fresh look finds.
    fn look(&mut self) {
        let shown = self.client.published(&self.uri.clone(), Some(self.version));
        let (post, findings) = self.stage.lint(Source::new(self.text.as_str()));
        let place = |offset| position(post.text(), offset, self.encoding);
        let fresh: Vec<Value> = findings
            .iter()
            .map(|finding| {
                json!([
                    finding.code.0,
                    finding.message.english(),
                    place(finding.range.start),
                    place(finding.range.end)
                ])
            })
            .collect();
        let shown: Vec<Value> = shown
            .iter()
            .map(|one| json!([one["code"], one["message"], one["range"]["start"], one["range"]["end"]]))
            .collect();
        assert_eq!(shown, fresh, "{:?}", self.text);
        self.compared += shown.len();
        for message in std::mem::take(&mut self.client.unread) {
            let code = message["error"]["code"].as_i64();
            assert!(
                matches!(code, None | Some(-32800 | -32801)),
                "{message}\n{:?}",
                self.text
            );
        }
    }

    /// What `source.fixAll` does is what `--fix` does.
    fn mend(&mut self) {
        let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 100_000, "character": 0}});
        let params = json!({"textDocument": {"uri": self.uri}, "range": whole,
            "context": {"diagnostics": [], "only": ["source.fixAll.postlint"]}});
        let actions = self.client.request("textDocument/codeAction", params);
        let mended = match actions.as_array().and_then(|actions| actions.first()) {
            None => self.text.clone(),
            Some(action) => applied(&self.text, &action["edit"]["changes"][&self.uri], self.encoding()),
        };
        let settled = fix::settle(Source::new(self.text.as_str()), Applicability::Safe, |source| {
            self.stage.lint(source)
        });
        assert_eq!(mended, settled.post.text(), "{:?}", self.text);
        self.mended += usize::from(mended != self.text);
    }
}

/// `text` after `edits`, whose places are all of the text before any of them.
pub fn applied(text: &str, edits: &Value, encoding: Encoding) -> String {
    let mut edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range: Range = serde_json::from_value(edit["range"].clone()).unwrap();
            let at = |position| reference::offset(text, position, encoding);
            (
                at(range.start),
                at(range.end),
                edit["newText"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    edits.sort_by_key(|edit| (edit.0, edit.1));
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    out
}

#[test]
fn typing_at_random_never_shows_what_a_fresh_look_does_not_find() {
    let folder = tempfile::tempdir().unwrap();
    let root: PathBuf = folder.path().canonicalize().unwrap();
    std::fs::create_dir_all(root.join("source/_posts")).unwrap();
    std::fs::write(
        root.join("_config.yml"),
        "title: 站\nsource_dir: source\nnew_post_name: :title.md\n",
    )
    .unwrap();
    let seeds = ["copied-from-a-feed.md", "wrong-dates.md", "windows-notes.md"];
    for (number, (encoding, seed)) in ENCODINGS.iter().zip(seeds).enumerate() {
        let text = std::fs::read_to_string(fixtures::root().join("hexo/source/_posts").join(seed)).unwrap();
        let mut typist = Typist::new(&root, encoding, 0x9E37_79B9_7F4A_7C15 ^ number as u64, &text);
        typist.client.published(&typist.uri.clone(), Some(1));
        let mut edits = 0;
        while edits < EDITS / ENCODINGS.len() + 1 {
            for _ in 0..=typist.dice.throw(8) {
                edits += typist.type_on();
                if typist.dice.throw(4) == 0 {
                    typist.ask();
                }
            }
            typist.look();
            if typist.dice.throw(3) == 0 {
                typist.mend();
            }
        }
        let (compared, mended) = (typist.compared, typist.mended);
        assert!(compared > 300 && mended > 3, "{compared} findings, {mended} mended");
        typist.client.leave();
    }
}
