/** Prints what the Rust compiler says of itself: `node rustc-said-main.js [--host | --sysroot] [channel]`, in the Nx workspace root. */
import { sayRustc } from './rustc-said.js';

const environment = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
try {
  process.stdout.write(sayRustc(process.argv.slice(2), process.cwd(), environment));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
