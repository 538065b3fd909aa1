#!/usr/bin/env node
'use strict';
// What the real Hexo makes of posts. Reads one JSON object a line on standard input:
//   {"file": name to report, "from": path of the bytes, "path": path below `source`, "config": {...} or absent}
// and writes one verdict a line. Run it where Hexo is installed: `node hexo.js DIRECTORY_WITH_NODE_MODULES`.
// `{"dates": ["text", ...]}` as a line asks for Date.parse and the value of an unquoted `date: text` instead.

process.env.TZ = process.env.TZ || 'UTC';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { createRequire } = require('module');

const home = path.resolve(process.argv[2] || '.');
const required = createRequire(path.join(home, 'package.json'));
const Hexo = required('hexo');
const fromHexo = createRequire(required.resolve('hexo'));
const frontMatter = fromHexo('hexo-front-matter');
const { toDate } = fromHexo('./../plugins/processor/common');

const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York'];

function plain(value) {
  if (value === undefined) return { $undefined: true };
  if (value instanceof Date) return { $date: Number.isNaN(value.valueOf()) ? null : value.toISOString() };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $num: String(value) };
  if (value instanceof Uint8Array) return { $binary: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(plain);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  return value;
}

const iso = moment => moment == null || Number.isNaN(moment.valueOf()) ? null : new Date(moment.valueOf()).toISOString();

/** The front matter alone. */
function block(text, verdict) {
  const parts = frontMatter.split(text);
  const has = parts.data !== undefined;
  const start = has ? (parts.prefixSeparator ? 2 : 1) : null;
  verdict.block = has ? { separator: parts.separator, start_line: start, lines: parts.data.split('\n').length } : null;
  try {
    const { _content, ...data } = frontMatter.parse(text);
    verdict.parse_ok = true;
    verdict.error = null;
    verdict.has_front_matter = has && _content !== text;
    verdict.data = plain(data);
  } catch (error) {
    verdict.parse_ok = false;
    verdict.has_front_matter = false;
    verdict.error = { name: error.name, message: String(error.message).split('\n')[0], reason: error.reason };
    if (error.mark) Object.assign(verdict.error, { line: error.mark.line + start, column: error.mark.column + 1 });
  }
}

class Site {
  static async open(config) {
    const site = new Site();
    site.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'verdicts-hexo-'));
    fs.mkdirSync(path.join(site.folder, 'source', '_posts'), { recursive: true });
    fs.symlinkSync(path.join(home, 'node_modules'), path.join(site.folder, 'node_modules'));
    // Hexo loads its plugins only where package.json has a `hexo` of its own.
    const { dependencies } = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8'));
    const { version } = fromHexo('../../package.json');
    fs.writeFileSync(path.join(site.folder, 'package.json'), JSON.stringify({ name: 'site', hexo: { version }, dependencies }));
    const defaults = { title: 'T', url: 'http://example.com', future: true, timezone: '', theme: false };
    fs.writeFileSync(path.join(site.folder, '_config.yml'), JSON.stringify({ ...defaults, ...config }));
    site.hexo = new Hexo(site.folder, { silent: true });
    await site.hexo.init();
    for (const level of ['warn', 'error', 'fatal']) site.hexo.log[level] = () => {};
    return site;
  }

  empty() {
    for (const name of ['Post', 'PostAsset', 'PostCategory', 'PostTag', 'Category', 'Tag', 'Cache', 'Asset', 'Page']) {
      Object.assign(this.hexo.model(name), { data: {}, length: 0, dirty: true, _dataKeys: [] });
    }
    for (const relation of Object.values(this.hexo._binaryRelationIndex || {})) if (relation.load) relation.load();
    this.hexo.locals.invalidate();
  }

  names(category) {
    const names = [];
    for (let one = category; one; one = one.parent && this.hexo.model('Category').findById(one.parent)) names.unshift(one.name);
    return names;
  }

  async post(place, bytes) {
    const target = path.join(this.folder, 'source', place);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, bytes);
    const times = fs.statSync(target);
    this.empty();
    await this.hexo.source._processFile('create', place);
    const post = this.hexo.model('Post').toArray().find(one => one.source === place);
    fs.rmSync(target);
    if (!post) return { in_site: false };
    const isBirth = post.date && post.date.valueOf() === times.birthtime.getTime();
    const isChange = post.updated && post.updated.valueOf() === times.mtime.getTime();
    const made = {
      in_site: true,
      title: post.title,
      date: isBirth ? 'BIRTHTIME' : iso(post.date),
      updated: isChange ? 'MTIME' : iso(post.updated),
      layout: post.layout,
      comments: post.comments,
      published: post.published,
      slug: post.slug,
      categories: post.categories.toArray().map(one => this.names(one)),
      category_urls: post.categories.toArray().map(one => one.path),
      tags: post.tags.toArray().map(one => one.name),
      tag_urls: post.tags.toArray().map(one => one.path)
    };
    const undated = text => isBirth ? text.replace(/\d{4}\/\d{2}\/\d{2}\//, 'YYYY/MM/DD/') : text;
    try {
      made.path = undated(post.path);
      made.permalink = undated(post.permalink);
    } catch (error) {
      made.path_error = `${error.name}: ${error.message}`;
    }
    return made;
  }

  close() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a date string is: Date.parse of it, and the instant that an unquoted `date:` becomes. */
function date(text) {
  const verdict = { s: text, js: {}, plain: { ms: {} } };
  for (const zone of ZONES) {
    process.env.TZ = zone;
    const parsed = Date.parse(text);
    verdict.js[zone] = Number.isNaN(parsed) ? null : parsed;
    try {
      const given = frontMatter.parse(`date: ${text}\n---\n`).date;
      const made = given ? toDate(given) : null;
      verdict.plain.ms[zone] = made && !Number.isNaN(made.valueOf()) ? made.valueOf() : null;
    } catch {
      verdict.plain.ms[zone] = null;
    }
  }
  process.env.TZ = 'UTC';
  return verdict;
}

async function main() {
  const sites = new Map();
  const out = [];
  for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const task = JSON.parse(line);
    if (task.dates) {
      out.push(...task.dates.map(date));
      continue;
    }
    const verdict = { file: task.file };
    try {
      const bytes = fs.readFileSync(task.from);
      const text = bytes.toString('utf8').replace(/\r\n/g, '\n').replace(/^\ufeff/, '');
      block(text, verdict);
      const key = JSON.stringify(task.config || {});
      if (!sites.has(key)) sites.set(key, await Site.open(task.config || {}));
      verdict.site = await sites.get(key).post(task.path, bytes);
    } catch (error) {
      verdict.oracle_failure = String(error.stack);
    }
    out.push(verdict);
  }
  for (const site of sites.values()) site.close();
  // A pipe takes what it has room for.
  let bytes = Buffer.from(out.map(verdict => JSON.stringify(verdict) + '\n').join(''));
  while (bytes.length) {
    try {
      bytes = bytes.subarray(fs.writeSync(1, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

main().then(() => process.exit(0), error => {
  console.error(error);
  process.exit(1);
});
