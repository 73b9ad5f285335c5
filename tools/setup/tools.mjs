/** Compilers and emulators that come as packages of the system. */
import { existsSync } from 'node:fs';
import { which } from '../lib/run.mjs';
import { aptInstall, byHand } from './debian.mjs';

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

export const cc = systemTool({
  id: 'cc',
  what: 'a C compiler for this machine',
  why: 'build scripts and proc-macros, which run here',
  required: true,
  programs: ['cc'],
  packages: ['gcc', 'libc6-dev'],
});

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

export const perlAndMake = systemTool({
  id: 'perl and make',
  what: 'perl and make',
  why: "beacon's OpenSSL, which is built from source",
  programs: ['perl', 'make'],
  packages: ['perl', 'make'],
});

export const mingw = systemTool({
  id: 'mingw',
  what: 'mingw-w64',
  why: 'x86_64-windows by the gcc backend',
  programs: ['x86_64-w64-mingw32-gcc', 'x86_64-w64-mingw32-g++'],
  packages: ['gcc-mingw-w64-x86-64', 'g++-mingw-w64-x86-64'],
});

export const gccArm = systemTool({
  id: 'aarch64 gcc',
  what: 'gcc for aarch64-linux-gnu',
  why: 'the tests of the gcc backend',
  programs: ['aarch64-linux-gnu-gcc', 'aarch64-linux-gnu-g++'],
  files: ['/usr/aarch64-linux-gnu/include/stdio.h'],
  packages: ['gcc-aarch64-linux-gnu', 'g++-aarch64-linux-gnu', 'libc6-dev-arm64-cross'],
});

export const llvm = systemTool({
  id: 'clang and lld 19',
  what: 'clang and lld 19',
  why: "the stand-ins for Android's NDK, Apple's and Microsoft's tools, and the tests that read what was linked",
  programs: ['clang-19', 'ld.lld-19', 'llvm-readelf-19'],
  packages: ['clang-19', 'lld-19', 'llvm-19'],
});

export const qemu = systemTool({
  id: 'qemu',
  what: 'qemu-user and the C library of aarch64 Linux',
  why: 'running ARM programs on this machine',
  programs: ['qemu-aarch64', 'qemu-arm'],
  files: ['/usr/aarch64-linux-gnu/lib/ld-linux-aarch64.so.1'],
  packages: ['qemu-user', 'libc6-arm64-cross', 'libgcc-s1-arm64-cross'],
});

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

export const gccArmhf = systemTool({
  id: 'armv7 gcc',
  what: 'gcc for arm-linux-gnueabihf',
  why: 'the tests of Go libraries for C',
  programs: ['arm-linux-gnueabihf-gcc'],
  files: ['/usr/arm-linux-gnueabihf/include/stdio.h'],
  packages: ['gcc-arm-linux-gnueabihf', 'libc6-dev-armhf-cross'],
});
