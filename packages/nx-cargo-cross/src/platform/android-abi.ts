/** Android's word for an architecture: ANDROID_ABI, and the folder below `jniLibs` where Gradle looks. Source: Android's guide, "Android ABIs". */
import type { KnownTriple, Machine } from './known.js';

const ABIS: Partial<Record<Machine, string>> = { aarch64: 'arm64-v8a', arm: 'armeabi-v7a', i386: 'x86', x86_64: 'x86_64', riscv64: 'riscv64' };

/** The ABI of an Android triple; undefined for every other system. */
export function androidAbi(facts: KnownTriple): string | undefined {
  return facts.os === 'android' ? ABIS[facts.machine] : undefined;
}
