/** Libraries that no C library brings: FreeBSD's base system, which zig lacks, and one that is nowhere. */
import assert from 'node:assert/strict';
import { capture } from '../tools/lib/run.mjs';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const BASE = crate('processes', {
  main: `
use std::ffi::{c_char, c_int, c_void};
#[link(name = "kvm")]
extern "C" { fn kvm_openfiles(a: *const c_char, b: *const c_char, c: *const c_char, flags: c_int, errors: *mut c_char) -> *mut c_void; }
#[link(name = "geom")]
extern "C" { fn geom_stats_open() -> c_int; }
fn main() {
    let null = std::ptr::null();
    println!("{:?} {}", unsafe { kvm_openfiles(null, null, null, 0, std::ptr::null_mut()) }, unsafe { geom_stats_open() });
}
`,
});

e2e(
  "a program on libraries of FreeBSD's base system is linked to those that it calls, by their own names",
  { files: BASE, options: { platforms: ['x86_64-freebsd'], profile: 'dev' }, skip: lacking('readelf') },
  async (workspace) => {
    const { code, text } = await workspace.nx(['run', 'processes:cross-x86_64-freebsd']);
    assert.equal(code, 0, text);
    const { stdout } = capture('readelf', ['--dynamic', '--wide', workspace.path('dist/cross/x86_64-freebsd/processes/processes')]);
    const needed = [...stdout.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name);
    assert.deepEqual(needed.filter((name) => /kvm|geom|stat/.test(name)).sort(), ['libgeom.so.5', 'libkvm.so.7']);
  },
);

const NOWHERE = {
  ...crate('sniffer', {
    main: 'fn main() { unsafe { capture_sys::sniff() } }\n',
    manifest: '\n[dependencies]\ncapture-sys = { path = "../capture-sys" }\n',
    lock: false,
  }),
  'capture-sys/Cargo.toml': '[package]\nname = "capture-sys"\nversion = "0.3.0"\nedition = "2021"\n',
  'capture-sys/src/lib.rs': 'mod ffi;\npub unsafe fn sniff() { ffi::sniff() }\n',
  'capture-sys/src/ffi.rs': '#[link(name = "sniffing")]\nextern "C" { pub fn sniff(); }\n',
};

e2e('a library that is nowhere is told with the crate that asks for it', { files: NOWHERE, options: { platforms: ['x86_64-windows'], backends: { '*': 'zig' }, profile: 'dev' } }, async (workspace) => {
  const locked = await workspace.run('cargo', ['generate-lockfile', '--manifest-path', 'sniffer/Cargo.toml']);
  assert.equal(locked.code, 0, locked.text);
  const { code, text } = await workspace.nx(['run', 'sniffer:cross-x86_64-windows']);
  assert.notEqual(code, 0);
  assert.match(text, /Crate capture-sys 0\.3\.0 links the library sniffing, and there is none for x86_64-pc-windows-gnu\./);
  assert.match(text, /cargo tree --invert capture-sys@0\.3\.0 --target x86_64-pc-windows-gnu --manifest-path sniffer\/Cargo\.toml/);
});
