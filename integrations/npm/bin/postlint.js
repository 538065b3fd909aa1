#!/usr/bin/env node
// Runs the program that npm installed for this platform; it is an optional dependency, so that only one of them is fetched.
"use strict";
const { spawn } = require("node:child_process");
const os = require("node:os");

const platform = `${process.platform}-${process.arch}`;
let program = process.env.POSTLINT_PROGRAM;
if (!program) {
  const file = process.platform === "win32" ? "postlint.exe" : "postlint";
  try {
    program = require.resolve(`@postlint/${platform}/${file}`);
  } catch {
    console.error(
      `postlint: the package @postlint/${platform} is not installed. Either there is no build for this platform, or optional ` +
        "dependencies were left out (`--omit=optional`, `--no-optional`). POSTLINT_PROGRAM may name a program to use instead.",
    );
    process.exit(2);
  }
}
// Not spawnSync: an editor that ends this process must end the server, too.
const child = spawn(program, process.argv.slice(2), { stdio: "inherit", windowsHide: true });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`postlint: ${program}: ${error.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => process.exit(signal ? 128 + (os.constants.signals[signal] ?? 0) : code));
