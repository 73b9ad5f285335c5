/** What `system/run-under.ts` is told, in a file: how the programs of one platform are started. */
export interface RunnerSpec {
  /** Words before the program; the single word {@link WASI_WORD} stands for Node with its own WASI. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly unset: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  /**
   * Programs, by absolute path, that a test may start by itself. The kernel cannot start what needs an emulator, so each is put aside and a script that
   * starts it in the emulator takes its name.
   */
  readonly programs: readonly string[];
}

export const WASI_WORD = '@wasi';

/** Behind the name of a program that was put aside. */
export const ASIDE = '.emulated';

/** The first words of the line that says that the time was over. */
export const TIME_LIMIT = 'nx-cargo-cross: time limit:';
