/** Build attributes of ARM files: the architecture they were built for and how floats are passed. */
import { found, readNumber, readText, sliceView, unreadable, type ReadResult, type View } from '../bytes.js';
import { readUleb } from '../leb128.js';

/** The attributes that this project asks for. */
export interface ArmAttributes {
  /** Tag_CPU_arch: 4 v5TE, 6 v6, 10 v7 ... ; undefined when not said. */
  readonly cpuArch: number | undefined;
  /** Tag_ABI_VFP_args: 0 in core registers, 1 in VFP registers, 2 private, 3 either; undefined when not said. */
  readonly vfpArguments: number | undefined;
}

const NOTHING_SAID: ArmAttributes = { cpuArch: undefined, vfpArguments: undefined };

const FORMAT_VERSION = 0x41;
const TAG_FILE = 1;
const TAG_CPU_RAW_NAME = 4;
const TAG_CPU_NAME = 5;
const TAG_CPU_ARCH = 6;
const TAG_ABI_VFP_ARGS = 28;
const TAG_COMPATIBILITY = 32;

/**
 * Reads the file-wide attributes of vendor `aeabi` (Addenda to the ABI for the Arm Architecture, aaelf32 and addenda32 section 3).
 * @param section the content of the section of type SHT_ARM_ATTRIBUTES, in the file's byte order.
 */
export function readArmAttributes(section: View): ReadResult<ArmAttributes> {
  const version = readNumber(section, 'u8', 0, 'the version of the ARM attributes');
  if (!version.ok) return version;
  if (version.value !== FORMAT_VERSION) return unreadable(section, 0, `ARM attributes of format ${version.value}, not "A"`);
  for (let offset = 1; offset < section.bytes.length;) {
    const length = readNumber(section, 'u32', offset, 'the length of a vendor part of the ARM attributes');
    if (!length.ok) return length;
    if (length.value < 5) return unreadable(section, offset, `a vendor part of ${length.value} bytes in the ARM attributes`);
    const part = sliceView(section, offset, length.value, 'a vendor part of the ARM attributes');
    if (!part.ok) return part;
    const vendor = readText(part.value, 4, 'the vendor of the ARM attributes');
    if (!vendor.ok) return vendor;
    if (vendor.value === 'aeabi') return readFileScope(part.value, 4 + vendor.value.length + 1);
    offset += length.value;
  }
  return found(NOTHING_SAID);
}

function readFileScope(part: View, start: number): ReadResult<ArmAttributes> {
  for (let offset = start; offset < part.bytes.length;) {
    const tag = readNumber(part, 'u8', offset, 'the scope of ARM attributes');
    if (!tag.ok) return tag;
    const size = readNumber(part, 'u32', offset + 1, 'the size of ARM attributes');
    if (!size.ok) return size;
    if (size.value < 5) return unreadable(part, offset, `ARM attributes of ${size.value} bytes`);
    const scope = sliceView(part, offset, size.value, 'ARM attributes');
    if (!scope.ok) return scope;
    if (tag.value === TAG_FILE) return readTags(scope.value, 5);
    offset += size.value;
  }
  return found(NOTHING_SAID);
}

function readTags(scope: View, start: number): ReadResult<ArmAttributes> {
  const numbers = new Map<number, number>();
  for (let offset = start; offset < scope.bytes.length;) {
    const tag = readUleb(scope, offset, 'an ARM attribute');
    if (!tag.ok) return tag;
    offset = tag.value.end;
    const holds = contentOf(tag.value.number);
    if (holds !== 'text') {
      const number = readUleb(scope, offset, 'the value of an ARM attribute');
      if (!number.ok) return number;
      numbers.set(tag.value.number, number.value.number);
      offset = number.value.end;
    }
    if (holds !== 'number') {
      const text = readText(scope, offset, 'the value of an ARM attribute');
      if (!text.ok) return text;
      offset = scope.bytes.indexOf(0, offset) + 1;
    }
  }
  return found({ cpuArch: numbers.get(TAG_CPU_ARCH), vfpArguments: numbers.get(TAG_ABI_VFP_ARGS) });
}

/** Above 32, odd tags hold a text and even ones a number; below, the two names are the exceptions. */
function contentOf(tag: number): 'number' | 'text' | 'both' {
  if (tag === TAG_COMPATIBILITY) return 'both';
  if (tag === TAG_CPU_RAW_NAME || tag === TAG_CPU_NAME) return 'text';
  return tag > TAG_COMPATIBILITY && tag % 2 === 1 ? 'text' : 'number';
}
