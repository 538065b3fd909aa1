// A real VS Code for tests: code-server on loopback, looked at by a headless Chromium, everything of it in one temporary folder.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { until } from "./host/until.js";

const ENTRY = process.env.CODE_SERVER_ENTRY;
const { chromium } = createRequire(process.env.PLAYWRIGHT_FROM ?? import.meta.url)("playwright-core");
export const here = path.dirname(new URL(import.meta.url).pathname);
export const editors = path.dirname(path.dirname(here));
export const cases = JSON.parse(fs.readFileSync(path.join(editors, "cases.json"), "utf8"));

const freePort = () =>
  new Promise((done, fail) => {
    const socket = net.createServer();
    socket.on("error", fail);
    socket.listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => done(port));
    });
  });

export class Code {
  /** `asksTrust`: the blog is opened in Restricted Mode, without a question, until somebody trusts it. */
  constructor({ asksTrust = false } = {}) {
    this.asksTrust = asksTrust;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "postlint-code-"));
    this.blog = path.join(this.folder, "blog");
    fs.cpSync(path.join(editors, "fixture"), this.blog, { recursive: true });
    for (const name of ["user/User", "user/Machine"]) fs.mkdirSync(path.join(this.folder, name), { recursive: true });
    fs.writeFileSync(path.join(this.folder, "config.yaml"), "auth: none\ncert: false\n");
    const settings = {
      "security.workspace.trust.enabled": asksTrust,
      "security.workspace.trust.startupPrompt": "never",
      "workbench.startupEditor": "none",
      "workbench.tips.enabled": false,
      "workbench.welcomePage.walkthroughs.openOnInstall": false,
      "workbench.enableExperiments": false,
      "workbench.secondarySideBar.defaultVisibility": "hidden",
      "telemetry.telemetryLevel": "off",
      "update.mode": "none",
      "extensions.autoCheckUpdates": false,
      "extensions.autoUpdate": false,
      "extensions.ignoreRecommendations": true,
      "chat.disableAIFeatures": true,
      "git.enabled": false,
      "files.autoSave": "off",
      "editor.minimap.enabled": false,
      "editor.cursorBlinking": "solid",
      "window.confirmBeforeClose": "never",
    };
    fs.writeFileSync(path.join(this.folder, "user/User/settings.json"), JSON.stringify(settings));
    this.common = [ENTRY, "--user-data-dir", path.join(this.folder, "user"), "--extensions-dir", path.join(this.folder, "ext"),
      "--config", path.join(this.folder, "config.yaml")];
    // No gallery to ask, no postlint on the PATH: the bundled one must be found.
    const PATH = (process.env.PATH ?? "").split(":").filter((one) => !fs.existsSync(path.join(one, "postlint"))).join(":");
    this.env = { ...process.env, PATH, TMPDIR: this.folder, HOME: this.folder,
      EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":"","controlUrl":""}' };
    delete this.env.VSCODE_IPC_HOOK_CLI;
    delete this.env.POSTLINT_PATH;
  }

  install(vsix) {
    const ran = spawnSync(process.execPath, [...this.common, "--install-extension", vsix], { env: this.env, encoding: "utf8" });
    if (ran.status !== 0 || !/successfully installed/.test(ran.stdout + ran.stderr)) throw new Error(ran.stdout + ran.stderr);
  }

  async start(...more) {
    this.port = await freePort();
    const log = fs.openSync(path.join(this.folder, "code-server.log"), "w");
    this.child = spawn(process.execPath, [...this.common, "--auth", "none", "--bind-addr", `127.0.0.1:${this.port}`, "--disable-telemetry",
      "--disable-update-check", "--disable-getting-started-override", ...(this.asksTrust ? [] : ["--disable-workspace-trust"]), "--disable-proxy", ...more],
      { env: this.env, stdio: ["ignore", log, log], detached: true });
    await until("code-server", async () => (await fetch(`http://127.0.0.1:${this.port}/healthz`)).ok, 60000);
    this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"] });
    this.page = await this.browser.newPage({ viewport: { width: 1280, height: 800 } });
    await this.page.route((url) => url.hostname !== "127.0.0.1", (route) => route.abort());
  }

  open(query = "") {
    const address = `http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(this.blog)}${query}`;
    // The first page of a server that has just begun: on busy cores it takes longer than the usual half minute.
    return this.page.goto(address, { waitUntil: "domcontentloaded", timeout: 120000 });
  }

  log() {
    return fs.readFileSync(path.join(this.folder, "code-server.log"), "utf8").slice(-3000);
  }

  async stop() {
    await this.browser?.close().catch(() => {});
    if (this.child) {
      const gone = new Promise((done) => this.child.once("exit", done));
      const signal = (name) => {
        try {
          process.kill(-this.child.pid, name);
        } catch {
          // It has left already.
        }
      };
      signal("SIGTERM");
      await Promise.race([gone, new Promise((done) => setTimeout(done, 5000))]);
      signal("SIGKILL");
    }
    if (!process.env.KEEP) fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
