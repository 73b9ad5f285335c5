/** Programs that are often run by targets of the executor `exec`: how their versions are asked for, and what installs them. */
import { askFirst } from '../diagnostics/ask.js';

interface KnownCommand {
  /** Commands whose output tells who it is. The same text wherever it is used: Nx runs each once per run. */
  readonly versions: readonly string[];
  readonly install: string;
}

const COMMANDS: Readonly<Record<string, KnownCommand>> = {
  go: { versions: ['go version'], install: 'apt-get install golang-go' },
  // CMake and Meson call one of these; which one, and which version, may decide what comes out.
  cmake: { versions: ['cmake --version', 'ninja --version', 'make --version'], install: 'apt-get install cmake ninja-build' },
  meson: { versions: ['meson --version', 'ninja --version'], install: 'apt-get install meson ninja-build' },
  ninja: { versions: ['ninja --version'], install: 'apt-get install ninja-build' },
  make: { versions: ['make --version'], install: 'apt-get install make' },
  gmake: { versions: ['gmake --version'], install: 'apt-get install make' },
  cargo: { versions: ['cargo -vV', 'rustc -vV'], install: 'rustup toolchain install stable' },
  node: { versions: ['node --version'], install: 'apt-get install nodejs' },
  python3: { versions: ['python3 --version'], install: 'apt-get install python3' },
};

/** The commands that tell the versions of a program; none for one that is not known here. */
export function versionsOf(program: string): readonly string[] {
  return (COMMANDS[program]?.versions ?? []).map((command) => askFirst(command));
}

/** How to get a program. */
export function installOf(program: string): string {
  return COMMANDS[program]?.install ?? `put ${program} on the PATH, or write its whole path into "command"`;
}
