// read.mjs PACKAGES REPORTS: what readers written in JavaScript see in REPORTS/checkstyle and REPORTS/github is what was found.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, reports] = process.argv.slice(2);
const require = createRequire(join(packages, 'package.json'));
const report = (name) => readFileSync(join(reports, name), 'utf8');
const lines = (text) => text.trimEnd().split('\n');
const found = lines(report('json-lines')).map((line) => JSON.parse(line));
assert(found.length > 20);

const checkstyle = () => {
  const { parseCheckstyle } = require('danger-plugin-lint-report/dist/parse/checkstyle_parser.js');
  const read = parseCheckstyle(require('xml-js').xml2js(report('checkstyle')), '/nowhere/');
  // It leaves names and messages escaped; the messages are read by another reader.
  const told = read.map(({ file, line, column, severity }) => [file, line, column, severity]);
  const unescaped = (text) => text.replace(/&(lt|gt|quot|apos|amp|#(\d+));/g, (_, name, code) =>
    code ? String.fromCodePoint(code) : { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }[name]);
  assert.deepEqual(
    told.map(([file, ...rest]) => [unescaped(file), ...rest]),
    found.map(({ file, start, severity }) => [file, start.line, start.column, severity]),
  );
  return read.length;
};

// Each line is what GitHub's own toolkit writes for the same annotation.
const github = async () => {
  const core = await import(pathToFileURL(join(packages, 'node_modules/@actions/core/lib/core.js')));
  const told = lines(report('github'));
  assert.equal(told.length, found.length);
  const written = [];
  const write = process.stdout.write;
  process.stdout.write = (text) => written.push(text) > 0;
  try {
    for (const { file, code, severity, message, start, end } of found) {
      const annotation = { title: `postlint ${code}`, file, startLine: start.line, endLine: end.line };
      if (start.line === end.line) Object.assign(annotation, { startColumn: start.column, endColumn: end.column });
      const say = { error: core.error, warning: core.warning, info: core.notice }[severity];
      say(`${file}:${start.line}:${start.column}: ${code} ${message}`, annotation);
    }
  } finally {
    process.stdout.write = write;
  }
  // The order of the properties means nothing.
  const sorted = (line) => {
    const [, level, properties, data] = /^::(\w+) (.*?)::(.*)$/.exec(line);
    return [level, properties.split(',').sort(), data];
  };
  assert.deepEqual(told.map(sorted), written.map((line) => sorted(line.trimEnd())));
  return told.length;
};

console.log(`outputs: checkstyle: Danger's reader sees ${checkstyle()} findings`);
console.log(`outputs: github: GitHub's toolkit writes the same ${await github()} annotations`);
