// Writes the schema of postlint.toml as the program that is packaged tells it.
import { execFileSync } from "node:child_process";
import fs from "node:fs";

const program = ["server/postlint", "server/postlint.exe"].find((file) => fs.existsSync(file)) ?? "postlint";
fs.mkdirSync("schemas", { recursive: true });
fs.writeFileSync("schemas/postlint.json", execFileSync(program, ["settings-schema"]));
