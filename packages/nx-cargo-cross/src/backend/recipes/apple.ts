/** Crates whose C or Objective-C code includes headers of Apple's frameworks, which are in Apple's SDK and nowhere else. */
import type { PlannedUse, Recipe, Refusal } from './recipe.js';

interface Row {
  readonly crate: string;
  /** A header that it includes. */
  readonly header: string;
  /** Only with one of these features. */
  readonly features?: readonly string[];
  /** A way out without an SDK. */
  readonly without?: string;
  /** What says so. */
  readonly source: string;
}

const ROWS: readonly Row[] = [
  {
    crate: 'libgit2-sys',
    header: 'Security/SecureTransport.h',
    features: ['https'],
    without: 'Or leave HTTPS out of it, where nothing is fetched over it: git2 = { version = "...", default-features = false }',
    source: 'libgit2-sys 0.18.8 build.rs, GIT_SECURE_TRANSPORT; libgit2 `streams/stransport.c`',
  },
  { crate: 'curl-sys', header: 'SystemConfiguration/SCDynamicStoreCopySpecific.h', features: ['static-curl'], without: 'Or take the libcurl of macOS: leave the feature "static-curl" out.', source: 'curl-sys 0.4.91 build.rs; curl `lib/macos.c`' },
  { crate: 'hidapi', header: 'IOKit/hid/IOHIDManager.h', source: 'hidapi 2.6.7 build.rs, `compile_macos`; `mac/hid.c`' },
  { crate: 'libusb1-sys', header: 'IOKit/IOKitLib.h', features: ['vendored'], source: 'libusb1-sys 0.7.0 build.rs; libusb `os/darwin_usb.c`' },
  { crate: 'coreaudio-sys', header: 'CoreAudio/CoreAudio.h', source: 'coreaudio-sys 0.2.18 build.rs: bindgen reads the headers of the frameworks' },
  { crate: 'mac-notification-sys', header: 'Cocoa/Cocoa.h', source: 'mac-notification-sys 0.6.15 `objc/notify.h`' },
  { crate: 'objc_exception', header: 'objc/objc.h', without: 'Or leave the feature "exception" of the crate objc out.', source: 'objc_exception 0.1.2 `extern/exception.m`' },
  { crate: 'minifb', header: 'Cocoa/Cocoa.h', source: 'minifb 0.29.0 build.rs: `src/native/macosx/*.m`' },
];

export const APPLE_RECIPES: readonly Recipe[] = ROWS.map((row) => ({
  id: `apple-headers-${row.crate.replaceAll('_', '-')}`,
  crates: [row.crate],
  why: `its C code includes <${row.header}>`,
  source: row.source,
  refuses: (use) => refuses(row, use),
}));

/** osxcross and a Mac have the SDK; zig has it where the user names one. */
function refuses({ header, features, without }: Row, { triple, backend, tools, used, platform }: PlannedUse): Refusal | undefined {
  if (triple.facts.os !== 'macos' || backend !== 'zig' || tools['sdk'] !== undefined) return undefined;
  if (used.part !== 'target' || (features && !features.some((feature) => used.features.includes(feature)))) return undefined;
  return {
    why: `Its C code includes <${header}>, a header of Apple's SDK, which zig has none of. Linking Apple's frameworks works without the SDK, compiling against their headers does not.`,
    help: [
      `Name the SDK in Cargo.toml of the crate, under [package.metadata.nx-cargo-cross.platform.${platform}]: sdk = "/path/to/MacOSX.sdk" (or export SDKROOT=/path/to/MacOSX.sdk)`,
      ...(without === undefined ? [] : [without]),
      `Or build with osxcross, which has it: "backends": { "${triple.name}": "osxcross" } in nx.json`,
    ],
  };
}
