import { commands, Disposable, ExtensionContext, l10n, languages, Position, TextDocument, window, workspace, WorkspaceEdit } from "vscode";
import { CodeAction, CodeActionRequest, CodeActionResolveRequest, ExecuteCommandRequest, TextEdit } from "vscode-languageclient/node";
import { Server } from "./server";
import { Status } from "./status";

const FIX_ALL = "source.fixAll.postlint";

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<{ server: Server; status: Status }> {
  const log = window.createOutputChannel("postlint", { log: true });
  const status = new Status(() => server);
  server = new Server(context.extensionPath, log, () => status.show());
  const own = server;
  context.subscriptions.push(
    log,
    status,
    ...registered(own),
    workspace.onDidChangeConfiguration(async (event) => {
      const anew = ["path", "enable", "lint.run", "features"].some((name) => event.affectsConfiguration(`postlint.${name}`));
      if (anew) await own.start();
    }),
    workspace.onWillSaveTextDocument((event) => {
      const wanted = workspace.getConfiguration("postlint", event.document).get<boolean>("fixAllOnSave", false);
      if (wanted) event.waitUntil(safeFixes(own, event.document));
    }),
  );
  await own.start();
  return { server: own, status };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

function registered(server: Server): Disposable[] {
  const run = async (command: string, argument?: unknown) => {
    if (!server.client?.isRunning()) {
      void window.showWarningMessage(l10n.t("postlint is not running."));
      return undefined;
    }
    const params = { command, arguments: argument === undefined ? [] : [argument] };
    try {
      return await server.client.sendRequest(ExecuteCommandRequest.type, params);
    } catch (problem) {
      void window.showWarningMessage(`postlint: ${problem instanceof Error ? problem.message : problem}`);
      return undefined;
    }
  };
  const here = () => {
    const document = window.activeTextEditor?.document;
    return document && server.client?.code2ProtocolConverter.asUri(document.uri);
  };
  const on = (name: string, act: (...given: unknown[]) => unknown) => commands.registerCommand(`postlint.${name}`, act);
  return [
    on("restart", () => server.start()),
    on("showLog", () => server.log.show()),
    on("explainPost", () => run("postlint.explain", here())),
    on("cleanPost", () => run("postlint.cleanAds", here())),
    on("cleanWorkspace", () => run("postlint.cleanAdsInWorkspace")),
    on("openRulePage", async (code) => {
      const rule = typeof code === "string" ? code : await chosenRule();
      return rule ? run("postlint.openRule", rule) : undefined;
    }),
    on("fixPost", async () => {
      const document = window.activeTextEditor?.document;
      if (!document) return;
      const edit = new WorkspaceEdit();
      edit.set(document.uri, await safeFixes(server, document));
      await workspace.applyEdit(edit);
    }),
  ];
}

/** The rules of the findings in the active post, the one under the cursor first. */
async function chosenRule(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const cursor = editor?.selection.active ?? new Position(0, 0);
  const found = editor ? languages.getDiagnostics(editor.document.uri).filter((one) => one.source === "postlint") : [];
  found.sort((a, b) => Number(b.range.contains(cursor)) - Number(a.range.contains(cursor)));
  const codes = found.map((one) => String(typeof one.code === "object" ? one.code.value : one.code));
  return window.showQuickPick([...new Set(codes)], { placeHolder: l10n.t("Which rule?") });
}

/** The edits of every safe fix in a document; asked for anew where text or settings changed meanwhile. */
async function safeFixes(server: Server, document: TextDocument) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await askedFixes(server, document);
    } catch (problem) {
      if (tries === 3) throw problem;
    }
  }
}

async function askedFixes(server: Server, document: TextDocument) {
  const client = server.client;
  if (!client?.isRunning() || !["markdown", "html"].includes(document.languageId)) return [];
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const end = { line: document.lineCount, character: 0 };
  const found = await client.sendRequest(CodeActionRequest.type, {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end },
    context: { diagnostics: [], only: [FIX_ALL] },
  });
  const action = (found ?? []).find((one): one is CodeAction => "kind" in one && one.kind === FIX_ALL);
  if (!action) return [];
  const resolved = action.edit ? action : await client.sendRequest(CodeActionResolveRequest.type, action);
  const changes = resolved.edit?.documentChanges ?? [];
  const edits = changes.flatMap((change) => ("edits" in change ? (change.edits as TextEdit[]) : []));
  return client.protocol2CodeConverter.asTextEdits([...edits, ...(resolved.edit?.changes?.[uri] ?? [])]);
}
