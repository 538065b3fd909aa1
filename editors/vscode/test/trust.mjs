// A blog that nobody trusts: its settings name a program and a configuration of its own, and neither is used until somebody trusts it.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { Code, cases } from "./code.mjs";
import { until } from "./host/until.js";
import { PATIENCE, pick, point, walk } from "./steps.mjs";

const code = new Code({ asksTrust: true });
const name = path.basename(cases.document);
const marker = path.join(code.folder, "was-run");
const program = path.join(code.blog, "server.sh");
const silent = path.join(code.blog, "silent.toml");
fs.writeFileSync(program, `#!/bin/sh\necho "$@" >>'${marker}'\n`, { mode: 0o755 });
fs.writeFileSync(silent, 'ignore = ["all"]\n');
fs.mkdirSync(path.join(code.blog, ".vscode"));
const settings = { "postlint.path": program, "postlint.config": silent, "postlint.features": { remoteImages: true, hover: false } };
fs.writeFileSync(path.join(code.blog, ".vscode/settings.json"), JSON.stringify(settings));

/** The ids of the servers that run from the installed extension. */
function servers() {
  const all = spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).stdout.split("\n");
  const bundled = all.filter((line) => line.includes(`${path.join(code.folder, "ext")}/`) && /\/server\/postlint server/.test(line));
  return bundled.map((line) => Number.parseInt(line, 10));
}

const command = (words) => pick(code, "F1", words);

await walk(code, "trust-failed", async (test) => {
  const { page } = code;
  await test("the blog is in Restricted Mode", async () => {
    await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor({ timeout: PATIENCE });
  });
  await test("findings come from the bundled server, under settings that are not the blog's", async () => {
    await pick(code, "Control+KeyP", name);
    await page.waitForSelector(".monaco-editor .squiggly-error", { timeout: 60000 });
    if (servers().length !== 1) throw new Error(`${servers().length} bundled servers`);
  });
  await test("its features are not the blog's either", async () => {
    await point(code, "categories", 20, "生活 › 城市");
    await page.mouse.move(5, 5);
  });
  await test("nothing of the blog was run, not when the server is started again either", async () => {
    const [before] = servers();
    await command("postlint: Restart");
    await until("another start", () => servers().some((server) => server !== before), PATIENCE);
    if (fs.existsSync(marker)) throw new Error(`the blog's program was run: ${fs.readFileSync(marker, "utf8")}`);
  });
  // Without this, a test that names the setting wrongly would pass.
  await test("once it is trusted, its program is run", async () => {
    await command("Workspaces: Manage Workspace Trust");
    await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).first().click({ timeout: PATIENCE });
    await until("the program", () => fs.existsSync(marker), PATIENCE);
  });
});
