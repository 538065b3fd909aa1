//! Every request at many places of many posts, hostile ones too: none fails, and every place in an answer lies inside the text.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::client::{Client, ENCODINGS, position};
use super::parity::{posts_below, uri};
use super::reference;
use super::typing::Dice;
use crate::fixtures;
use postlint::text::Encoding;

const HOSTILE: &[&str] = &[
    "",
    "\u{feff}---\r\ntitle: 😀\r\n---\r\n",
    "---",
    "---\n",
    "---\n---",
    "---\ntags: [\n---\n",
    "---\ntags: [a, [b, {c: d}], *x, &y z, !!str 1]\ncategories: {a: b}\n---\n",
    "---\ndate: 9999999999999999\ntags: 5\ntitle:\n  - x\n---\n😀 {% post_link %} {% post_link \n",
    ";;;\n{\"title\": \"😀\"}\n;;;\n",
    "+++\ntitle = '😀'\ntags = ['a', '中']\n+++\n[a](b) ![](c)\n",
    "<div><p>😀</div></p></p><!-- x <b",
    "{% raw %}{{ {% {% endraw %}{{< ref \"a\" >}}{{% relref b %}}",
    "![😀](<a b.png> \"t\") [x]: /y\n[z][x] <a href='😀'>q</a><a href=>",
    "<!-- postlint-disable  -->\n<!-- postlint-disable-next-line nothing-like-it -->\n# postlint-disable\n",
    "a\rb\u{2028}c\u{0}\u{85}d\r\n\r\n---\n",
];

/// What reads the whole site for one answer comes last.
const METHODS: &[&str] = &[
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/prepareRename",
    "textDocument/linkedEditingRange",
    "textDocument/onTypeFormatting",
    "textDocument/selectionRange",
    "textDocument/codeAction",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/rename",
];

const WIDE: usize = 3;

const WHOLE: &[&str] = &[
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/documentLink",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "textDocument/semanticTokens/full",
    "textDocument/formatting",
];

/// Whether every range in `value` that is about the document lies inside `text` and runs forwards.
fn is_inside(value: &Value, text: &str, own: &str, encoding: Encoding) -> bool {
    match value {
        Value::Object(fields) => {
            if fields.get("uri").is_some_and(|uri| uri != own) {
                return true;
            }
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let place =
                    |place: &Value| serde_json::from_value::<tower_lsp::lsp_types::Position>(place.clone()).unwrap();
                let at = |one: &Value| reference::offset(text, place(one), encoding);
                let exact = |one: &Value| position(text, at(one), name(encoding)) == *one;
                return at(start) <= at(end) && exact(start) && exact(end);
            }
            fields
                .iter()
                .all(|(name, value)| (name.contains("://") && name != own) || is_inside(value, text, own, encoding))
        }
        Value::Array(items) => items.iter().all(|item| is_inside(item, text, own, encoding)),
        _ => true,
    }
}

fn name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Utf16 => "utf-16",
        Encoding::Utf32 => "utf-32",
    }
}

/// Ask everything about `text`, places at random; how many answers were not empty.
fn ask(
    client: &mut Client,
    (own, text): (&str, &str),
    dice: &mut Dice,
    encoding: Encoding,
    methods: &[&'static str],
) -> usize {
    client.open(own, text);
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 100_000, "character": 0}});
    let document = json!({"uri": own});
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let mut asked = Vec::new();
    for method in WHOLE {
        let params = json!({"textDocument": document, "range": whole, "options": options});
        asked.push((*method, client.ask(method, params)));
    }
    for _ in 0..4 {
        let mut offset = dice.throw(text.len() + 1);
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let place = position(text, offset, name(encoding));
        for method in methods {
            let params = json!({"textDocument": document, "position": place, "positions": [place], "ch": "\n", "options": options,
                "newName": "新: #名😀", "range": {"start": place, "end": place}, "context": {"diagnostics": [], "includeDeclaration": true, "triggerKind": 1}});
            asked.push((*method, client.ask(method, params)));
        }
    }
    let mut told = 0;
    for (method, id) in asked {
        let answer = client.answer(&json!(id));
        assert!(answer.get("error").is_none(), "{method}: {answer}\n{text:?}");
        let result = &answer["result"];
        assert!(is_inside(result, text, own, encoding), "{method}: {result}\n{text:?}");
        told += usize::from(!result.is_null() && *result != json!([]));
    }
    client.notify("textDocument/didClose", json!({"textDocument": document}));
    client.unread.clear();
    told
}

fn asked_everywhere(root: &Path, texts: &[(PathBuf, String)], methods: &[&'static str]) -> usize {
    let mut told = 0;
    for (number, encoding) in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]
        .into_iter()
        .enumerate()
    {
        assert_eq!(name(encoding), ENCODINGS[number]);
        let mut dice = Dice(0x1234_5678_9ABC_DEF1 ^ number as u64);
        let mut client = Client::in_memory();
        client.initialize(
            json!({"rootUri": uri(root), "initializationOptions": {"features": {"formatting": true}},
            "capabilities": {"general": {"positionEncodings": [name(encoding)]}}}),
        );
        for (path, text) in texts
            .iter()
            .skip(number)
            .step_by(if methods.len() < METHODS.len() { 3 } else { 1 })
        {
            told += ask(&mut client, (&uri(path), text), &mut dice, encoding, methods);
        }
        client.leave();
    }
    told
}

#[test]
fn every_request_is_answered_wherever_it_is_asked() {
    let root = fixtures::root().join("hexo").canonicalize().unwrap();
    let mut texts: Vec<(PathBuf, String)> = posts_below(&root)
        .into_iter()
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    let hostile = HOSTILE.iter().enumerate();
    texts
        .extend(hostile.map(|(number, text)| (root.join(format!("source/_posts/夜 {number}.md")), (*text).to_owned())));
    let told = asked_everywhere(&root, &texts, METHODS);
    assert!(told > 500, "{told} answers");
}

#[test]
#[allow(
    clippy::print_stdout,
    reason = "whoever reads the log must know that nothing was tested"
)]
fn every_request_is_answered_in_real_posts() {
    let Some(corpus) = std::env::var_os("POSTLINT_CORPUS").map(PathBuf::from) else {
        println!("skipped: POSTLINT_CORPUS is not set");
        return;
    };
    let root = corpus.canonicalize().unwrap();
    let posts = posts_below(&root);
    let step = posts.len() / 60 + 1;
    let texts: Vec<(PathBuf, String)> = posts
        .into_iter()
        .step_by(step)
        .filter_map(|path| Some((path.clone(), std::fs::read_to_string(path).ok()?)))
        .collect();
    let narrow = &METHODS[..METHODS.len() - WIDE];
    let told = asked_everywhere(Path::new("/nowhere"), &texts, narrow);
    assert!(told > 500, "{told} answers");
}
