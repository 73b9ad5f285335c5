/**
 * Which toolchain rustup would start, by what it reads itself, so that nothing has to be started to know. What is not plain here is undefined, and rustup is to be asked.
 * Sources: rustup's book, "Overrides"; rustup 1.28, `config.rs`, `find_override_config`, and `settings.rs`.
 */
import { parseToolchain, TOOLCHAIN_FILES } from './toolchain-file.js';
import { isTable, parseToml } from './toml.js';

/** What rustup looks at. */
export interface RustupState {
  /** `settings.toml` in rustup's home; undefined where there is none. */
  readonly settings: string | undefined;
  /** The names in `toolchains` in rustup's home. */
  readonly installed: readonly string[];
  /** RUSTUP_TOOLCHAIN, or what a command line says. */
  readonly said: string | undefined;
  /** The folder in which a tool is started and those above it, nearest first, as rustup writes them: absolute, without symbolic links. */
  readonly folders: readonly string[];
  /** The text of a file in one of them. */
  readonly readText: (folder: string, name: string) => string | undefined;
}

/** The name of a folder in `toolchains` in rustup's home. */
export function rustupChoice(state: RustupState): string | undefined {
  const parsed = parseToml('settings.toml', state.settings ?? '');
  if (!parsed.ok) return undefined;
  const { default_toolchain: usual, overrides, version } = parsed.value;
  // The form of the file that is known here.
  if (state.settings !== undefined && version !== '12') return undefined;
  if (state.said !== undefined && state.said !== '') return installedAs(state.said, state.installed);
  for (const folder of state.folders) {
    const override = isTable(overrides) ? overrides[folder] : undefined;
    if (typeof override === 'string') return installedAs(override, state.installed);
    for (const name of TOOLCHAIN_FILES) {
      const text = state.readText(folder, name);
      if (text === undefined) continue;
      const file = parseToolchain(name, text);
      return file.ok && file.value.channel !== undefined ? installedAs(file.value.channel, state.installed) : undefined;
    }
  }
  return typeof usual === 'string' ? installedAs(usual, state.installed) : undefined;
}

/** rustup puts the host behind the name of a channel, and nothing behind the name of a toolchain that was linked. Of several hosts, rustup knows its own. */
function installedAs(name: string, installed: readonly string[]): string | undefined {
  if (installed.includes(name)) return name;
  const withHost = installed.filter((one) => one.startsWith(`${name}-`) && /^[a-z][a-z0-9_]*(?:-[a-z0-9_]+){2,3}$/.test(one.slice(name.length + 1)));
  return withHost.length === 1 ? withHost[0] : undefined;
}
