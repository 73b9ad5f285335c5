/**
 * The program that zig's wrapper scripts start for a macOS link with frameworks: `node main.js DRIVER WORDS... -- WORDS...`. The packages that the crate
 * can reach are in NX_CARGO_CROSS_CLOSURE, names with spaces between.
 */
import { runningAs } from '../system/own-program.js';
import { linkMacos } from './macos.js';

runningAs(({ args, env, finish }) => {
  const end = args.indexOf('--');
  const [driver = '', ...first] = args.slice(0, end);
  const names = env['NX_CARGO_CROSS_CLOSURE'];
  const closure = names === undefined ? undefined : new Set(names.split(' ').map((name) => name.replaceAll('-', '_')));
  const { status, stderr } = linkMacos({ driver: [driver, ...first], words: args.slice(end + 1), closure });
  finish(status, stderr);
});
