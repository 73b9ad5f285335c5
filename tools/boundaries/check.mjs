/** Holds source files against the tables in `rules.mjs`. Pure: files in, breaches out. */
import { posix } from 'node:path';
import * as rules from './rules.mjs';
import { blank, importsOf, lineOf } from './source.mjs';

/**
 * @typedef {{file: string, line?: number, rule: string}} Breach  `file` as shown to the user
 */

/**
 * Checks the source folder of the package.
 * @param {ReadonlyMap<string, string>} files  path relative to src -> text
 * @returns {Breach[]}
 */
export function checkSources(files) {
  const breaches = [];
  /** folder -> folder -> the first file and line that imports it */
  const edges = new Map();
  for (const [file, text] of files) {
    const folder = folderOf(file);
    const report = (rule, line) => breaches.push({ file: `packages/nx-cargo-cross/src/${file}`, ...(line ? { line } : {}), rule });
    if (!known(folder)) report(`unknown folder "${folder}": add it to LAYERS in tools/boundaries/rules.mjs, or move the file`);
    const code = blank(text);
    checkDefaultExport(file, code, report);
    if (isTest(file)) continue;
    checkThrow(file, code, report);
    if (rules.PURE.has(folder)) checkPurity(code, report);
    for (const { from, line } of importsOf(text)) {
      if (!from.startsWith('.')) checkBare(file, folder, from, (rule) => report(rule, line));
      else {
        const target = folderOf(posix.join(posix.dirname(file), from));
        checkDirection(folder, target, (rule) => report(rule, line));
        if (target === folder) continue;
        const targets = edges.get(folder) ?? edges.set(folder, new Map()).get(folder);
        if (!targets.has(target)) targets.set(target, { file, line });
      }
    }
  }
  return [...breaches, ...mutualImports(edges)];
}

/**
 * Checks the length of files.
 * @param {ReadonlyMap<string, string>} files  path relative to the repository -> text
 * @returns {Breach[]}
 */
export function checkLengths(files) {
  const breaches = [];
  for (const [file, text] of files) {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    if (lines > rules.MAX_LINES && !rules.TABLES.has(file)) breaches.push({ file, rule: `${lines} lines; ${rules.MAX_LINES} are the limit: one concept per file` });
  }
  return breaches;
}

/** `graph/nodes/x.ts` -> `graph`; `index.ts` -> `index`. */
function folderOf(file) {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/(\.test)?\.[jt]s$/, '');
}

function isTest(file) {
  return file.endsWith('.test.ts') || folderOf(file) === rules.TESTKIT;
}

function levelOf(folder) {
  return rules.LAYERS.findIndex((row) => row.includes(folder));
}

function known(folder) {
  return levelOf(folder) >= 0 || folder === rules.SYSTEM || folder === rules.TESTKIT;
}

function checkDirection(folder, target, report) {
  if (target === folder || !known(target)) return;
  if (target === rules.TESTKIT) report('only tests import testkit');
  else if (target === rules.SYSTEM) {
    if (rules.PURE.has(folder)) report('pure code never imports system; take what is needed as an argument');
  } else if (folder === rules.SYSTEM) {
    if (levelOf(target) > levelOf(rules.SYSTEM_KNOWS_UP_TO)) report(`system knows nothing of ${target}`);
  } else if (levelOf(target) > levelOf(folder)) report(`${folder} imports ${target}, which lies above it`);
}

function checkBare(file, folder, from, report) {
  const kind = rules.PURE.has(folder) ? 'pure' : folder === rules.SYSTEM ? 'system' : levelOf(folder) === rules.LAYERS.length - 1 ? 'door' : 'edge';
  const allowed = [...rules.BARE_IMPORTS[kind], ...(rules.NX_ENTRY_FILES.has(file) ? ['@nx/devkit'] : [])];
  if (allowed.some((pattern) => (pattern.endsWith('*') ? from.startsWith(pattern.slice(0, -1)) : from === pattern))) return;
  report(`${folder} may not import "${from}" (allowed: ${allowed.join(', ')})`);
}

function checkPurity(code, report) {
  for (const { pattern, name, why } of rules.IMPURE_NAMES) {
    const match = pattern.exec(code);
    if (match) report(`pure code says ${name}: that is ${why}`, lineOf(code, match.index));
  }
}

function checkThrow(file, code, report) {
  if (rules.MAY_THROW.has(file)) return;
  for (const match of code.matchAll(/(?<![.\w$])throw\b(?!\s*[:(]?\s*\))/g)) report('throw means a bug of ours: return a failure, or call internalError', lineOf(code, match.index));
}

function checkDefaultExport(file, code, report) {
  if (rules.DEFAULT_EXPORT_FILES.has(posix.basename(file))) return;
  const match = /\bexport\s+default\b|\bas\s+default\b/.exec(code);
  if (match) report('no default exports but where Nx asks for one', lineOf(code, match.index));
}

/** Two folders of one row that import each other. */
function mutualImports(edges) {
  const breaches = [];
  for (const [folder, targets] of edges) {
    for (const [target, { file, line }] of targets) {
      if (folder < target || !edges.get(target)?.has(folder) || levelOf(folder) < 0 || levelOf(folder) !== levelOf(target)) continue;
      const back = edges.get(target).get(folder);
      breaches.push({ file: `packages/nx-cargo-cross/src/${file}`, line, rule: `${folder} and ${target} import each other (the other way: ${back.file}:${back.line})` });
    }
  }
  return breaches;
}
