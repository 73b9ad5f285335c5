/** The machine that this process runs on, where there is no rustc to be asked. */
import type { Host } from '../backend/contract.js';

const ARCHS: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i686', arm: 'armv7', ppc64: 'powerpc64le', riscv64: 'riscv64gc', loong64: 'loongarch64' };

/** As rustc would name it. Node's own report tells a Linux with glibc from one without. */
export function thisHost(): Host {
  const arch = ARCHS[process.arch] ?? process.arch;
  switch (process.platform) {
    case 'linux': {
      const { header } = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
      const env = `${header.glibcVersionRuntime === undefined ? 'musl' : 'gnu'}${arch === 'armv7' ? 'eabihf' : ''}`;
      return { triple: `${arch}-unknown-linux-${env}`, os: 'linux' };
    }
    case 'darwin':
      return { triple: `${arch}-apple-darwin`, os: 'macos' };
    case 'win32':
      return { triple: `${arch}-pc-windows-msvc`, os: 'windows' };
    default:
      return { triple: `${arch}-unknown-${process.platform}`, os: 'other' };
  }
}
