/** Real programs on Apple's frameworks, linked without Apple's SDK; read by LLVM's own tools as a second opinion. */
import assert from 'node:assert/strict';
import { capture } from '../tools/lib/run.mjs';
import { e2e, lacking } from './rig.mjs';
import { crate } from './rig/crates.mjs';

const OBJDUMP = 'llvm-objdump-19';

/** Dylibs that a file loads. */
function dylibs(file) {
  const { code, stdout, stderr } = capture(OBJDUMP, ['--macho', '--dylibs-used', file]);
  assert.equal(code, 0, stderr);
  return stdout.split('\n').slice(1).flatMap((line) => line.trim().split(' (')[0] || []);
}

/** Which dylib each symbol is bound to: symbol -> `Security`, `libSystem`, `flat-namespace`. */
function bindings(file) {
  const { code, stdout, stderr } = capture(OBJDUMP, ['--macho', '--bind', '--lazy-bind', '--weak-bind', file]);
  assert.equal(code, 0, stderr);
  return Object.fromEntries(stdout.split('\n').flatMap((line) => {
    const words = line.trim().split(/\s+/);
    return /^__/.test(words[0]) ? [[words.at(-1), words.at(-2)]] : [];
  }));
}

const FRAMEWORK = (name) => `/System/Library/Frameworks/${name}.framework/Versions/A/${name}`;

const REAL = crate('watcher', {
  main: `
use core_foundation::string::CFString;
use notify::Watcher;
fn main() {
    println!("{}", CFString::new("hello"));
    println!("{:?}", security_framework::os::macos::keychain::SecKeychain::default().is_ok());
    println!("{:?}", system_configuration::dynamic_store::SCDynamicStoreBuilder::new("x").build().get_proxies().is_some());
    println!("{} disks", sysinfo::Disks::new_with_refreshed_list().len());
    let mut watcher = notify::recommended_watcher(|event| println!("{event:?}")).unwrap();
    watcher.watch(std::path::Path::new("."), notify::RecursiveMode::Recursive).unwrap();
}
`,
  manifest: `
[dependencies]
core-foundation = "0.10"
security-framework = "3"
system-configuration = "0.6"
sysinfo = { version = "0.33", default-features = false, features = ["disk"] }
notify = "8"

[package.metadata.nx-cargo-cross]
profile = "dev"
`,
  lock: false,
});

e2e(
  'a program on five frameworks is built for both Macs without an SDK, each symbol bound to the framework that has it',
  { files: REAL, options: { platforms: ['aarch64-macos', 'x86_64-macos'] }, skip: lacking(OBJDUMP), timeoutMs: 20 * 60_000 },
  async (workspace) => {
    await workspace.lock('watcher');
    const { code, text } = await workspace.nx(['run', 'watcher:cross'], { timeoutMs: 20 * 60_000 });
    assert.equal(code, 0, text);
    for (const platform of ['aarch64-macos', 'x86_64-macos']) {
      const file = workspace.path(`dist/cross/${platform}/watcher/watcher`);
      const loaded = dylibs(file);
      for (const name of ['CoreFoundation', 'Security', 'SystemConfiguration', 'IOKit', 'CoreServices']) assert.ok(loaded.includes(FRAMEWORK(name)), `${platform}: ${loaded}`);
      assert.ok(loaded.includes('/usr/lib/libobjc.A.dylib'), `${platform}: ${loaded}`);
      assert.deepEqual(loaded.filter((path) => !/^\/(usr\/lib|System\/Library\/Frameworks)\//.test(path)), []);
      const bound = bindings(file);
      const expected = {
        _CFStringCreateWithBytes: 'CoreFoundation',
        _kCFAllocatorDefault: 'CoreFoundation',
        _SecKeychainCopyDefault: 'Security',
        _SCDynamicStoreCopyProxies: 'SystemConfiguration',
        _kSCDynamicStoreUseSessionKeys: 'SystemConfiguration',
        _IOServiceGetMatchingServices: 'IOKit',
        _FSEventStreamCreate: 'CoreServices',
        _objc_autoreleasePoolPush: 'libobjc',
        _malloc: 'libSystem',
      };
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((symbol) => [symbol, bound[symbol]])), expected, platform);
      assert.deepEqual(Object.entries(bound).filter(([, library]) => library === 'flat-namespace'), [], platform);
    }
  },
);

