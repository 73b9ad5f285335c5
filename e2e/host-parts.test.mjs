/** Build scripts and procedural macros run on the machine that builds: they are compiled once for all platforms, that of the machine's own triple among them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { e2e } from './rig.mjs';

const FILES = {
  'rust/Cargo.toml': '[workspace]\nmembers = ["app"]\nresolver = "2"\n',
  'rust/app/Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nindoc = "2"\nlibc = "0.2"\n',
  'rust/app/build.rs': 'fn main() { println!("cargo:rerun-if-changed=build.rs"); }\n',
  'rust/app/src/main.rs': 'fn main() { println!("{} {}", indoc::indoc!("first"), unsafe { libc::getpid() } > 0); }\n',
};
const OWN = `${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux`;
const PLATFORMS = [OWN, `${OWN}-musl`, 'riscv64-linux'];
const OPTIONS = { platforms: PLATFORMS, backends: { '*': 'zig' } };

e2e('a platform with the triple of the machine has no part of the machine compiled again, and is linked by its backend', { files: FILES, options: OPTIONS }, async (workspace) => {
  await workspace.lock('rust');
  await workspace.commit();
  const first = await build(workspace, PLATFORMS);
  // Once for all: indoc, and the build scripts of libc and app.
  assert.deepEqual(compiledOf(first, 'indoc').length, 1, first);
  const versions = glibcVersions(workspace);
  assert.deepEqual([...versions].filter((minor) => minor > 17), [], 'zig was asked for glibc 2.17');
  workspace.write({ 'rust/app/src/main.rs': FILES['rust/app/src/main.rs'].replace('first', 'second') });
  for (const platform of [OWN, ...PLATFORMS]) {
    const text = await build(workspace, [platform]);
    const compiled = compiledOf(text, '\\S+');
    assert.ok(compiled.every((crate) => crate === 'app'), `${platform}: ${compiled}`);
  }
  assert.ok(readFileSync(workspace.path('dist/cross', OWN, 'app/app')).includes('second'));
});

e2e('another linker for the triple of the machine is noticed, though cargo is not told of it', { files: FILES, options: { ...OPTIONS, platforms: [OWN] } }, async (workspace) => {
  await workspace.lock('rust');
  await workspace.commit();
  await build(workspace, [OWN]);
  const before = JSON.parse(readFileSync(workspace.path('dist/cross', OWN, 'app/manifest.json'), 'utf8'));
  workspace.write({ 'rust/app/Cargo.toml': `${FILES['rust/app/Cargo.toml']}\n[package.metadata.nx-cargo-cross.platform.${OWN}]\nglibc = "2.34"\n` });
  const text = await build(workspace, [OWN]);
  assert.deepEqual(compiledOf(text, 'app'), ['app'], text);
  assert.ok(Math.max(...glibcVersions(workspace)) > 17, JSON.stringify(before));
});

/** Builds platforms anew as far as cargo does, and returns what was printed. */
async function build(workspace, platforms) {
  const { code, text } = await workspace.nx(['run-many', '-t', ...platforms.map((platform) => `cross-${platform}`), '--skip-nx-cache', '--output-style=static']);
  assert.equal(code, 0, text);
  return text;
}

function compiledOf(text, crate) {
  return [...text.matchAll(new RegExp(`^\\s*Compiling (${crate}) v`, 'gm'))].map(([, name]) => name);
}

/** Minor versions of the symbols that the program takes from glibc. */
function glibcVersions(workspace) {
  const bytes = readFileSync(workspace.path('dist/cross', OWN, 'app/app'), 'latin1');
  return new Set([...bytes.matchAll(/GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor)));
}
