/** Cargo.lock. */
import { swap } from '../change.mjs';
import { from, inWorkspace, NONE, of } from '../truth.mjs';
import { both } from './both.mjs';

/** A package's version, in one lock file. */
function bump(lock, name, version, next) {
  const at = new RegExp(`(\\[\\[package\\]\\]\\nname = "${name}"\\nversion = ")${version.replaceAll('.', '\\.')}`);
  const named = (text) => text.replaceAll(`"${name} ${version}"`, `"${name} ${next}"`);
  return { files: { [lock]: (text) => named(text.replace(at, `$1${next}`)) } };
}

/** The packages of a lock file the other way round. */
function reversed(text) {
  const [head, ...packages] = text.split('\n[[package]]\n');
  return [head, ...packages.reverse()].join('\n[[package]]\n').replace(/\n*$/, '\n');
}

const MAIN = inWorkspace('');
const main = (...names) => both(from(...names), MAIN);

/** @type {readonly import('../matrix.mjs').Row[]} */
export const LOCK = [
  { name: 'a bump of a package that some use', change: bump('Cargo.lock', 'itoa', '1.0.15', '1.0.16'), rebuilt: main('itoa@1.0.15') },
  { name: 'a bump of the other version of it', change: bump('Cargo.lock', 'itoa', '0.4.8', '0.4.9'), rebuilt: main('itoa@0.4.8') },
  { name: "a bump of a dev-dependency's package", change: bump('Cargo.lock', 'rand', '0.9.2', '0.9.3'), rebuilt: NONE },
  { name: 'a bump of a package below a procedural macro', change: bump('Cargo.lock', 'unicode-ident', '1.0.22', '1.0.23'), rebuilt: main('unicode-ident') },
  { name: 'a bump of a package below a build-dependency', change: bump('Cargo.lock', 'shlex', '1.3.0', '1.3.1'), rebuilt: main('shlex') },
  { name: 'a bump of a package that only Windows uses', change: bump('Cargo.lock', 'windows-link', '0.2.1', '0.2.2'), rebuilt: main('windows-link') },
  { name: 'a bump of a package that local crates use on Unix only', change: bump('Cargo.lock', 'libc', '0.2.177', '0.2.178'), rebuilt: main('libc') },
  { name: 'a bump of a package below an optional crate', change: bump('Cargo.lock', 'log', '0.4.28', '0.4.29'), rebuilt: main('log') },
  { name: 'a checksum', change: { files: { 'Cargo.lock': swap('01'.repeat(32), '91'.repeat(32)) } }, rebuilt: main('serde'), unbuilt: 'cargo refuses a package with another checksum' },
  { name: 'a git revision', change: { files: { 'Cargo.lock': swap(/#1{40}/g, `#${'2'.repeat(40)}`) } }, rebuilt: main('gitdep') },
  { name: 'a comment in Cargo.lock', change: { files: { 'Cargo.lock': swap('# It', '# Here. It') } }, rebuilt: NONE },
  { name: 'the order of packages in Cargo.lock', change: { files: { 'Cargo.lock': reversed } }, rebuilt: NONE },
  { name: "a bump in the second workspace's Cargo.lock", change: { files: { ...bump('tools/Cargo.lock', 'fnv', '1.0.7', '1.0.8').files, 'tools/third-party/fnv/Cargo.toml': swap('1.0.7', '1.0.8') } }, rebuilt: of('gen') },
  { name: "a bump in a lone crate's Cargo.lock", change: bump('alone/Cargo.lock', 'log', '0.4.28', '0.4.29'), rebuilt: of('alone') },
];
