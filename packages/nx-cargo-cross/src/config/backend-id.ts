/** The backends of this version. One word per way to give a triple a C compiler, linker, archiver and libc. */
export const BACKEND_IDS = ['native', 'zig', 'gcc', 'lld', 'osxcross', 'ndk', 'xwin', 'cargo-config'] as const;

export type BackendId = (typeof BACKEND_IDS)[number];

export function isBackendId(word: string): word is BackendId {
  return (BACKEND_IDS as readonly string[]).includes(word);
}
