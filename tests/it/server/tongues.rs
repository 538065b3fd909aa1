//! Every request over standard input and output, asked in each position encoding: the answers speak of the same words.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tower_lsp::lsp_types::Url;

use super::client::ENCODINGS;
use super::navigation::{CANAL, NIGHT, OLD};
use super::reference;
use super::site::Site;

/// An answer with bytes for positions and paths for URIs, so that it is the same in every encoding.
struct Reader<'a> {
    site: &'a Site,
    encoding: &'static str,
    /// Positions that were read.
    positions: usize,
}

impl Reader<'_> {
    fn path(&self, uri: &str) -> Option<String> {
        let file = Url::parse(uri).ok()?.to_file_path().ok()?;
        Some(file.strip_prefix(&self.site.root).ok()?.to_str()?.to_owned())
    }

    fn read(&mut self, value: &Value, path: &str) -> Value {
        match value {
            Value::Object(fields) => {
                if let (Some(_), Some(_)) = (fields.get("line"), fields.get("character")) {
                    let encoding = match self.encoding {
                        "utf-8" => postlint::text::Encoding::Utf8,
                        "utf-16" => postlint::text::Encoding::Utf16,
                        _ => postlint::text::Encoding::Utf32,
                    };
                    let position = serde_json::from_value(value.clone()).unwrap();
                    self.positions += 1;
                    // A file that is to be made is empty.
                    let text = std::fs::read_to_string(self.site.root.join(path)).unwrap_or_default();
                    return json!(reference::offset(&text, position, encoding));
                }
                let own = fields.get("uri").or_else(|| fields.get("textDocument")?.get("uri"));
                let own = own.and_then(|uri| self.path(uri.as_str()?));
                let path = own.as_deref().unwrap_or(path);
                let read = fields.iter().map(|(name, value)| {
                    let inside = self.path(name);
                    let value = self.read(value, inside.as_deref().unwrap_or(path));
                    (inside.unwrap_or_else(|| name.clone()), value)
                });
                Value::Object(read.collect())
            }
            Value::Array(items) => items.iter().map(|item| self.read(item, path)).collect(),
            Value::String(text) => match self.path(text) {
                Some(path) => json!(path),
                None => json!(
                    text.replace(&self.site.uri(""), "")
                        .replace(self.site.root.to_str().unwrap(), "")
                ),
            },
            other => other.clone(),
        }
    }
}

