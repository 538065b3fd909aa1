import { Disposable, l10n, languages, LanguageStatusItem, LanguageStatusSeverity, Uri, window } from "vscode";
import { ExecuteCommandRequest, State } from "vscode-languageclient/node";
import type { Server } from "./server";

const WORDS: Record<State, string> = {
  [State.Stopped]: l10n.t("not running"),
  [State.Running]: l10n.t("running"),
  [State.Starting]: l10n.t("starting"),
  [State.StartFailed]: l10n.t("did not start"),
};

/** What the server takes a post for; `root` and `posts` are null for a lone file. */
interface Site {
  generator: string;
  root: string | null;
  posts: number | null;
}

/** What stands behind the braces in the status bar: the server's state, the post's findings by rule, whose verdict they are. */
export class Status implements Disposable {
  readonly item: LanguageStatusItem;
  private readonly listeners: Disposable[];
  /** The site of the post that was last asked about. */
  private known: { uri: string; site: Site } | undefined;

  constructor(private readonly server: () => Server | undefined) {
    const selector = [{ language: "markdown" }, { language: "html" }];
    this.item = languages.createLanguageStatusItem("postlint", selector);
    this.item.name = "postlint";
    this.item.command = { command: "postlint.explainPost", title: l10n.t("What becomes of this post?") };
    this.listeners = [
      languages.onDidChangeDiagnostics((event) => {
        const active = window.activeTextEditor?.document.uri.toString();
        if (event.uris.some((uri) => uri.toString() === active)) void this.ask();
      }),
      window.onDidChangeActiveTextEditor(() => void this.ask()),
    ];
    this.show();
  }

  show(): void {
    const client = this.server()?.client;
    const state = client?.state ?? State.Stopped;
    const running = state === State.Running;
    const uri = window.activeTextEditor?.document.uri;
    const rules = counted(uri);
    const site = this.known?.uri === uri?.toString() ? this.known?.site : undefined;
    this.item.busy = state === State.Starting;
    this.item.severity = running || this.item.busy ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Error;
    this.item.text = running ? `postlint: ${total(rules)}${site ? ` (${site.generator})` : ""}` : `postlint: ${WORDS[state]}`;
    const posts = site?.posts ? l10n.t("{0}, {1} posts", site.generator, site.posts) : site?.generator;
    const told = [...rules].map(([rule, count]) => (count === 1 ? rule : `${rule} ×${count}`));
    this.item.detail = [posts, ...told, client?.initializeResult?.serverInfo?.version].filter(Boolean).join(" · ");
  }

  /** Ask the server what it takes the active post for, and show it. */
  private async ask(): Promise<void> {
    this.show();
    const client = this.server()?.client;
    const document = window.activeTextEditor?.document;
    if (!client?.isRunning() || !document || !["markdown", "html"].includes(document.languageId)) return;
    const given = [client.code2ProtocolConverter.asUri(document.uri)];
    try {
      const site: Site = await client.sendRequest(ExecuteCommandRequest.type, { command: "postlint.status", arguments: given });
      this.known = { uri: document.uri.toString(), site };
      this.show();
    } catch {
      // A post that was closed meanwhile, or a server that left: the next change asks again.
    }
  }

  dispose(): void {
    this.listeners.forEach((listener) => listener.dispose());
    this.item.dispose();
  }
}

/** How often each rule is broken in a post, the most frequent first. */
function counted(uri: Uri | undefined): Map<string, number> {
  const found = uri ? languages.getDiagnostics(uri).filter((one) => one.source === "postlint") : [];
  const counts = new Map<string, number>();
  for (const one of found) {
    const rule = String(typeof one.code === "object" ? one.code.value : one.code);
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}

function total(rules: Map<string, number>): string {
  const all = [...rules.values()].reduce((sum, count) => sum + count, 0);
  if (all === 1) return l10n.t("1 finding");
  return all ? l10n.t("{0} findings", all) : l10n.t("no findings");
}
