// Turns a screen that tmux kept with its colours (*.ansi) into a picture: node picture.mjs SCREEN.ansi PICTURE.png
import fs from "node:fs";
import { createRequire } from "node:module";

const { chromium } = createRequire(process.env.PLAYWRIGHT_FROM ?? import.meta.url)("playwright-core");
const [, , screen, picture] = process.argv;

const PLAIN = ["#0b0c10", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#dcdfe4",
  "#5c6370", "#ff7b86", "#b5e890", "#ffd68a", "#82c7ff", "#e19bff", "#7fdde9", "#ffffff"];

function indexed(number) {
  if (number < 16) return PLAIN[number];
  if (number > 231) return `rgb(${Array(3).fill(8 + (number - 232) * 10)})`;
  const part = (value) => (value ? 55 + value * 40 : 0);
  const rest = number - 16;
  return `rgb(${[Math.floor(rest / 36), Math.floor(rest / 6) % 6, rest % 6].map(part)})`;
}

function styled(codes, style) {
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at];
    const extended = () => {
      if (codes[at + 1] === 5) { at += 2; return indexed(codes[at]); }
      at += 4;
      return `rgb(${codes.slice(at - 2, at + 1)})`;
    };
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 4) style.under = true;
    else if (code === 7) style.reverse = true;
    else if (code === 22) style.bold = false;
    else if (code === 24) style.under = false;
    else if (code === 27) style.reverse = false;
    else if (code === 38) style.ink = extended();
    else if (code === 39) style.ink = undefined;
    else if (code === 48) style.paper = extended();
    else if (code === 49) style.paper = undefined;
    else if (code >= 30 && code <= 37) style.ink = PLAIN[code - 30];
    else if (code >= 40 && code <= 47) style.paper = PLAIN[code - 40];
    else if (code >= 90 && code <= 97) style.ink = PLAIN[code - 82];
    else if (code >= 100 && code <= 107) style.paper = PLAIN[code - 92];
  }
  return style;
}

let style = {};
const escape = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const html = fs.readFileSync(screen, "utf8").split(/(\x1b\[[0-9;:]*m)/).map((piece) => {
  const codes = /^\x1b\[([0-9;:]*)m$/.exec(piece);
  if (codes) {
    // `4:3` is a curly underline.
    style = styled(codes[1].split(";").map((code) => Number.parseInt(code || "0", 10)), { ...style });
    return "";
  }
  const [ink, paper] = style.reverse ? [style.paper ?? "#14161b", style.ink ?? "#e0e2ea"] : [style.ink ?? "#e0e2ea", style.paper ?? "transparent"];
  const more = `${style.bold ? "font-weight:bold;" : ""}${style.under ? "text-decoration:underline;" : ""}`;
  return `<span style="color:${ink};background:${paper};${more}">${escape(piece)}</span>`;
}).join("");

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1000, height: 600 } });
await page.setContent(`<pre style="margin:0;padding:12px;display:inline-block;background:#14161b;font:14px/1.3 'DejaVu Sans Mono','WenQuanYi Zen Hei Mono',monospace">${html}</pre>`);
await page.locator("pre").screenshot({ path: picture });
await browser.close();
