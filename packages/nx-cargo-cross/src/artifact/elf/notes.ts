/** Notes: small records that tools leave in a program for loaders and for one another (gABI chapter 5, "Note Section"). */
import { found, readNumber, readPaddedText, readRecord, sliceView, type ReadResult } from '../bytes.js';
import type { Place } from '../places.js';
import type { ElfSkeleton } from './header.js';
import { NOTE, SEGMENT } from './layout.js';

/** The NDK's start files say for which API level they are (NDK, `sources/crt/crtbrand.S`): name "Android", type 1, the level first. */
const ANDROID = { name: 'Android', type: 1 } as const;

/** The API level that an Android program was linked for, and where it says so; undefined without the note. */
export interface AndroidNote extends Place {
  readonly level: number;
}

/** Reads the notes of all PT_NOTE segments. What is no proper note ends the reading of its segment: notes are hints, not promises. */
export function readAndroidNote(elf: ElfSkeleton): ReadResult<AndroidNote | undefined> {
  for (const segment of elf.segments) {
    if (segment.type !== SEGMENT.note) continue;
    const content = sliceView(elf.view, segment.offset, segment.fileSize, 'the notes');
    if (!content.ok) return content;
    const view = content.value;
    for (let offset = 0; offset + NOTE.size <= view.bytes.length;) {
      const note = readRecord(view, NOTE, offset);
      if (!note.ok) return note;
      const start = offset + NOTE.size + padded(note.value.nameSize);
      const name = readPaddedText(view, offset + NOTE.size, note.value.nameSize, 'the name of a note');
      if (!name.ok || start + note.value.size > view.bytes.length) break;
      if (name.value === ANDROID.name && note.value.type === ANDROID.type) {
        const level = readNumber(view, 'u32', start, 'the API level');
        return level.ok ? found({ field: 'NT_ANDROID_TYPE_IDENT', offset: view.base + start, level: level.value }) : level;
      }
      offset = start + padded(note.value.size);
    }
  }
  return found(undefined);
}

/** Names and contents fill up to four bytes, in 64-bit files as well. */
function padded(size: number): number {
  return Math.ceil(size / 4) * 4;
}
