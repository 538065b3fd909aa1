// Runs host/suite.js inside the extension host of a real VS Code, on the extension as it is shipped ($VSIX).
import fs from "node:fs";
import path from "node:path";
import { Code, here } from "./code.mjs";

const code = new Code();
const result = path.join(code.folder, "result.json");
code.env.RESULT_FILE = result;
code.env.CASES = path.join(path.dirname(path.dirname(here)), "cases.json");
let status = 1;
try {
  code.install(process.env.VSIX);
  // Without the driver a built VS Code silently ignores the tests named below.
  await code.start("--vscode-option", "enable-smoke-test-driver");
  const done = new Promise((done, fail) => {
    setTimeout(() => fail(new Error("no result in time")), 180000).unref();
    code.page.exposeFunction("codeAutomationExit", done);
  });
  await code.page.exposeFunction("codeAutomationLog", (_, words) => {
    if (/^(ok|FAIL| {4}|\d+ passed)/.test(String(words[0]))) console.log(words.join(" "));
  });
  // code-server's remote is called `remote`, whatever its address.
  const remote = (file) => `vscode-remote://remote${file}`;
  const tests = path.join(here, "host");
  const payload = [["extensionDevelopmentPath", remote(tests)], ["extensionTestsPath", remote(path.join(tests, "suite.js"))], ["skipWelcome", "true"]];
  await code.open(`&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const exit = await done;
  if (!fs.existsSync(result)) throw new Error(`the extension host ended with ${exit} and wrote no result`);
  status = exit === 0 && JSON.parse(fs.readFileSync(result, "utf8")).failed === 0 ? 0 : 1;
} catch (problem) {
  console.log(problem.stack);
  if (code.child) console.log(code.log());
} finally {
  await code.stop();
}
process.exit(status);
