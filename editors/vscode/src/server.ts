import * as fs from "node:fs";
import { l10n, LogOutputChannel, window, workspace } from "vscode";
import { Executable, LanguageClient, LanguageClientOptions, TransportKind } from "vscode-languageclient/node";
import { find } from "./program";

/** The one server of this window; starting again is the only way of starting. */
export class Server {
  client: LanguageClient | undefined;
  /** Why there is no server although one is wanted: what was told the user. */
  trouble: string | undefined;

  constructor(
    private readonly extension: string,
    readonly log: LogOutputChannel,
    private readonly changed: () => void,
  ) {}

  async start(): Promise<void> {
    await this.stop();
    this.trouble = undefined;
    const settings = workspace.getConfiguration("postlint");
    if (!settings.get<boolean>("enable", true)) {
      this.log.info("postlint.enable is off");
      this.changed();
      return;
    }
    const program = find(this.extension, settings.get<string>("path", ""));
    if (!program || !runs(program.command)) {
      const named = program
        ? l10n.t("`{0}` (from {1}) is no program", program.command, program.from)
        : l10n.t("no program was found");
      this.trouble = l10n.t('postlint: {0}. Set "postlint.path" to where it is.', named);
      this.log.error(named);
      this.changed();
      // Nobody waits for the answer: the settings may be mended before it is given.
      void window.showErrorMessage(this.trouble, l10n.t("Open Settings")).then((choice) => (choice ? openSetting() : undefined));
      return;
    }
    this.log.info(`${program.command} (${program.from})`);
    this.client = new LanguageClient("postlint", "postlint", executable(program.command), this.options());
    this.client.onDidChangeState(() => this.changed());
    try {
      await this.client.start();
    } catch (problem) {
      this.log.error(String(problem));
      void window.showErrorMessage(
        l10n.t('postlint: {0} did not start; see "postlint.path" and the log.', program.command),
      );
    }
    this.changed();
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A server that has died cannot be stopped, which is as good.
    await client?.dispose().catch(() => undefined);
  }

  private options(): LanguageClientOptions {
    const onType = workspace.getConfiguration("postlint").get("lint.run", "onType") === "onType";
    return {
      documentSelector: ["file", "untitled"].flatMap((scheme) =>
        ["markdown", "html"].map((language) => ({ scheme, language })),
      ),
      initializationOptions: workspace.getConfiguration("postlint"),
      synchronize: { configurationSection: "postlint" },
      outputChannel: this.log,
      diagnosticPullOptions: { onChange: onType, onSave: !onType, onTabs: true },
    };
  }
}

function executable(command: string): { run: Executable; debug: Executable } {
  const run: Executable = { command, args: ["server"], transport: TransportKind.stdio };
  return { run, debug: run };
}

function runs(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

async function openSetting(): Promise<void> {
  const { commands } = await import("vscode");
  await commands.executeCommand("workbench.action.openSettings", "postlint.path");
}
