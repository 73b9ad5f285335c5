/** The tests of a crate for other platforms: unit tests, a test that starts the crate's own program, and a documentation test, each through the right runner. */
import assert from 'node:assert/strict';
import { runnerFor } from '../tools/demo/runners.mjs';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';

/** A program whose name holds a dash: shells drop the variable that tells where it is. */
const FILES = {
  ...crate('my-tool', {
    main: 'fn main() { println!("{}", my_tool::answer()); }\n',
    lib: `
/// Says it.
///
/// \`\`\`
/// assert_eq!(my_tool::answer(), 42);
/// \`\`\`
pub fn answer() -> i32 { 42 }

#[test]
fn architecture() { println!("ran on {} {}", std::env::consts::ARCH, std::env::consts::OS); assert_eq!(answer(), 42); }
`,
  }),
  'my-tool/tests/cli.rs': `
#[test]
fn its_program_says_it() {
    let program = env!("CARGO_BIN_EXE_my-tool");
    let out = std::process::Command::new(program).output().expect(program);
    assert_eq!(String::from_utf8_lossy(&out.stdout).trim(), "42");
}
`,
};
/** WASI starts no other program. */
const WITHOUT_PROCESSES = { ...FILES, 'my-tool/tests/cli.rs': '#[test]\nfn reads_its_files() { for path in ["Cargo.toml", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")] { assert!(std::fs::read_to_string(path).unwrap().contains("my-tool")); } }\n' };

const BACKENDS = { '*-linux-gnu*': 'gcc', '*-windows-gnu': 'gcc', '*-linux-musl*': 'zig' };

const CASES = [
  { platform: 'x86_64-linux', triple: 'x86_64-unknown-linux-gnu', ran: 'x86_64 linux', options: { backends: { '*': 'native' } } },
  { platform: 'aarch64-linux', triple: 'aarch64-unknown-linux-gnu', ran: 'aarch64 linux', needs: ['aarch64-linux-gnu-gcc'] },
  { platform: 'aarch64-linux-musl', triple: 'aarch64-unknown-linux-musl', ran: 'aarch64 linux' },
  { platform: 'armv7-linux-gnueabihf', triple: 'armv7-unknown-linux-gnueabihf', ran: 'arm linux', needs: ['arm-linux-gnueabihf-gcc'] },
  { platform: 'x86_64-windows', triple: 'x86_64-pc-windows-gnu', ran: 'x86_64 windows', needs: ['x86_64-w64-mingw32-gcc'] },
  { platform: 'wasm32-wasip1', triple: 'wasm32-wasip1', ran: 'wasm32', files: WITHOUT_PROCESSES, options: {} },
];

for (const { platform, triple, ran, needs = [], files = FILES, options = { backends: BACKENDS } } of CASES) {
  e2e(`the tests of a crate run for ${platform}, and come from the cache the second time`, { files, options: { platforms: [platform], ...options }, skip: lacking(...needs) || notHere(triple) }, async (workspace) => {
    const command = ['run', `my-tool:cross-test-${platform}`, '--args=--nocapture'];
    const first = await workspace.nx(command);
    assert.equal(first.code, 0, first.text);
    assert.match(first.text, new RegExp(`ran on ${ran}`));
    assert.match(first.text, /test (its_program_says_it|reads_its_files) \.\.\. ok/);
    assert.match(first.text, /test src\/lib\.rs - answer \(line \d+\) \.\.\. ok/);
    const second = await workspace.nx(command);
    assert.match(second.stdout, /local cache|match the cache/);

    workspace.write({ 'my-tool/notes.txt': 'no test reads it, but one might\n' });
    const again = await workspace.nx(command);
    assert.equal(again.code, 0, again.text);
    assert.doesNotMatch(again.stdout, /local cache|match the cache/);

    if (platform !== 'x86_64-linux') return;
    workspace.write({ 'my-tool/tests/cli.rs': '#[test]\nfn fails() { assert_eq!(1, 2); }\n' });
    const failing = await workspace.nx(command);
    assert.notEqual(failing.code, 0);
    assert.match(failing.text, /error\[tests-failed\]: Tests of my-tool failed for/);
  });
}

function notHere(triple) {
  const runner = runnerFor(triple, triple.includes('-gnu') && !triple.includes('windows'));
  return 'why' in runner && runner.why;
}

const HANGS = crate('app', { lib: '#[test]\nfn hangs() { loop { std::thread::sleep(std::time::Duration::from_secs(1)); } }\n', main: 'fn main() {}\n' });

e2e('a test that does not end is stopped, and said', { files: HANGS, options: { platforms: ['x86_64-linux'], backend: 'native', testTimeout: '3' }, skip: notHere('x86_64-unknown-linux-gnu') }, async (workspace) => {
  const { code, text } = await workspace.nx(['run', 'app:cross-test-x86_64-linux']);
  assert.notEqual(code, 0);
  assert.match(text, /error\[tests-failed\]/);
  assert.match(text, /Stopped by the time limit: \S*app-\w+ was still running after 3 s/);
});

e2e(
  'where tests cannot run it is said why: they fail, or are skipped where that is configured, and never count as passed elsewhere',
  { files: crate('app'), options: { platforms: ['aarch64-macos', 'x86_64-freebsd'], platform: { 'x86_64-freebsd': { unrunnable: 'skip' } } }, skip: process.platform === 'darwin' && 'here they run' },
  async (workspace) => {
    const failed = await workspace.nx(['run', 'app:cross-test-aarch64-macos']);
    assert.notEqual(failed.code, 0);
    assert.match(failed.text, /error\[not-runnable\]: Programs for aarch64-apple-darwin are not runnable here/);
    assert.match(failed.text, /because: macOS programs run on a Mac only/);
    const skipped = await workspace.nx(['run', 'app:cross-test-x86_64-freebsd']);
    assert.equal(skipped.code, 0, skipped.text);
    assert.match(skipped.text, /skipped: not runnable here, because: /);
    assert.ok(!workspace.exists('app/target'), 'nothing is compiled');
  },
);

const CHOOSY = crate('choosy', { main: 'fn main() { match std::env::args().nth(1).as_deref() { Some("--version") => println!("choosy 1"), word => { eprintln!("what is {word:?}?"); std::process::exit(3) } } }\n' });

e2e(
  'a smoke run starts each program before it is handed out, and keeps back one that ends badly',
  {
    files: CHOOSY,
    options: { platforms: ['x86_64-linux', 'aarch64-linux'], backends: { 'x86_64-*': 'native', '*': 'gcc' }, profile: 'dev', smoke: ['--version'], platform: { 'x86_64-linux': { smoke: ['--help'] } } },
    skip: lacking('aarch64-linux-gnu-gcc') || notHere('x86_64-unknown-linux-gnu') || notHere('aarch64-unknown-linux-gnu'),
  },
  async (workspace) => {
    const good = await workspace.nx(['run', 'choosy:cross-aarch64-linux']);
    assert.equal(good.code, 0, good.text);
    assert.match(good.text, /smoke run of choosy --version: passed \(\S*\)/);
    const bad = await workspace.nx(['run', 'choosy:cross-x86_64-linux']);
    assert.notEqual(bad.code, 0);
    assert.match(bad.text, /error\[smoke-failed\]: choosy for x86_64-linux does not start as it should \(exit code 3\)/);
    assert.match(bad.text, /what is Some\("--help"\)\?/);
    assert.ok(!workspace.exists('dist/cross/x86_64-linux/choosy'));
  },
);
