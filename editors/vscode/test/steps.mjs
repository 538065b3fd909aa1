// What a person does in VS Code, step by step, in a blog that is open in it; each step needs the one before.
import fs from "node:fs";
import path from "node:path";
import { here } from "./code.mjs";
import { until } from "./host/until.js";

/** Milliseconds; a machine that is busy with other work shows everything, but late. */
export const PATIENCE = 45000;

const OUT = process.env.OUT ?? path.join(here, "../out");

/** Does `steps(test)` with the extension ($VSIX) in `code`; ends the process with 1 when one of them failed, whose picture is then `failed` ($OUT). */
export async function walk(code, failed, steps) {
  const count = { passed: 0, failed: 0 };
  const test = async (what, body) => {
    if (count.failed) return;
    const begun = Date.now();
    try {
      await body();
      count.passed += 1;
      console.log(`ok   - ${what} (${Date.now() - begun} ms)`);
    } catch (problem) {
      count.failed += 1;
      console.log(`FAIL - ${what} (${Date.now() - begun} ms)\n${problem.stack ?? problem}`);
      await shot(code, failed).catch(() => {});
    }
  };
  try {
    await test("the workbench opens", async () => {
      code.install(process.env.VSIX);
      await code.start();
      await code.open();
      await code.page.waitForSelector(".explorer-folders-view .monaco-list-row", { timeout: 90000 });
    });
    await steps(test);
  } finally {
    if (count.failed && code.child) console.log(code.log());
    await code.stop();
  }
  console.log(`${count.passed} passed, ${count.failed} failed`);
  process.exit(count.failed ? 1 : 0);
}

/**
 * Rests the pointer on the first line with `words`, `x` pixels from its start, until `shown` is said there. An editor that is still opening
 * asks nobody what to say, and asks again only when the pointer comes back.
 */
export async function point(code, words, x, shown) {
  const line = code.page.locator(".monaco-editor .view-line", { hasText: words }).first();
  const rests = async () => {
    await code.page.mouse.move(5, 5);
    const box = await line.boundingBox();
    await code.page.mouse.move(box.x + x, box.y + box.height / 2);
    await code.page.locator(".monaco-hover", { hasText: shown }).first().waitFor({ timeout: 5000 });
    return true;
  };
  await until(`${shown} under the pointer`, rests, PATIENCE);
}

/** A picture of what is seen. */
export function shot(code, picture) {
  fs.mkdirSync(OUT, { recursive: true });
  return code.page.screenshot({ path: path.join(OUT, `${picture}.png`) });
}

/** Has `key` open a list, types `words` and takes the entry that has them. */
export async function pick(code, key, words) {
  await code.page.keyboard.press(key);
  await code.page.waitForSelector(".quick-input-widget input", { state: "visible" });
  await code.page.keyboard.type(words);
  await code.page.locator(".quick-input-list .monaco-list-row", { hasText: words }).first().waitFor({ timeout: PATIENCE });
  await code.page.keyboard.press("Enter");
}
