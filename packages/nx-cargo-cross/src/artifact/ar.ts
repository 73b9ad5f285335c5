/** Archives (`.a`, `.lib`): GNU, BSD and COFF spelling of names, and thin archives. */
import { found, readPaddedText, sliceView, startsWith, unreadable, type ReadResult, type View } from './bytes.js';
import { latinBytes } from './text.js';

/** An archive and what it holds. */
export interface ArFile {
  readonly format: 'ar';
  /** A thin archive only names files that lie elsewhere. */
  readonly thin: boolean;
  /** Without symbol tables and name tables. */
  readonly members: readonly ArMember[];
  /** Where names stand that are too long for a header, in bytes: GNU's and Microsoft's table, or before a member's content (BSD). */
  readonly longNames: readonly { readonly offset: number; readonly size: number }[];
}

/** A file in an archive. */
export interface ArMember {
  readonly name: string;
  /** Where the content starts in the archive, in bytes. */
  readonly offset: number;
  /** In bytes. In a thin archive, of the file that lies elsewhere. */
  readonly size: number;
}

const MAGIC = latinBytes('!<arch>\n');
const THIN_MAGIC = latinBytes('!<thin>\n');
/** `name/16 date/12 uid/6 gid/6 mode/8 size/10` and two bytes that end it (Unix `ar.h`). */
const HEADER_SIZE = 60;
const SIZE = { at: 48, length: 10 } as const;
const HEADER_END = { at: 58, bytes: [0x60, 0x0a] } as const;
const NAME_LENGTH = 16;

const GNU_SYMBOLS = new Set(['/', '/SYM64/', '/<ECSYMBOLS>/', '/<HYBRIDMAP>/', '/<XFGHASHMAP>/']);
const GNU_NAMES = '//';
/** Darwin: `__.SYMDEF`, `__.SYMDEF SORTED`, `__.SYMDEF_64`, `__.SYMDEF_64 SORTED`. */
const BSD_SYMBOLS = /^__\.SYMDEF(?:_64)?(?: SORTED)?$/;
const BSD_NAME = /^#1\/(\d{1,8})$/;
const GNU_LONG_NAME = /^\/(\d{1,10})$/;

/** Whether the bytes start as an archive does. */
export function isAr(view: View): boolean {
  return startsWith(view, MAGIC) || startsWith(view, THIN_MAGIC);
}

/** Reads the list of members (`ar.h`; GNU binutils' and LLVM's variants). Fails on sizes that are no numbers or reach beyond the file. */
export function readAr(view: View): ReadResult<ArFile> {
  const thin = startsWith(view, THIN_MAGIC);
  const members: ArMember[] = [];
  const longNames: { readonly offset: number; readonly size: number }[] = [];
  let names: View | undefined;
  for (let offset = MAGIC.length; offset < view.bytes.length;) {
    const header = readHeader(view, offset);
    if (!header.ok) return header;
    const { field, size } = header.value;
    const start = offset + HEADER_SIZE;
    const isTable = field === GNU_NAMES || GNU_SYMBOLS.has(field);
    const stored = thin && !isTable ? 0 : size;
    const content = sliceView(view, start, stored, `the content of archive member "${field}"`);
    if (!content.ok) return content;
    if (field === GNU_NAMES) {
      names = content.value;
      longNames.push({ offset: start, size });
    }
    if (!isTable) {
      const member = named({ field, offset: start, size }, content.value, names);
      if (!member.ok) return member;
      if (!BSD_SYMBOLS.test(member.value.name)) members.push(member.value);
      if (member.value.offset > start) longNames.push({ offset: start, size: member.value.offset - start });
    }
    offset = start + stored + (stored % 2);
  }
  return found({ format: 'ar', thin, members, longNames });
}

function readHeader(view: View, offset: number): ReadResult<{ readonly field: string; readonly size: number }> {
  const name = readPaddedText(view, offset, NAME_LENGTH, 'the name of an archive member');
  if (!name.ok) return name;
  const size = readPaddedText(view, offset + SIZE.at, SIZE.length, 'the size of an archive member');
  if (!size.ok) return size;
  if (!startsWith(view, HEADER_END.bytes, offset + HEADER_END.at)) return unreadable(view, offset, 'an archive member without a proper header');
  if (!/^\d+ *$/.test(size.value)) return unreadable(view, offset + SIZE.at, `an archive member of size "${size.value.trimEnd()}"`);
  return found({ field: name.value.trimEnd(), size: Number(size.value) });
}

/** The content of a member; empty in a thin archive. Fails for a member of another archive. */
export function memberContent(view: View, archive: ArFile, member: ArMember): ReadResult<View> {
  return sliceView(view, member.offset, archive.thin ? 0 : member.size, `the content of archive member "${member.name}"`);
}

interface Unnamed {
  readonly field: string;
  readonly offset: number;
  readonly size: number;
}

function named({ field, offset, size }: Unnamed, content: View, names: View | undefined): ReadResult<ArMember> {
  const inline = BSD_NAME.exec(field);
  if (inline) {
    const length = Number(inline[1]);
    const name = readPaddedText(content, 0, length, 'the name of an archive member');
    if (!name.ok) return name;
    return found({ name: name.value, offset: offset + length, size: size - length });
  }
  const long = GNU_LONG_NAME.exec(field);
  const name = long && names ? readLongName(names, Number(long[1])) : found(field.endsWith('/') ? field.slice(0, -1) : field);
  return name.ok ? found({ name: name.value, offset, size }) : name;
}

const NEWLINE = 0x0a;

/** GNU ends a name in its table with `/` and a newline, Microsoft's tools with a zero byte, where a padded text ends too. */
function readLongName(names: View, offset: number): ReadResult<string> {
  const rest = sliceView(names, offset, names.bytes.length - offset, 'the name of an archive member');
  if (!rest.ok) return rest;
  const end = rest.value.bytes.indexOf(NEWLINE);
  const name = readPaddedText(rest.value, 0, end < 0 ? rest.value.bytes.length : end, 'the name of an archive member');
  return name.ok ? found(name.value.endsWith('/') ? name.value.slice(0, -1) : name.value) : name;
}
