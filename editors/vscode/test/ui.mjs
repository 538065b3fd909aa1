// VS Code as a person sees it: keys and mouse in a headless Chromium, with pictures of what is seen ($OUT).
import fs from "node:fs";
import path from "node:path";
import { Code, cases, editors } from "./code.mjs";
import { until } from "./host/until.js";
import { PATIENCE, pick, point, shot as picture, walk } from "./steps.mjs";

const code = new Code();
const file = path.join(code.blog, cases.document);
const name = path.basename(file);
// The post of the README's picture: everything that a copied post can bring.
const twin = path.join(editors, "../fixtures/hexo/source/_posts/copied-from-a-feed.md");
fs.copyFileSync(twin, path.join(code.blog, "source/_posts", path.basename(twin)));
let page;

const shot = (name) => picture(code, name);
const rows = () => page.locator(".markers-panel .monaco-list-row");
const lines = async () => (await page.locator(".monaco-editor .view-line").allInnerTexts()).map((line) => line.replace(/\u00a0/g, " "));

const open = (name) => pick(code, "Control+KeyP", name);

/** The entry of the menu of quick fixes at a finding. A busy machine takes keys before the editor has come to the finding: it is asked again. */
async function quickFix(finding, title) {
  const action = page.locator(".action-widget .monaco-list-row").filter({ hasText: title }).first();
  await until(`"${title}"`, async () => {
    await page.keyboard.press("Escape");
    await rows().filter({ hasText: finding }).first().dblclick();
    await page.locator(".monaco-editor.focused").first().waitFor({ timeout: 3000 });
    await page.waitForTimeout(300);
    await page.keyboard.press("Control+Period");
    await action.waitFor({ timeout: 4000 });
    return true;
  }, PATIENCE);
  return action;
}

await walk(code, "failed", async (test) => {
  page = code.page;
  await test("findings are underlined and listed", async () => {
    await open(name);
    await page.waitForSelector(".monaco-editor .squiggly-error", { timeout: 60000 });
    await page.keyboard.press("Control+Shift+KeyM");
    await rows().filter({ hasText: "Hexo cannot read the date" }).first().waitFor({ timeout: PATIENCE });
    await page.keyboard.press("Control+KeyB");
    await page.waitForTimeout(500);
    await shot("findings");
  });
  await test("a quick fix is chosen by mouse", async () => {
    const action = await quickFix("Hexo cannot read the date", cases.quickFix.title);
    await shot("actions");
    await action.click();
    await until("the line", async () => (await lines()).includes(cases.quickFix.line), PATIENCE);
  });
  await test("a field is explained under the pointer", async () => {
    await point(code, "categories", 20, "生活 › 城市");
    await page.waitForTimeout(300);
    await shot("hover");
    await page.mouse.move(5, 5);
    await point(code, "cover:", 120, "32 × 20");
    await page.waitForTimeout(500);
    await shot("picture");
    await page.mouse.move(5, 5);
  });
  await test("a tag is completed by typing alone", async () => {
    await page.locator(".monaco-editor .view-line", { hasText: "tags:" }).first().click();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(", w");
    await page.locator(".suggest-widget.visible .monaco-list-row", { hasText: cases.completion.item }).first().waitFor({ timeout: PATIENCE });
    await shot("completion");
    await page.keyboard.press("Enter");
    await until("the tag", async () => (await lines()).includes(cases.completion.becomes), PATIENCE);
  });
  await test("a category is completed by typing its first Chinese letter", async () => {
    await page.locator(".monaco-editor .view-line", { hasText: "- [生活, 城市]" }).first().click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("- 生");
    await page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "生活" }).first().waitFor({ timeout: PATIENCE });
    await page.keyboard.press("Enter");
    await until("the category", async () => (await lines()).some((line) => /^ +- 生活$/.test(line)), PATIENCE);
    await page.keyboard.press("Control+Shift+KeyK");
  });
  await test("prose is left in peace", async () => {
    await page.locator(".monaco-editor .view-line", { hasText: "再见" }).first().click();
    await page.keyboard.press("End");
    await page.keyboard.type("生");
    await page.waitForTimeout(1500);
    if (await page.locator(".suggest-widget.visible .monaco-list-row").count()) throw new Error("words are proposed in prose");
    await page.keyboard.press("Backspace");
  });
  await test("the removal of an ad is looked at before it is made", async () => {
    const action = await quickFix("is an ad slot", "Remove the ad unit");
    await action.click();
    // Edits that need consent open the preview of refactorings.
    const preview = page.locator(".refactor-preview, .bulk-edit-panel").first();
    await preview.waitFor({ timeout: PATIENCE });
    await page.locator(".bulk-edit-panel .monaco-list-row", { hasText: name }).first().waitFor({ timeout: PATIENCE });
    await page.waitForTimeout(800);
    await shot("preview");
    await page.keyboard.press("Escape");
    await page.locator(".bulk-edit-panel .monaco-button", { hasText: "Discard" }).first().click({ timeout: 3000 }).catch(() => {});
  });
  await test("saving writes what was mended", async () => {
    await page.locator(".monaco-editor .view-lines").first().click();
    await page.keyboard.press("Control+KeyS");
    await until("the file", () => fs.readFileSync(file, "utf8").includes(`\n${cases.quickFix.line}\n`), PATIENCE);
  });
  await test("the status tells of rules and generator", async () => {
    await page.locator('[id="status.languageStatus"]').hover();
    await page.locator(".hover-language-status", { hasText: /postlint: \d+ findings? \(Hexo\)/ }).first().waitFor({ timeout: PATIENCE });
    await page.waitForTimeout(300);
    await shot("status");
    await page.mouse.move(5, 5);
  });
  await test("a copied post is underlined wherever something came with it", async () => {
    await open(path.basename(twin));
    // The list shows as many rows as fit: the errors, which come first, and how many there are in all.
    for (const wanted of ["cannot read the date", "as source code", "is an ad slot"]) {
      await rows().filter({ hasText: wanted }).first().waitFor({ timeout: PATIENCE });
    }
    const count = await rows().filter({ hasText: path.basename(twin) }).first().locator(".monaco-count-badge").innerText();
    if (Number(count) < 12) throw new Error(`${count} findings`);
    await page.waitForTimeout(800);
    await shot("twin");
  });
});