/// Tokens as ranges.
fn tokens(answer: &Value) -> Value {
    let data: Vec<u64> = answer["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|number| number.as_u64().unwrap())
        .collect();
    let (mut line, mut start) = (0, 0);
    let ranges = data.chunks(5).map(|token| {
        start = if token[0] == 0 { start + token[1] } else { token[1] };
        line += token[0];
        json!([{"line": line, "character": start}, {"line": line, "character": start + token[2]}, token[3]])
    });
    ranges.collect()
}

/// What the server says that it can do, and the requests with which it is asked for.
const TABLE: &[(&str, &[&str])] = &[
    ("codeActionProvider", &["textDocument/codeAction", "codeAction/resolve"]),
    ("codeLensProvider", &["textDocument/codeLens"]),
    (
        "completionProvider",
        &["textDocument/completion", "completionItem/resolve"],
    ),
    ("definitionProvider", &["textDocument/definition"]),
    (
        "diagnosticProvider",
        &["textDocument/diagnostic", "workspace/diagnostic"],
    ),
    ("documentFormattingProvider", &["textDocument/formatting"]),
    ("documentLinkProvider", &["textDocument/documentLink"]),
    ("documentOnTypeFormattingProvider", &["textDocument/onTypeFormatting"]),
    ("documentSymbolProvider", &["textDocument/documentSymbol"]),
    ("executeCommandProvider", &["workspace/executeCommand"]),
    ("foldingRangeProvider", &["textDocument/foldingRange"]),
    ("hoverProvider", &["textDocument/hover"]),
    ("inlayHintProvider", &["textDocument/inlayHint"]),
    ("linkedEditingRangeProvider", &["textDocument/linkedEditingRange"]),
    ("positionEncoding", &["initialize"]),
    ("referencesProvider", &["textDocument/references"]),
    ("renameProvider", &["textDocument/prepareRename", "textDocument/rename"]),
    ("selectionRangeProvider", &["textDocument/selectionRange"]),
    ("semanticTokensProvider", &["textDocument/semanticTokens/full"]),
    ("textDocumentSync", &["textDocument/didOpen"]),
    ("workspace", &["workspace/willRenameFiles"]),
    ("workspaceSymbolProvider", &["workspace/symbol"]),
];

/// A conversation that is over.
struct Told {
    /// Every request with the answer.
    answers: Vec<(String, Value)>,
    /// How many positions were in them.
    positions: usize,
    /// What was asked.
    methods: BTreeSet<String>,
    /// The commands that were run.
    commands: BTreeSet<String>,
    /// What the server said that it can do.
    offered: Value,
}

fn asked(encoding: &'static str) -> Told {
    let settings = json!({"features": {"formatting": true, "workspaceDiagnostics": true}, "format": {"keyOrder": ["tags", "date"]}});
    let mut site = Site::new(encoding, settings.clone(), |_| {});
    let (text, found) = site.open(OLD);
    let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    let with = |mut params: Value, more: Value| {
        for (name, value) in more.as_object().unwrap() {
            params[name.as_str()] = value.clone();
        }
        params
    };
    let document = site.document(OLD);
    let tag = site.at(OLD, &text, "城市']");
    let picture = site.at(OLD, &text, "/images/lock.png)");
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let moved = json!({"files": [{"oldUri": site.uri("source/images"), "newUri": site.uri("source/图😀")},
        {"oldUri": site.uri(NIGHT), "newUri": site.uri("source/_posts/馆.md")}]});
    let context = json!({"diagnostics": []});
    let inside = site.range(&text, "<ins class");
    let requests = [
        ("textDocument/documentSymbol", document.clone()),
        ("textDocument/foldingRange", document.clone()),
        ("textDocument/hover", tag.clone()),
        ("textDocument/hover", picture.clone()),
        ("textDocument/hover", site.at(OLD, &text, "date:")),
        ("textDocument/completion", tag.clone()),
        ("textDocument/completion", picture.clone()),
        ("textDocument/documentLink", document.clone()),
        ("textDocument/definition", tag.clone()),
        (
            "textDocument/references",
            with(tag.clone(), json!({"context": {"includeDeclaration": true}})),
        ),
        ("workspace/symbol", json!({"query": "城市"})),
        ("textDocument/prepareRename", tag.clone()),
        ("textDocument/rename", with(tag.clone(), json!({"newName": "都😀"}))),
        ("workspace/willRenameFiles", moved),
        ("textDocument/codeLens", document.clone()),
        (
            "textDocument/inlayHint",
            with(document.clone(), json!({"range": whole})),
        ),
        (
            "textDocument/selectionRange",
            with(
                document.clone(),
                json!({"positions": [tag["position"], picture["position"]]}),
            ),
        ),
        ("textDocument/linkedEditingRange", site.at(OLD, &text, "a href")),
        (
            "textDocument/formatting",
            with(document.clone(), json!({"options": options})),
        ),
        (
            "textDocument/onTypeFormatting",
            with(site.at(OLD, &text, "cover:"), json!({"ch": "\n", "options": options})),
        ),
        (
            "textDocument/codeAction",
            with(document.clone(), json!({"range": inside, "context": context})),
        ),
        (
            "textDocument/codeAction",
            with(document.clone(), json!({"range": whole, "context": context})),
        ),
        ("workspace/diagnostic", json!({"previousResultIds": []})),
        (
            "workspace/executeCommand",
            json!({"command": "postlint.explain", "arguments": [site.uri(OLD)]}),
        ),
        (
            "workspace/executeCommand",
            json!({"command": "postlint.status", "arguments": [site.uri(OLD)]}),
        ),
        (
            "workspace/executeCommand",
            json!({"command": "postlint.openRule", "arguments": ["date-invalid"]}),
        ),
    ];
    let mut answers = vec![("diagnostics".to_owned(), json!(found))];
    let mut methods: BTreeSet<String> = ["initialize", "textDocument/didOpen"].map(str::to_owned).into();
    let mut commands = BTreeSet::new();
    for (method, params) in requests {
        methods.insert(method.to_owned());
        commands.extend(params["command"].as_str().map(str::to_owned));
        let answer = site.client.request(method, params);
        assert!(!answer.is_null(), "{method} is answered by nothing");
        for action in answer
            .as_array()
            .into_iter()
            .flatten()
            .filter(|_| method == "textDocument/codeAction")
        {
            let resolved = site.client.request("codeAction/resolve", action.clone());
            methods.insert("codeAction/resolve".to_owned());
            answers.push((format!("resolved {}", action["title"]), resolved));
        }
        for item in answer
            .as_array()
            .into_iter()
            .flatten()
            .filter(|_| method == "textDocument/completion")
            .take(3)
        {
            let resolved = site.client.request("completionItem/resolve", item.clone());
            methods.insert("completionItem/resolve".to_owned());
            answers.push((format!("resolved {}", item["label"]), resolved));
        }
        answers.push((method.to_owned(), answer));
    }
    let colours = site.client.request("textDocument/semanticTokens/full", document);
    methods.insert("textDocument/semanticTokens/full".to_owned());
    answers.push(("tokens".to_owned(), tokens(&colours)));
    for (command, arguments) in [
        ("postlint.cleanAds", json!([site.uri(OLD)])),
        ("postlint.cleanAdsInWorkspace", json!([])),
    ] {
        let run = json!({"command": command, "arguments": arguments});
        commands.insert(command.to_owned());
        site.client.request("workspace/executeCommand", run);
        let applied = site
            .client
            .wait("an edit", |message| message["method"] == "workspace/applyEdit");
        answers.push((command.to_owned(), applied["params"].clone()));
    }
    // Whoever is told of findings does not ask for them: that is another client.
    let mut puller = Site::pulling(encoding, settings);
    for path in [OLD, CANAL] {
        let report = puller.client.request("textDocument/diagnostic", puller.document(path));
        methods.insert("textDocument/diagnostic".to_owned());
        answers.push((
            format!("pulled {path}"),
            read_by(&puller, encoding, &report["items"], path).0,
        ));
    }
    let offered = puller.offered.clone();
    puller.client.leave();
    let mut reader = Reader {
        site: &site,
        encoding,
        positions: 0,
    };
    let read: Vec<(String, Value)> = answers
        .into_iter()
        .map(|(what, mut answer)| {
            // Names of results hold the number of the process.
            for item in answer
                .get_mut("items")
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                item["resultId"] = Value::Null;
            }
            (what, reader.read(&answer, OLD))
        })
        .collect();
    let positions = reader.positions;
    site.client.leave();
    Told {
        answers: read,
        positions,
        methods,
        commands,
        offered,
    }
}

