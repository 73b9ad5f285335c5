/**
 * A change of the matrix, and how it is made and taken back.
 *
 * @typedef {object} Change
 * @property {Record<string, string | ((text: string) => string)>} [files]  new text, or what becomes of the text
 * @property {readonly string[]} [removed]
 * @property {Record<string, string>} [moved]   from -> to
 * @property {readonly string[]} [executable]   files that become executable
 * @property {Record<string, string>} [links]   a new symbolic link -> to where it leads
 * @property {Record<string, string>} [env]     environment of the process that hashes
 * @property {Record<string, string>} [tools]   what the stand-in of a tool answers
 * @property {Record<string, string>} [installed]  npm packages in node_modules, and their versions
 * @property {Record<string, string>} [outside] files beside the workspace: `cargo-home/config.toml`, `.cargo/config.toml`
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeTool } from './stand-ins.mjs';

/** Makes a change. @param {import('../rig/workspace.mjs').Workspace} workspace @param {Change} change */
export function make(workspace, { files = {}, removed = [], moved = {}, executable = [], links = {}, tools = {}, installed = {}, outside = {} }) {
  for (const [path, text] of Object.entries(files)) workspace.write({ [path]: typeof text === 'string' ? text : edited(workspace, path, text) });
  for (const path of removed) workspace.remove(path);
  for (const [from, to] of Object.entries(moved)) {
    mkdirSync(dirname(workspace.path(to)), { recursive: true });
    renameSync(workspace.path(from), workspace.path(to));
  }
  for (const path of executable) chmodSync(workspace.path(path), 0o755);
  for (const [path, to] of Object.entries(links)) {
    mkdirSync(dirname(workspace.path(path)), { recursive: true });
    symlinkSync(to, workspace.path(path));
  }
  for (const [name, answer] of Object.entries(tools)) writeTool(workspace.folder, name, answer);
  for (const [name, version] of Object.entries(installed)) workspace.write({ [`node_modules/${name}/package.json`]: `{ "name": "${name}",\n"version": "${version}" }\n` });
  for (const [path, text] of Object.entries(outside)) {
    mkdirSync(dirname(join(workspace.folder, path)), { recursive: true });
    writeFileSync(join(workspace.folder, path), `${workspace.outside?.[path] ?? ''}${text}`);
  }
}

/** Takes it back. */
export async function takeBack(workspace, { tools = {}, installed = {}, outside = {} }) {
  await workspace.run('git', ['reset', '-q', '--hard']);
  await workspace.run('git', ['clean', '-fdq']);
  for (const name of Object.keys(tools)) writeTool(workspace.folder, name);
  for (const name of Object.keys(installed)) workspace.remove(`node_modules/${name}`);
  for (const path of Object.keys(outside)) {
    const was = workspace.outside?.[path];
    if (was === undefined) rmSync(join(workspace.folder, path), { force: true });
    else writeFileSync(join(workspace.folder, path), was);
  }
}

/** An edit that changes nothing is a mistake of the row. */
function edited(workspace, path, edit) {
  const before = readFileSync(workspace.path(path), 'utf8');
  const after = edit(before);
  if (after === before) throw new Error(`the edit of ${path} changes nothing:\n${before}`);
  return after;
}

/** An edit: one text in the place of another. */
export const swap = (from, to) => (text) => text.replace(from, to);

/** An edit: text at the end. */
export const add = (more) => (text) => `${text}${more}`;
