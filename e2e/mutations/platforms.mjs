/** The platforms of the mutation matrix's workspace, and what decides there which dependencies count. */
export const PLATFORMS = {
  'x86_64-linux-musl': { triple: 'x86_64-unknown-linux-musl', cfgs: ['unix', 'target_os = "linux"', 'target_feature = "sse4.2"'], backend: 'zig' },
  'aarch64-linux': { triple: 'aarch64-unknown-linux-gnu', cfgs: ['unix', 'target_os = "linux"'], backend: 'gcc' },
  'x86_64-windows': { triple: 'x86_64-pc-windows-gnu', cfgs: ['windows', 'ours'], backend: 'gcc' },
  'aarch64-macos': { triple: 'aarch64-apple-darwin', cfgs: ['unix', 'target_os = "macos"'], backend: 'zig' },
};

export const PLATFORM_NAMES = Object.keys(PLATFORMS);
