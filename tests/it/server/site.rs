//! A copy of the editors' site, opened over standard input and output.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::client::{Client, position, range};
use super::parity::uri;

/// What every editor must show.
pub fn cases() -> Value {
    let file = editors().join("cases.json");
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn editors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("editors")
}

pub struct Site {
    pub client: Client,
    pub root: PathBuf,
    /// What the server said it can do.
    pub offered: Value,
    encoding: String,
    _folder: tempfile::TempDir,
}

impl Site {
    /// Copy the site, let `change` change it, open it.
    pub fn new(encoding: &str, options: Value, change: impl FnOnce(&std::path::Path)) -> Self {
        Self::begun(encoding, options, change, Value::Null)
    }

    /// Copy the site, open it with a client that asks for findings itself.
    pub fn pulling(encoding: &str, options: Value) -> Self {
        Self::begun(encoding, options, |_| {}, json!({"dynamicRegistration": false}))
    }

    fn begun(encoding: &str, options: Value, change: impl FnOnce(&std::path::Path), pull: Value) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("博客 😀");
        copy(&editors().join("fixture"), &root);
        change(&root);
        let mut client = Client::stdio(&["--stdio"]);
        let markup = json!({"codeActionKind": {"valueSet": []}});
        let mut params = json!({
            "processId": std::process::id(),
            "rootUri": uri(&root),
            "initializationOptions": options,
            "capabilities": {
                "general": {"positionEncodings": [encoding]},
                "window": {"workDoneProgress": true, "showDocument": {"support": true}},
                "workspace": {"applyEdit": true, "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename"],
                    "changeAnnotationSupport": {}}},
                "textDocument": {
                    "publishDiagnostics": {"relatedInformation": true, "codeDescriptionSupport": true},
                    "completion": {"completionItem": {"snippetSupport": true}},
                    "documentLink": {"tooltipSupport": true},
                    "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
                    "codeAction": {"codeActionLiteralSupport": markup, "dataSupport": true,
                        "resolveSupport": {"properties": ["edit"]}}}}});
        if !pull.is_null() {
            params["capabilities"]["textDocument"]["diagnostic"] = pull;
            params["capabilities"]["workspace"]["diagnostics"] = json!({"refreshSupport": true});
        }
        let result = client.initialize(params);
        assert_eq!(result["capabilities"]["positionEncoding"], encoding);
        client.indexed();
        Self {
            client,
            root,
            encoding: encoding.to_owned(),
            offered: result["capabilities"].clone(),
            _folder: folder,
        }
    }

    pub fn uri(&self, path: &str) -> String {
        uri(&self.root.join(path))
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).unwrap()
    }

    /// Open a file as it is on disk; its diagnostics.
    pub fn open(&mut self, path: &str) -> (String, Vec<Value>) {
        let text = self.read(path);
        let uri = self.uri(path);
        self.client.open(&uri, &text);
        let found = self.client.published(&uri, Some(1));
        (text, found)
    }

    /// Params for a request about the first `needle` in a file.
    pub fn at(&self, path: &str, text: &str, needle: &str) -> Value {
        let offset = text.find(needle).unwrap_or_else(|| panic!("no `{needle}`"));
        self.at_byte(path, text, offset)
    }

    pub fn at_byte(&self, path: &str, text: &str, offset: usize) -> Value {
        json!({"textDocument": {"uri": self.uri(path)}, "position": position(text, offset, &self.encoding)})
    }

    pub fn range(&self, text: &str, needle: &str) -> Value {
        range(text, needle, &self.encoding)
    }

    pub fn document(&self, path: &str) -> Value {
        json!({"textDocument": {"uri": self.uri(path)}})
    }

    /// The text of every file after a workspace edit, by path.
    pub fn edited(&self, edit: &Value) -> Vec<(String, String)> {
        let encoding = match self.encoding.as_str() {
            "utf-8" => postlint::text::Encoding::Utf8,
            "utf-16" => postlint::text::Encoding::Utf16,
            _ => postlint::text::Encoding::Utf32,
        };
        let changes = edit["documentChanges"].as_array().unwrap().iter();
        let texts = changes.filter(|change| change.get("edits").is_some()).map(|change| {
            let uri: tower_lsp::lsp_types::Url = serde_json::from_value(change["textDocument"]["uri"].clone()).unwrap();
            let file = uri.to_file_path().unwrap();
            let path = file
                .strip_prefix(&self.root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            let text = super::typing::applied(&self.read(&path), &change["edits"], encoding);
            (path, text)
        });
        texts.collect()
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let goal = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &goal);
        } else {
            std::fs::copy(entry.path(), goal).unwrap();
        }
    }
}
