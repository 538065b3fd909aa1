// Runs inside the extension host: the whole API of VS Code is at hand, no screen is looked at.
const vscode = require("vscode");
const assert = require("node:assert/strict");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
// While other extensions register, VS Code cancels requests: they are asked again.
const { until } = require("./until.js");

const cases = JSON.parse(fs.readFileSync(process.env.CASES, "utf8"));
let passed = 0;
let failed = 0;

async function test(name, body) {
  if (failed) return;
  const begun = Date.now();
  try {
    await body();
    passed += 1;
    console.log(`ok   - ${name} (${Date.now() - begun} ms)`);
  } catch (problem) {
    failed += 1;
    console.log(`FAIL - ${name} (${Date.now() - begun} ms)\n${problem.stack ?? problem}`);
  }
}

exports.run = async function run() {
  const root = vscode.workspace.workspaceFolders[0].uri;
  const uri = vscode.Uri.joinPath(root, cases.document);
  const settings = () => vscode.workspace.getConfiguration("postlint");
  const call = (command, ...given) => vscode.commands.executeCommand(command, ...given);
  const codeOf = (one) => one.code?.value ?? one.code;
  const read = (name) => fs.readFileSync(path.join(root.fsPath, name), "utf8");
  let document;
  let api;
  const place = (needle) => {
    const offset = document.getText().indexOf(needle);
    assert.ok(offset >= 0, `no ${needle}`);
    return document.positionAt(offset);
  };
  const findings = (wanted) =>
    until(`${wanted} findings`, () => {
      const found = vscode.languages.getDiagnostics(uri).filter((one) => one.source === "postlint");
      found.sort((a, b) => a.range.start.compareTo(b.range.start));
      return found.length === wanted && found;
    });
  const revert = async () => {
    await vscode.window.showTextDocument(document);
    await call("workbench.action.files.revert");
  };

  await test("it starts with the bundled server", async () => {
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    api = await vscode.extensions.getExtension("postlint.postlint").activate();
    await until("a running client", () => api.server.client?.isRunning());
    assert.equal(api.server.client.initializeResult.serverInfo.name, "postlint");
    assert.ok(!process.env.POSTLINT_PATH && !(process.env.PATH ?? "").split(":").some((one) => fs.existsSync(path.join(one, "postlint"))));
    assert.equal(api.server.client.initializeResult.capabilities.positionEncoding, "utf-16");
  });

  await test("findings stand at their words, behind wide characters too", async () => {
    const found = await findings(cases.diagnostics.length);
    cases.diagnostics.forEach((wanted, at) => {
      assert.equal(codeOf(found[at]), wanted.code);
      assert.equal(found[at].severity, wanted.severity - 1);
      assert.deepEqual(found[at].range.start, place(wanted.text));
      assert.match(found[at].code.target.toString(), new RegExp(`${wanted.code}$`));
    });
  });

  await test("the status says how many findings of which rules, and whose verdict they are", async () => {
    const item = api.status.item;
    await until("the status", () => item.text === `postlint: ${cases.diagnostics.length} findings (Hexo)`);
    for (const { code } of cases.diagnostics) assert.ok(item.detail.includes(code), item.detail);
    await until("the site", () => item.detail.startsWith("Hexo, 3 posts"));
  });

  await test("hovers tell what the generator makes, and show pictures", async () => {
    for (const one of cases.hover) {
      await until(`the hover of ${one.at}`, async () => {
        const hovers = await call("vscode.executeHoverProvider", uri, place(one.at));
        const text = hovers.flatMap((hover) => hover.contents.map((content) => content.value ?? content)).join("\n");
        return one.says.every((word) => text.includes(word));
      });
    }
  });

  await test("a quick fix mends the line", async () => {
    const [finding] = await findings(cases.diagnostics.length);
    const action = await until("the quick fix", async () => {
      const found = await call("vscode.executeCodeActionProvider", uri, finding.range, "quickfix", 20);
      return found?.find((one) => one.title === cases.quickFix.title && one.edit);
    });
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.ok(document.getText().split("\n").includes(cases.quickFix.line));
    await revert();
  });

  await test("a tag of the site is completed", async () => {
    const wanted = cases.completion;
    const edit = new vscode.WorkspaceEdit();
    const line = document.lineAt(place(wanted.line).line);
    edit.replace(uri, line.range, wanted.typed + wanted.rest);
    await vscode.workspace.applyEdit(edit);
    const at = new vscode.Position(line.lineNumber, wanted.typed.length);
    const item = await until("the proposal", async () => {
      const list = await call("vscode.executeCompletionItemProvider", uri, at);
      return list.items.find((one) => (one.label.label ?? one.label) === wanted.item && one.range);
    });
    const editor = await vscode.window.showTextDocument(document);
    await editor.insertSnippet(new vscode.SnippetString(item.insertText?.value ?? item.insertText), item.range.replacing ?? item.range);
    assert.equal(document.lineAt(line.lineNumber).text, wanted.becomes);
    await revert();
  });

  await test("safe fixes are made on save, by the setting and by code actions", async () => {
    await findings(cases.diagnostics.length);
    const touch = async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, document.lineAt(document.lineCount - 1).range.end, " ");
      await vscode.workspace.applyEdit(edit);
    };
    await settings().update("fixAllOnSave", true, vscode.ConfigurationTarget.Workspace);
    await touch();
    await document.save();
    const text = read(cases.document);
    assert.ok(text.includes(cases.fixAll.line), text);
    assert.ok(text.includes("adsbygoogle"), "what needs consent stays");
    await settings().update("fixAllOnSave", undefined, vscode.ConfigurationTarget.Workspace);
  });

  await test("settings reach the server while it runs", async () => {
    await settings().update("ignore", ["ad-unit"], vscode.ConfigurationTarget.Workspace);
    await until("one finding less", () => {
      const codes = vscode.languages.getDiagnostics(uri).map(codeOf);
      return codes.includes("date-invalid") && !codes.includes("ad-unit");
    });
    await settings().update("ignore", undefined, vscode.ConfigurationTarget.Workspace);
    await until("it again", () => vscode.languages.getDiagnostics(uri).map(codeOf).includes("ad-unit"));
  });

  await test("links, symbols, lenses and hints are there", async () => {
    const night = vscode.Uri.joinPath(root, "source/_posts/夜读.md");
    await vscode.workspace.openTextDocument(night);
    const links = await until("links", async () => {
      const found = await call("vscode.executeLinkProvider", night);
      return found.some((one) => one.target?.path.endsWith("canal.md")) && found;
    });
    assert.ok(links.length >= 1);
    await until("lenses", async () => (await call("vscode.executeCodeLensProvider", night)).some((one) => /posts: 生活/.test(one.command?.title)));
    const range = new vscode.Range(0, 0, 9, 0);
    await until("hints", async () => (await call("vscode.executeInlayHintProvider", night, range)).some((one) => one.label === "2023-05-02T12:15:00Z"));
    await until("symbols", async () => (await call("vscode.executeWorkspaceSymbolProvider", "图书馆")).length > 0);
  });

  await test("a tag is renamed in every post", async () => {
    const edit = await until("the edit", async () => {
      const found = await call("vscode.executeDocumentRenameProvider", uri, place(cases.rename.at), cases.rename.name);
      return found?.entries().length === Object.keys(cases.rename.files).length && found;
    });
    assert.ok(await vscode.workspace.applyEdit(edit));
    await vscode.workspace.saveAll();
    for (const [name, lines] of Object.entries(cases.rename.files)) {
      await until(`${lines} in ${name}`, async () => {
        await vscode.workspace.saveAll();
        const text = read(name).split("\n");
        return lines.every((line) => text.includes(line));
      });
    }
  });

  await test("a renamed post is followed by the links to it", async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(vscode.Uri.joinPath(root, "source/_posts/夜读.md"), vscode.Uri.joinPath(root, "source/_posts/馆.md"));
    assert.ok(await vscode.workspace.applyEdit(edit));
    const canal = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root, "source/_posts/canal.md"));
    await until("the new name", () => canal.getText().includes("{% post_link 馆 %}"));
    const folder = new vscode.WorkspaceEdit();
    folder.renameFile(vscode.Uri.joinPath(root, "source/images"), vscode.Uri.joinPath(root, "source/bilder"));
    assert.ok(await vscode.workspace.applyEdit(folder));
    await until("the pictures of a renamed folder", () => document.getText().includes("cover: /bilder/lock.png") && document.getText().includes("](/bilder/lock.png)"));
  });

  await test("it is restarted, and ends when it is switched off", async () => {
    const before = api.server.client;
    await call("postlint.restart");
    await until("another client", () => api.server.client !== before && api.server.client?.isRunning());
    await findings(2);
    await settings().update("enable", false, vscode.ConfigurationTarget.Workspace);
    await until("its end", () => api.server.client === undefined);
    await until("no findings", () => vscode.languages.getDiagnostics(uri).every((one) => one.source !== "postlint"));
    await settings().update("enable", undefined, vscode.ConfigurationTarget.Workspace);
    await until("it again", () => api.server.client?.isRunning());
  });

  await test("the setting names the program, and is named where it leads nowhere", async () => {
    const bundled = path.join(vscode.extensions.getExtension("postlint.postlint").extensionPath, "server/postlint");
    const set = (value) => settings().update("path", value, vscode.ConfigurationTarget.Global);
    await set("~/no such place/postlint");
    await until("the trouble", () => /no such place.* is no program.*"postlint\.path"/.test(api.server.trouble));
    assert.equal(api.server.client, undefined);
    assert.match(api.status.item.text, /not running/);
    assert.ok(api.server.trouble.includes(os.homedir()), api.server.trouble);
    fs.symlinkSync(bundled, path.join(os.homedir(), "my-postlint"));
    await set("~/my-postlint");
    await until("a running client", () => api.server.client?.isRunning() && !api.server.trouble);
    await set(undefined);
    await until("the bundled one", () => api.server.client?.isRunning());
  });

  const summary = `${passed} passed, ${failed} failed`;
  console.log(summary);
  fs.writeFileSync(process.env.RESULT_FILE, JSON.stringify({ passed, failed }));
  if (failed) throw new Error(summary);
};
