import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const NAME = process.platform === "win32" ? "postlint.exe" : "postlint";

/** Where the program was found. */
export interface Program {
  command: string;
  /** For people: which of the places it came from. */
  from: "POSTLINT_PATH" | "postlint.path" | "bundled" | "PATH";
}

/** The program: `$POSTLINT_PATH` (for tests), the setting, the bundled one, the one on the PATH; undefined where there is none. */
export function find(extension: string, setting: string): Program | undefined {
  const forced = process.env.POSTLINT_PATH;
  if (forced) return { command: forced, from: "POSTLINT_PATH" };
  const named = setting.trim();
  if (named) return { command: expanded(named), from: "postlint.path" };
  const bundled = path.join(extension, "server", NAME);
  if (fs.existsSync(bundled)) return { command: bundled, from: "bundled" };
  // A relative folder would be looked for where the editor happens to stand: in a workspace that nobody trusts, perhaps.
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const found = folders.map((folder) => path.join(folder, NAME)).find((file) => fs.existsSync(file));
  return found ? { command: found, from: "PATH" } : undefined;
}

function expanded(file: string): string {
  return /^~[/\\]/.test(file) ? path.join(os.homedir(), file.slice(2)) : file;
}
