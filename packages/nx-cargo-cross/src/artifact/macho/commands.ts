/** The load commands of a Mach-O file: what dyld and the kernel are told. */
import { found, readRecord, readText, sliceView, unreadable, type ReadResult, type Unreadable, type View } from '../bytes.js';
import { BUILD_VERSION, COMMAND, LINKEDIT_DATA, LOAD_COMMAND, NAME_COMMAND, PLATFORM, SEGMENT_COMMAND, VERSION_MIN } from './layout.js';

/** A platform, and the versions a file names for it. */
export interface AppleBuild {
  /** `macos`, `ios`, `maccatalyst` ... or `platform 99`. */
  readonly platform: string;
  /** The oldest system it may start on: `11.0`, `10.15.4`. */
  readonly minOs: string;
  /** The SDK it was linked with. */
  readonly sdk: string;
}

/** What the load commands say that this project asks for. */
export interface LoadCommands {
  readonly builds: readonly AppleBuild[];
  readonly dylibs: readonly string[];
  readonly id: string | undefined;
  readonly rpaths: readonly string[];
  readonly hasSignature: boolean;
}

/** Where the load commands lie. */
export interface CommandTable {
  /** The whole (thin) file. */
  readonly file: View;
  /** The bytes that the load commands lie in. */
  readonly region: View;
  readonly count: number;
  readonly bits: 32 | 64;
}

/**
 * Reads all load commands. Fails when one is smaller than its own header (the walk would never move on) or reaches beyond the region, and when
 * a segment's or the signature's content reaches beyond the file.
 */
export function readLoadCommands(table: CommandTable): ReadResult<LoadCommands> {
  const gathered: Gathered = { builds: [], dylibs: [], ids: [], rpaths: [], signatures: 0 };
  let offset = 0;
  for (let index = 0; index < table.count; index++) {
    const header = readRecord(table.region, LOAD_COMMAND, offset, `load command ${index}`);
    if (!header.ok) return header;
    const { command, size } = header.value;
    if (size < LOAD_COMMAND.size) return unreadable(table.region, offset, `load command ${index} says that it has ${size} bytes`);
    const content = sliceView(table.region, offset, size, `load command ${index}`);
    if (!content.ok) return content;
    const problem = readCommand(table, command, content.value, gathered);
    if (problem) return problem;
    offset += size;
  }
  const { builds, dylibs, ids, rpaths, signatures } = gathered;
  return found({ builds, dylibs, id: ids[0], rpaths, hasSignature: signatures > 0 });
}

interface Gathered {
  readonly builds: AppleBuild[];
  readonly dylibs: string[];
  readonly ids: string[];
  readonly rpaths: string[];
  signatures: number;
}

function readCommand(table: CommandTable, command: number, content: View, gathered: Gathered): Unreadable | undefined {
  switch (command) {
    case COMMAND.loadDylib:
    case COMMAND.loadWeakDylib:
    case COMMAND.reexportDylib:
    case COMMAND.loadUpwardDylib:
    case COMMAND.lazyLoadDylib:
      return readName(content, gathered.dylibs);
    case COMMAND.idDylib:
      return readName(content, gathered.ids);
    case COMMAND.rpath:
      return readName(content, gathered.rpaths);
    case COMMAND.buildVersion:
      return readBuild(content, gathered.builds);
    case COMMAND.versionMinMacos:
      return readMinimum(content, 'macos', gathered.builds);
    case COMMAND.versionMinIphoneos:
      return readMinimum(content, 'ios', gathered.builds);
    case COMMAND.versionMinTvos:
      return readMinimum(content, 'tvos', gathered.builds);
    case COMMAND.versionMinWatchos:
      return readMinimum(content, 'watchos', gathered.builds);
    case COMMAND.segment32:
    case COMMAND.segment64: {
      const segment = readRecord(content, SEGMENT_COMMAND[command === COMMAND.segment64 ? 64 : 32], 0);
      return segment.ok ? mustBeInside(table.file, segment.value.offset, segment.value.fileSize, 'the content of a segment') : segment;
    }
    case COMMAND.codeSignature: {
      gathered.signatures++;
      const signature = readRecord(content, LINKEDIT_DATA, 0);
      return signature.ok ? mustBeInside(table.file, signature.value.offset, signature.value.size, 'the code signature') : signature;
    }
    default:
      return undefined;
  }
}

function readName(content: View, into: string[]): Unreadable | undefined {
  const command = readRecord(content, NAME_COMMAND, 0);
  if (!command.ok) return command;
  const name = readText(content, command.value.name, 'a name in a load command');
  if (!name.ok) return name;
  into.push(name.value);
  return undefined;
}

function readBuild(content: View, into: AppleBuild[]): Unreadable | undefined {
  const build = readRecord(content, BUILD_VERSION, 0);
  if (!build.ok) return build;
  const { platform, minimum, sdk } = build.value;
  into.push({ platform: PLATFORM[platform] ?? `platform ${platform}`, minOs: formatPacked(minimum), sdk: formatPacked(sdk) });
  return undefined;
}

function readMinimum(content: View, platform: string, into: AppleBuild[]): Unreadable | undefined {
  const version = readRecord(content, VERSION_MIN, 0);
  if (!version.ok) return version;
  into.push({ platform, minOs: formatPacked(version.value.minimum), sdk: formatPacked(version.value.sdk) });
  return undefined;
}

function mustBeInside(file: View, offset: number, size: number, what: string): Unreadable | undefined {
  const range = sliceView(file, offset, size, what);
  return range.ok ? undefined : range;
}

/** `xxxx.yy.zz` packed into 32 bits; the last part only when it isn't 0. */
function formatPacked(packed: number): string {
  const patch = packed & 0xff;
  return `${packed >>> 16}.${(packed >>> 8) & 0xff}${patch === 0 ? '' : `.${patch}`}`;
}
