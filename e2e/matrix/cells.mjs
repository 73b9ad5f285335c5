/**
 * The build matrix as data: which program is built for which platform by which backend. `npm run test:matrix` builds every cell, `npm test` those of the
 * cut. Programs are the crates in `programs/`.
 */

/**
 * @typedef {object} Cell
 * @property {string} id         `c for aarch64-linux by gcc`
 * @property {string} program    a folder of `programs/`
 * @property {string} platform   as the plugin names it
 * @property {string} backend
 * @property {string} name       the platform's name in the matrix workspace: one per platform, backend and variant
 * @property {string} [variant]  what is asked for besides, in a word
 * @property {Record<string, unknown>} options  further options of the platform
 * @property {Record<string, unknown>} expect   what the manifest must say of the program
 * @property {string} [standIn]  what stands in for files that only their owner may hand out; see `stand-ins.mjs`
 * @property {readonly string[]} [files]  what must be on the machine, else the cell is not possible here
 * @property {boolean} cut       whether `npm test` builds it
 */

/** Programs without C. */
const PURE = ['plain', 'tui', 'lib'];
/** Programs for which a compiler of C and C++ is needed. */
const NATIVE = ['c', 'cpp'];
const ALL = [...PURE, ...NATIVE];
/** Well-known crates that carry C: in one program those that compile it by cc, by themselves those that run configure, CMake with bindgen, or take minutes. */
const CRATES = ['sys', 'jemalloc', 'headers', 'awslc'];
/** ring and OpenSSL from source: about four minutes of processor per platform. */
const SERVER = ['server'];
/** OpenSSL as the distribution has it for another architecture (Debian's libssl-dev:arm64). */
const SYSTEM_LIBRARY = ['tls'];

const STATIC = { linkage: 'static' };
const dynamic = (interpreter, more = {}) => ({ linkage: 'dynamic', interpreter, ...more });

const LINUX = {
  'x86_64-linux': dynamic('/lib64/ld-linux-x86-64.so.2'),
  'i686-linux': dynamic('/lib/ld-linux.so.2'),
  'aarch64-linux': dynamic('/lib/ld-linux-aarch64.so.1'),
  'armv7-linux-gnueabihf': dynamic('/lib/ld-linux-armhf.so.3'),
  'riscv64-linux': dynamic('/lib/ld-linux-riscv64-lp64d.so.1'),
  'powerpc64le-linux': dynamic('/lib64/ld64.so.2'),
  's390x-linux': dynamic('/lib/ld64.so.1'),
};
const MUSL = {
  'x86_64-linux-musl': STATIC,
  'i686-linux-musl': STATIC,
  'aarch64-linux-musl': STATIC,
  'arm-linux-musleabihf': STATIC,
  'armv7-linux-musleabihf': STATIC,
};
const ANDROID_64 = dynamic('/system/bin/linker64');
const ANDROID_32 = dynamic('/system/bin/linker');
const WINDOWS = { 'x86_64-windows': {}, 'i686-windows': {} };
const LLVM_WINDOWS = { 'x86_64-windows-gnullvm': {}, 'aarch64-windows-gnullvm': {} };
const MACOS = { 'x86_64-macos': {}, 'aarch64-macos': {} };

/**
 * Rows of the table; each makes one cell per program and platform. `cut` names those that `npm test` builds, as `program platform`.
 * @type {readonly {backend: string, platforms: Record<string, object>, programs: readonly string[], variant?: string, options?: object, standIn?: string, files?: readonly string[], cut?: readonly string[]}[]}
 */
