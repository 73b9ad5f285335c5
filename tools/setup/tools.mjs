/** What only the tests need, as packages of the system: what a build needs is asked of the doctor. */
import { existsSync } from 'node:fs';
import { which } from '../lib/run.mjs';
import { aptInstall, aptInstallForeign, byHand } from './debian.mjs';

/**
 * A step that is done when every program is on the PATH and every file exists.
 * @param {{id: string, what: string, why: string, required?: boolean, programs?: string[], files?: string[], packages: string[]}} tool
 * @returns {import('./step.mjs').Step}
 */
function systemTool({ id, what, why, required = false, programs = [], files = [], packages }) {
  return {
    id,
    what,
    why,
    required,
    check: () => programs.every((program) => which(program)) && files.every((file) => existsSync(file)),
    install: () => aptInstall(...packages),
    byHand: byHand(...packages),
  };
}

export const git = systemTool({
  id: 'git',
  what: 'git',
  why: 'the workspaces that the tests make',
  required: true,
  programs: ['git'],
  packages: ['git'],
});

export const ps = systemTool({
  id: 'ps',
  what: 'ps',
  why: 'the tests that look for processes left behind',
  required: true,
  programs: ['ps'],
  packages: ['procps'],
});

export const strace = systemTool({
  id: 'strace',
  what: 'strace',
  why: 'the test that sees which programs a run starts',
  programs: ['strace'],
  packages: ['strace'],
});

export const llvm = systemTool({
  id: 'clang and lld 19',
  what: 'clang and lld 19',
  why: "the stand-ins for Android's NDK, Apple's and Microsoft's tools, and the tests that read what was linked",
  programs: ['clang-19', 'ld.lld-19', 'llvm-readelf-19'],
  files: ['/usr/include/zlib.h', '/usr/lib/llvm-19/include/c++/v1/__config_site'],
  packages: ['clang-19', 'lld-19', 'llvm-19', 'libc++-19-dev', 'libc++abi-19-dev', 'zlib1g-dev'],
});

export const opensslForArm = {
  ...systemTool({
    id: 'openssl arm64',
    what: "Debian's OpenSSL for arm64, and pkg-config",
    why: 'the tests of libraries that the system has for another architecture',
    programs: ['pkg-config'],
    files: ['/usr/lib/aarch64-linux-gnu/pkgconfig/openssl.pc'],
    packages: ['pkg-config', 'libssl-dev:arm64'],
  }),
  install: () => aptInstallForeign('arm64', 'pkg-config', 'libssl-dev:arm64'),
};

export const go = systemTool({
  id: 'go',
  what: 'Go',
  why: 'the tests of Go libraries for C',
  programs: ['go'],
  packages: ['golang-go'],
});

export const cmake = systemTool({
  id: 'cmake',
  what: 'CMake and make',
  why: 'the tests of CMake projects and Makefiles',
  programs: ['cmake', 'make'],
  packages: ['cmake', 'make'],
});

export const meson = systemTool({
  id: 'meson',
  what: 'meson',
  why: 'the tests of Meson projects',
  programs: ['meson', 'ninja'],
  packages: ['meson', 'ninja-build'],
});
