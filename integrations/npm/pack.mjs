// Packs for npm: `node pack.mjs main OUT` the package that people install, `node pack.mjs linux-x64 PROGRAM OUT` the one with the program
// of a platform. The version is Cargo's.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../..");
const version = /^version = "([^"]+)"/m.exec(fs.readFileSync(path.join(root, "Cargo.toml"), "utf8"))[1];
const main = JSON.parse(fs.readFileSync(path.join(here, "package.json"), "utf8"));
const [what, ...rest] = process.argv.slice(2);
const out = path.resolve(rest.pop());
const stage = fs.mkdtempSync(path.join(os.tmpdir(), "postlint-npm-"));
const put = (from, name = path.basename(from)) => fs.copyFileSync(from, path.join(stage, name));

for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) put(path.join(root, licence));
let manifest;
if (what === "main") {
  put(path.join(root, "README.md"));
  fs.cpSync(path.join(here, "bin"), path.join(stage, "bin"), { recursive: true });
  const optionalDependencies = Object.fromEntries(Object.keys(main.optionalDependencies).map((name) => [name, version]));
  manifest = { ...main, version, optionalDependencies };
} else {
  const name = `@postlint/${what}`;
  if (!(name in main.optionalDependencies)) throw new Error(`${name} is none of ${Object.keys(main.optionalDependencies)}`);
  const [system, processor] = what.split("-");
  const program = system === "win32" ? "postlint.exe" : "postlint";
  put(rest[0], program);
  fs.chmodSync(path.join(stage, program), 0o755);
  const { license, homepage, repository } = main;
  const description = `The program of postlint for ${system} on ${processor}; install \`postlint\` instead`;
  manifest = { name, version, description, license, homepage, repository, os: [system], cpu: [processor], files: [program], preferUnplugged: true };
}
fs.writeFileSync(path.join(stage, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
fs.mkdirSync(out, { recursive: true });
execFileSync(process.platform === "win32" ? "npm.cmd" : "npm", ["pack", "--silent", "--pack-destination", out], {
  cwd: stage,
  stdio: "inherit",
  shell: process.platform === "win32",
});
fs.rmSync(stage, { recursive: true });
