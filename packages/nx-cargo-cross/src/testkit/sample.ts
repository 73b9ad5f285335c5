/** A repository with two Cargo workspaces, for tests of the graph. */
import { aRepository, REGISTRY, type LockSpec } from './cargo-files.js';

/** The lock file of the sample's root workspace. */
export const LOCKED: readonly LockSpec[] = [
  { name: 'app', dependencies: ['greet', 'lib', 'itoa 1.0.0'] },
  { name: 'greet', dependencies: ['app', 'fastrand'] },
  { name: 'lib', dependencies: ['ryu', 'itoa 2.0.0'] },
  { name: 'tool', dependencies: ['cc'] },
  { name: 'itoa', version: '1.0.0', source: REGISTRY },
  { name: 'itoa', version: '2.0.0', source: REGISTRY },
  { name: 'ryu', version: '1.0.0', source: REGISTRY, dependencies: ['deep'] },
  { name: 'deep', version: '1.0.0', source: REGISTRY },
  { name: 'fastrand', version: '1.0.0', source: REGISTRY },
  { name: 'cc', version: '1.0.0', source: REGISTRY },
  { name: 'unused', version: '1.0.0', source: REGISTRY },
];

/** The root manifest of the sample. */
export const ROOT = `[workspace]
members = ["crates/*"]
resolver = "3"
[workspace.package]
version = "0.1.0"
[workspace.dependencies]
itoa = "1"
[profile.release]
lto = true
`;

/** app -> lib, greet is a cdylib with dev-dependencies on app and fastrand, tool stands apart; another workspace's beacon uses lib too. */
export const SAMPLE = aRepository()
  .workspace('', ROOT)
  .bin('crates/app', { dependencies: ['lib = { path = "../lib" }', 'itoa.workspace = true'], devDependencies: ['greet = { path = "../greet" }'] })
  .lib('crates/lib', { dependencies: ['ryu = "1"', 'itoa = "2"'] })
  .lib('crates/greet', { devDependencies: ['app = { path = "../app" }', 'fastrand = "1"'], toml: '[lib]\ncrate-type = ["cdylib"]' })
  .bin('crates/tool', { buildDependencies: ['cc = "1"'], files: { 'build.rs': '' } })
  .workspace('station', '[workspace]\nmembers = ["beacon"]')
  .bin('station/beacon', { dependencies: ['lib = { path = "../../crates/lib" }'] })
  .lock('', LOCKED)
  .lock('station', [
    { name: 'beacon', dependencies: ['lib'] },
    { name: 'lib', dependencies: ['ryu'] },
    { name: 'ryu', version: '1.0.0', source: REGISTRY },
  ]);

/** The plugin's options for the sample. */
export const OPTIONS = { platforms: ['aarch64-linux', 'x86_64-windows'], backends: { '*windows*': 'gcc' } };
