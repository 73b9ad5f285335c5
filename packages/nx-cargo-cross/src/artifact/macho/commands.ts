/** The load commands of a Mach-O file: what dyld and the kernel are told. */
import { found, readPaddedText, readRecord, readText, sliceView, unreadable, type ReadResult, type Unreadable, type View } from '../bytes.js';
import { notePlace, type FileRange, type Place, type Places } from '../places.js';
import {
  BUILD_VERSION,
  COMMAND,
  LINKEDIT_DATA,
  LOAD_COMMAND,
  NAME_COMMAND,
  PLATFORM,
  PROTECTION,
  SEGMENT_COMMAND,
  SEGMENT_NAME,
  VERSION_MIN,
} from './layout.js';
import { readSignature, type DamagedSignature, type MachoSignature } from './signature.js';

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
  /** LC_CODE_SIGNATURE, read; whether its hashes are right takes the file's bytes. */
  readonly signature: MachoSignature | DamagedSignature | undefined;
  /** The loader is to follow chains of pointers, as those before macOS 11 cannot. */
  readonly chainedFixups: boolean;
  /** Code and data: all segments but debug information and the tables of the linker. */
  readonly loaded: readonly FileRange[];
  readonly places: Places;
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
  const gathered: Gathered = { builds: [], dylibs: [], ids: [], rpaths: [], signatures: [], chainedFixups: false, loaded: [], places: new Map() };
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
  const { builds, dylibs, ids, rpaths, signatures, chainedFixups, loaded, places } = gathered;
  return found({ builds, dylibs, id: ids[0], rpaths, signature: signatures[0], chainedFixups, loaded, places });
}

interface Gathered {
  readonly builds: AppleBuild[];
  readonly dylibs: string[];
  readonly ids: string[];
  readonly rpaths: string[];
  readonly signatures: (MachoSignature | DamagedSignature)[];
  chainedFixups: boolean;
  readonly loaded: FileRange[];
  readonly places: Map<string, Place>;
}

function readCommand(table: CommandTable, command: number, content: View, gathered: Gathered): Unreadable | undefined {
  switch (command) {
    case COMMAND.loadDylib:
    case COMMAND.loadWeakDylib:
    case COMMAND.reexportDylib:
    case COMMAND.loadUpwardDylib:
    case COMMAND.lazyLoadDylib:
      return readName(content, gathered, gathered.dylibs, ['needed', 'LC_LOAD_DYLIB']);
    case COMMAND.idDylib:
      return readName(content, gathered, gathered.ids, ['id', 'LC_ID_DYLIB']);
    case COMMAND.rpath:
      return readName(content, gathered, gathered.rpaths, ['rpath', 'LC_RPATH']);
    case COMMAND.buildVersion:
      return readBuild(content, gathered);
    case COMMAND.versionMinMacos:
      return readMinimum(content, 'macos', gathered);
    case COMMAND.versionMinIphoneos:
      return readMinimum(content, 'ios', gathered);
    case COMMAND.versionMinTvos:
      return readMinimum(content, 'tvos', gathered);
    case COMMAND.versionMinWatchos:
      return readMinimum(content, 'watchos', gathered);
    case COMMAND.segment32:
    case COMMAND.segment64:
      return readSegment(table, content, command === COMMAND.segment64 ? 64 : 32, gathered);
    case COMMAND.chainedFixups:
      gathered.chainedFixups = true;
      notePlace(gathered.places, 'chainedFixups', 'LC_DYLD_CHAINED_FIXUPS', content.base);
      return undefined;
    case COMMAND.codeSignature: {
      const range = readRecord(content, LINKEDIT_DATA, 0);
      if (!range.ok) return range;
      notePlace(gathered.places, 'signature', 'LC_CODE_SIGNATURE', content.base);
      const blob = sliceView(table.file, range.value.offset, range.value.size, 'the code signature');
      if (!blob.ok) return blob;
      const signature = readSignature(blob.value);
      gathered.signatures.push(signature.ok ? signature.value : { offset: Math.min(signature.problem.offset, blob.value.base + range.value.size), damaged: signature.problem.message });
      return undefined;
    }
    default:
      return undefined;
  }
}

/** Segments that are not there, or of no use to the program, when it runs. */
const NOT_LOADED = new Set(['__DWARF', '__LINKEDIT']);

function readSegment({ file }: CommandTable, content: View, bits: 32 | 64, gathered: Gathered): Unreadable | undefined {
  const segment = readRecord(content, SEGMENT_COMMAND[bits], 0);
  if (!segment.ok) return segment;
  const { offset, fileSize, protection } = segment.value;
  const range = sliceView(file, offset, fileSize, 'the content of a segment');
  if (!range.ok) return range;
  const name = readPaddedText(content, SEGMENT_NAME.offset, SEGMENT_NAME.size, 'the name of a segment');
  if (!name.ok) return name;
  if (!NOT_LOADED.has(name.value)) gathered.loaded.push({ offset: range.value.base, size: fileSize });
  if ((protection & PROTECTION.write) !== 0 && (protection & PROTECTION.execute) !== 0)
    notePlace(gathered.places, 'writableCode', `initprot of ${name.value}`, content.base + SEGMENT_COMMAND[bits].fields.protection[0]);
  return undefined;
}

function readName(content: View, { places }: Gathered, into: string[], [fact, field]: readonly [string, string]): Unreadable | undefined {
  const command = readRecord(content, NAME_COMMAND, 0);
  if (!command.ok) return command;
  const name = readText(content, command.value.name, 'a name in a load command');
  if (!name.ok) return name;
  into.push(name.value);
  notePlace(places, fact === 'id' ? fact : `${fact}:${name.value}`, field, content.base + command.value.name);
  return undefined;
}

function readBuild(content: View, { builds, places }: Gathered): Unreadable | undefined {
  const build = readRecord(content, BUILD_VERSION, 0);
  if (!build.ok) return build;
  const { platform, minimum, sdk } = build.value;
  const name = PLATFORM[platform] ?? `platform ${platform}`;
  builds.push({ platform: name, minOs: formatPacked(minimum), sdk: formatPacked(sdk) });
  notePlace(places, `minOs:${name}`, 'LC_BUILD_VERSION', content.base + BUILD_VERSION.fields.minimum[0]);
  notePlace(places, `sdk:${name}`, 'LC_BUILD_VERSION', content.base + BUILD_VERSION.fields.sdk[0]);
  return undefined;
}

function readMinimum(content: View, platform: string, { builds, places }: Gathered): Unreadable | undefined {
  const version = readRecord(content, VERSION_MIN, 0);
  if (!version.ok) return version;
  builds.push({ platform, minOs: formatPacked(version.value.minimum), sdk: formatPacked(version.value.sdk) });
  notePlace(places, `minOs:${platform}`, 'LC_VERSION_MIN', content.base + VERSION_MIN.fields.minimum[0]);
  notePlace(places, `sdk:${platform}`, 'LC_VERSION_MIN', content.base + VERSION_MIN.fields.sdk[0]);
  return undefined;
}

/** `xxxx.yy.zz` packed into 32 bits; the last part only when it isn't 0. */
function formatPacked(packed: number): string {
  const patch = packed & 0xff;
  return `${packed >>> 16}.${(packed >>> 8) & 0xff}${patch === 0 ? '' : `.${patch}`}`;
}
