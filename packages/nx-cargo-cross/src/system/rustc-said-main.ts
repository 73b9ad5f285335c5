/**
 * Prints what the Rust compiler says of itself: `node rustc-said-main.js [--host | --sysroot] [channel]`, in the Nx workspace root. Without the machine that builds, unless that is asked for; or the folder in which
 * the compiler lies.
 */
import { QUESTIONS, rustcSaid } from './rustc-said.js';

const words = process.argv.slice(2);
const environment = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
const question = { words: words.includes('--sysroot') ? QUESTIONS.sysroot : QUESTIONS.version, directory: process.cwd(), environment };
try {
  const said = rustcSaid(question, words.find((word) => !word.startsWith('--')));
  process.stdout.write(words.includes('--host') ? said : said.replace(/^host: .*\n?/m, ''));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