fn read_by(site: &Site, encoding: &'static str, value: &Value, path: &str) -> (Value, usize) {
    let mut reader = Reader {
        site,
        encoding,
        positions: 0,
    };
    let read = reader.read(value, path);
    (read, reader.positions)
}

#[test]
fn every_answer_speaks_of_the_same_words_in_every_encoding() {
    let [utf8, utf16, utf32] = ENCODINGS.map(asked);
    let positions = utf8.positions;
    assert!(positions > 200, "{positions} positions");
    // Nothing that is offered goes unasked.
    let offered: Vec<&String> = utf8.offered.as_object().unwrap().keys().collect();
    let table: Vec<&str> = TABLE.iter().map(|(capability, _)| *capability).collect();
    assert_eq!(offered, table);
    for method in TABLE.iter().flat_map(|(_, methods)| *methods) {
        assert!(utf8.methods.contains(*method), "{method} was not asked");
    }
    let commands = utf8.offered["executeCommandProvider"]["commands"].as_array().unwrap();
    for command in commands.iter().filter_map(Value::as_str) {
        // The command behind an action is for clients that know commands only: see `deeds`.
        assert!(
            command == "postlint.apply" || utf8.commands.contains(command),
            "{command} was not run"
        );
    }
    let [utf8, utf16, utf32] = [utf8.answers, utf16.answers, utf32.answers];
    for (((what, one), (_, two)), (_, three)) in utf8.iter().zip(&utf16).zip(&utf32) {
        assert_eq!(one, two, "{what}: utf-8 and utf-16");
        assert_eq!(one, three, "{what}: utf-8 and utf-32");
    }
    let about = |path: &str| {
        utf8.iter()
            .filter(|(_, answer)| answer.to_string().contains(path))
            .count()
    };
    assert!(about(CANAL) > 2 && about(NIGHT) > 2, "other files are spoken of too");
}