const ROWS = [
  {
    backend: 'zig',
    platforms: { ...MUSL, ...LINUX, ...WINDOWS, ...LLVM_WINDOWS, ...MACOS, 'x86_64-freebsd': dynamic('/libexec/ld-elf.so.1') },
    programs: ALL,
    cut: ['c aarch64-linux-musl', 'cpp x86_64-linux', 'tui aarch64-macos', 'lib x86_64-windows', 'c riscv64-linux'],
  },
  { backend: 'zig', variant: 'glibc 2.17', platforms: { 'x86_64-linux': dynamic('/lib64/ld-linux-x86-64.so.2') }, options: { glibc: '2.17' }, programs: ALL, cut: ['c x86_64-linux'] },
  { backend: 'gcc', platforms: { ...LINUX, ...WINDOWS }, programs: ALL, cut: ['cpp aarch64-linux', 'tui x86_64-windows', 'c x86_64-windows'] },
  {
    backend: 'ndk',
    platforms: { 'aarch64-android': ANDROID_64, 'x86_64-android': ANDROID_64 },
    programs: [...ALL, 'headers', 'sys'],
    standIn: 'ndk',
    cut: ['cpp aarch64-android', 'lib x86_64-android'],
  },
  // For these the stand-in has no C++ library: it takes the names of this machine's, which spells sizes in its own width.
  { backend: 'ndk', platforms: { 'armv7-android': ANDROID_32, 'i686-android': ANDROID_32 }, programs: [...PURE, 'c'], standIn: 'ndk', cut: [] },
  {
    backend: 'xwin',
    platforms: { 'x86_64-windows-msvc': {}, 'aarch64-windows-msvc': {} },
    programs: [...PURE, 'c'],
    standIn: 'microsoft',
    cut: ['c x86_64-windows-msvc', 'plain aarch64-windows-msvc'],
  },
  { backend: 'osxcross', platforms: MACOS, programs: ALL, standIn: 'osxcross', cut: ['cpp aarch64-macos', 'lib x86_64-macos'] },
  // A linker that the user names; what compiles C is then the crate's own guess, which for this triple is right.
  {
    backend: 'cargo-config',
    platforms: { 'aarch64-linux': LINUX['aarch64-linux'] },
    options: { env: { CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER: 'aarch64-linux-gnu-gcc' } },
    programs: ['plain', 'c'],
    cut: ['c aarch64-linux'],
  },
  // glibc is linked statically by gcc alone; as a static PIE on x86_64, which is where rustc makes them.
  { backend: 'gcc', variant: 'static', platforms: { 'x86_64-linux': STATIC, 'aarch64-linux': STATIC }, options: { linkage: 'static' }, programs: ['plain', 'c'], cut: ['c x86_64-linux'] },
  { backend: 'gcc', variant: 'bare ld', platforms: LINUX, options: { driver: 'ld' }, programs: ['plain', 'lib', 'c'], cut: ['c aarch64-linux'] },
  { backend: 'gcc', platforms: { 'x86_64-linux-musl': STATIC }, programs: ['plain', 'c'], cut: ['c x86_64-linux-musl'] },
  {
    backend: 'lld',
    platforms: { 'x86_64-linux-musl': STATIC, 'i686-linux-musl': STATIC, 'aarch64-linux-musl': STATIC, 'armv7-linux-musleabihf': STATIC },
    programs: ['plain', 'tui'],
    cut: ['plain armv7-linux-musleabihf', 'tui aarch64-linux-musl'],
  },
  { backend: 'lld', platforms: { 'wasm32-wasip1': {} }, programs: ['plain', 'lib'], cut: ['plain wasm32-wasip1'] },
  { backend: 'lld', platforms: { 'wasm32-unknown-unknown': {} }, programs: ['lib'], cut: [] },
  { backend: 'zig', platforms: { 'wasm32-wasip1': {} }, programs: ['plain', 'c'], cut: ['c wasm32-wasip1'] },
  {
    backend: 'zig',
    platforms: { ...MUSL, 'x86_64-linux': LINUX['x86_64-linux'], 'aarch64-linux': LINUX['aarch64-linux'], 'riscv64-linux': LINUX['riscv64-linux'], 'x86_64-windows': {}, ...MACOS },
    programs: CRATES,
    cut: ['headers x86_64-windows'],
  },
  { backend: 'zig', platforms: LLVM_WINDOWS, programs: ['sys', 'headers'] },
  {
    backend: 'zig',
    platforms: { 'x86_64-linux-musl': STATIC, 'i686-linux-musl': STATIC, 'aarch64-linux-musl': STATIC, 'arm-linux-musleabihf': STATIC, 'x86_64-windows': {} },
    programs: SERVER,
  },
  {
    backend: 'gcc',
    platforms: { 'aarch64-linux': LINUX['aarch64-linux'], 'armv7-linux-gnueabihf': LINUX['armv7-linux-gnueabihf'], 'riscv64-linux': LINUX['riscv64-linux'], 'x86_64-windows': {} },
    programs: CRATES,
    cut: ['sys aarch64-linux', 'jemalloc aarch64-linux', 'awslc aarch64-linux'],
  },
  { backend: 'gcc', platforms: { 'aarch64-linux': LINUX['aarch64-linux'] }, programs: SYSTEM_LIBRARY, files: ['/usr/lib/aarch64-linux-gnu/pkgconfig/openssl.pc'], cut: ['tls aarch64-linux'] },
  { backend: 'native', platforms: { 'x86_64-linux': dynamic('/lib64/ld-linux-x86-64.so.2') }, programs: ALL, cut: ['plain x86_64-linux'] },
];

/** @type {readonly Cell[]} */
export const CELLS = ROWS.flatMap(({ backend, platforms, programs, variant, options = {}, standIn, files, cut = [] }) =>
  Object.entries(platforms).flatMap(([platform, expect]) =>
    programs.map((program) => ({
      id: `${program} for ${platform} by ${backend}${variant ? `, ${variant}` : ''}`,
      program,
      platform,
      backend,
      name: [platform, 'by', backend, ...(variant ? [variant.replace(/[^A-Za-z0-9]+/g, '-')] : [])].join('-'),
      ...(variant ? { variant } : {}),
      options: { ...options, backend },
      expect: program === 'lib' ? {} : expect,
      ...(standIn ? { standIn } : {}),
      ...(files ? { files } : {}),
      cut: cut.includes(`${program} ${platform}`),
    })),
  ),
);
