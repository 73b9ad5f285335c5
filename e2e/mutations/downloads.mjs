/**
 * Stand-ins for what cargo would download: empty packages that say their name and version, laid down as `cargo vendor` does, and the configuration that has cargo take
 * them. With the same checksums as in the lock files, in the version that they name and in the next.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PACKAGES } from './packages.mjs';

/** For cargo's home. Where crates come from is in no key. @param {string} folder  beside the workspace */
export function sourcesConfig(folder) {
  return `[source.crates-io]
replace-with = "stand-ins"

[source."git+https://example.com/gitdep?branch=main"]
git = "https://example.com/gitdep"
branch = "main"
replace-with = "stand-ins"

[source.stand-ins]
directory = ${JSON.stringify(join(folder, 'stand-ins'))}
`;
}

/** Writes the packages. */
export function writeDownloads(folder) {
  const patched = { name: 'semver', version: '0.1.20', checksum: '77'.repeat(32) };
  for (const found of [...Object.values(PACKAGES), patched]) {
    for (const version of [found.version, next(found.version)]) {
      for (const [path, text] of Object.entries(filesOf({ ...found, version }))) {
        const file = join(folder, 'stand-ins', `${found.name}-${version}`, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
  }
}

const next = (version) => version.replace(/\d+$/, (last) => String(Number(last) + 1));

function filesOf({ name, version, checksum, needs = [] }) {
  const { lib = '', build, features = [] } = OWN[name] ?? {};
  const dependencies = needs.map((id) => `${PACKAGES[id].name} = "${PACKAGES[id].version.split('.').slice(0, 2).join('.')}"\n`);
  const called = needs.filter((id) => name !== 'openssl-sys' || id !== 'pkg-config').map((id) => `    all.push_str(&${PACKAGES[id].name.replaceAll('-', '_')}::text());\n`);
  const switched = features.map((feature) => `    if cfg!(feature = "${feature}") { all.push_str("${feature}"); }\n`);
  return {
    'Cargo.toml': [
      `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n`,
      `\n[features]\n${features.map((feature) => `${feature} = []\n`).join('')}`,
      `\n[dependencies]\n${dependencies.join('')}`,
    ].join(''),
    'src/lib.rs': `pub fn text() -> String {\n    let mut all = String::from(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"), "\\n"));\n${called.join('')}${switched.join('')}    all${name === 'openssl-sys' ? ' + env!("ASKED")' : ''}\n}\n${lib}`,
    ...(build ? { 'build.rs': build } : {}),
    '.cargo-checksum.json': `${JSON.stringify({ files: {}, package: checksum ?? null })}\n`,
  };
}

/** Asks for a variable in several spellings, the first that is set. */
const asking = (...spellings) => `fn ask(name: &str) -> Option<String> {
    let target = std::env::var("TARGET").unwrap();
    let under = target.replace('-', "_");
    let spellings = [${spellings.join(', ')}];
    spellings.iter().find_map(|spelling| {
        println!("cargo:rerun-if-env-changed={spelling}");
        std::env::var(spelling).ok()
    })
}
`;

/** As cc does (1.2.60, `target_envs`), and pkg-config. */
const BEHIND = ['format!("{name}_{target}")', 'format!("{name}_{under}")', 'format!("TARGET_{name}")', 'name.to_string()'];
/** As openssl-sys does, which asks pkg-config, too. */
const BEFORE = 'format!("{}_{name}", under.to_uppercase())';

/** What some have of their own. */
const OWN = {
  log: { features: ['std'] },
  cc: {
    lib: `${asking(...BEHIND)}
#[derive(Default)]
pub struct Build { files: Vec<String>, words: Vec<String> }

impl Build {
    pub fn new() -> Self { Self::default() }
    pub fn file(&mut self, file: &str) -> &mut Self { self.files.push(file.into()); self }
    pub fn include(&mut self, folder: &str) -> &mut Self { self.words.push(format!("-I{folder}")); self }
    pub fn compile(&mut self, name: &str) {
        let out = std::env::var("OUT_DIR").unwrap();
        let (object, archive) = (format!("{out}/{name}.o"), format!("{out}/lib{name}.a"));
        let _ = std::fs::remove_file(&archive);
        let flags = ask("CFLAGS").unwrap_or_default();
        run(&ask("CC").unwrap(), self.words.iter().map(String::as_str).chain(["-O2", "-c", "-o", &object]).chain(self.files.iter().map(String::as_str)).chain(flags.split_whitespace()));
        run(&ask("AR").unwrap(), ["crsD", archive.as_str(), object.as_str()].into_iter());
        println!("cargo:rustc-link-search=native={out}\\ncargo:rustc-link-lib=static={name}");
    }
}

fn run<'a>(program: &str, words: impl Iterator<Item = &'a str>) {
    assert!(std::process::Command::new(program).args(words).status().unwrap().success());
}
`,
  },
  'openssl-sys': {
    build: `${asking(...BEHIND.slice(0, -1), BEFORE, ...BEHIND.slice(-1))}
fn main() {
    let asked: Vec<_> = ["OPENSSL_DIR", "OPENSSL_STATIC", "PKG_CONFIG_PATH", "PKG_CONFIG_LIBDIR"].iter().map(|name| ask(name).filter(|value| !value.starts_with("/nonexistent"))).collect();
    println!("cargo:rustc-env=ASKED={asked:?}");
}
`,
  },
};