const link = (name, ...functions) => `#[link(name = "${name}", kind = "framework")]\nextern "C" { ${functions.map((fn) => `fn ${fn}();`).join(' ')} }\n`;

e2e(
  'a library and its C code find their frameworks with full link-time optimisation, and what two frameworks might hold is looked up flat and said',
  {
    files: {
      ...crate('plug', {
        main: '',
        lib: `${link('CoreFoundation')}${link('AppKit', 'NSBeep')}${link('Foundation')}
extern "C" { fn from_c() -> usize; static NSUnheardOfByEveryTable: *const u8; }
#[no_mangle] pub unsafe extern "C" fn plug() -> usize { NSBeep(); from_c() + NSUnheardOfByEveryTable as usize }
`,
        build: 'fn main() { cc::Build::new().file("plug.c").compile("plug"); println!("cargo:rustc-link-lib=framework=Security"); }\n',
        manifest: '\n[lib]\ncrate-type = ["cdylib"]\n\n[build-dependencies]\ncc = "1.2"\n\n[profile.dev]\nlto = "fat"\n\n[package.metadata.nx-cargo-cross]\nprofile = "dev"\n',
        lock: false,
      }),
      'plug/plug.c': '#include <stddef.h>\nextern size_t CFStringGetTypeID(void);\nextern size_t SecKeyGetTypeID(void);\nsize_t from_c(void) { return CFStringGetTypeID() + SecKeyGetTypeID(); }\n',
    },
    options: { platforms: ['aarch64-macos'] },
    skip: lacking(OBJDUMP),
  },
  async (workspace) => {
    await workspace.lock('plug');
    const { code, text } = await workspace.nx(['run', 'plug:cross-aarch64-macos']);
    assert.equal(code, 0, text);
    const bound = bindings(workspace.path('dist/cross/aarch64-macos/plug/libplug.dylib'));
    const { _NSBeep, _CFStringGetTypeID, _SecKeyGetTypeID, _NSUnheardOfByEveryTable } = bound;
    assert.deepEqual(
      { _NSBeep, _CFStringGetTypeID, _SecKeyGetTypeID, _NSUnheardOfByEveryTable },
      { _NSBeep: 'AppKit', _CFStringGetTypeID: 'CoreFoundation', _SecKeyGetTypeID: 'Security', _NSUnheardOfByEveryTable: 'flat-namespace' },
    );
    assert.deepEqual(workspace.readJson('dist/cross/aarch64-macos/plug/manifest.json').files[0].flatSymbols, ['_NSUnheardOfByEveryTable']);
    assert.match(text, /_NSUnheardOfByEveryTable/);
  },
);

e2e(
  'a symbol that no framework can hold is undefined, a framework that is none is not found, both say what would help; and MACOSX_DEPLOYMENT_TARGET counts',
  {
    files: {
      ...crate('typo', { main: `${link('Security', 'SecKeyGetTypeID')}extern "C" { fn no_such_function_anywhere(); }\nfn main() { unsafe { SecKeyGetTypeID(); no_such_function_anywhere() } }\n` }),
      ...crate('newer', { main: `${link('Security', 'SecKeyGetTypeID')}fn main() { unsafe { SecKeyGetTypeID() } }\n` }),
      ...crate('nowhere', { main: `${link('Securty', 'SecKeyGetTypeID')}fn main() { unsafe { SecKeyGetTypeID() } }\n` }),
    },
    options: { platforms: ['aarch64-macos'], profile: 'dev' },
  },
  async (workspace) => {
    const typo = await workspace.nx(['run', 'typo:cross-aarch64-macos']);
    assert.equal(typo.code, 1, typo.text);
    assert.match(typo.text, /undefined symbol: _no_such_function_anywhere/);
    assert.match(typo.text, /No crate declares _no_such_function_anywhere/);
    assert.doesNotMatch(typo.text, /undefined symbol: _SecKeyGetTypeID/);
    const nowhere = await workspace.nx(['run', 'nowhere:cross-aarch64-macos']);
    assert.equal(nowhere.code, 1, nowhere.text);
    assert.match(nowhere.text, /unable to find framework 'Securty'.*did you mean "Security"/);
    const newer = await workspace.nx(['run', 'newer:cross-aarch64-macos'], { env: { MACOSX_DEPLOYMENT_TARGET: '12.0' } });
    assert.equal(newer.code, 0, newer.text);
    assert.equal(workspace.readJson('dist/cross/aarch64-macos/newer/manifest.json').files[0].minOs, '12.0');
  },
);
