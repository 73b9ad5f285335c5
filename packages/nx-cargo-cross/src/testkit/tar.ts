/** Tar files made of texts, as Nx's client makes them: GNU headers, long names in members of their own. */

export interface TarFile {
  readonly path: string;
  readonly text?: string;
  /** `0` a file, `5` a folder, `2` a link. */
  readonly type?: string;
}

const BLOCK = 512;

export function tar(files: readonly TarFile[]): Uint8Array {
  const blocks = files.flatMap(({ path, text = '', type = '0' }) => [...(path.length > 99 ? member('././@LongLink', `${path}\0`, 'L') : []), ...member(path.slice(0, 99), text, type)]);
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

export function member(path: string, text: string, type: string): Buffer[] {
  const content = Buffer.from(text);
  const header = Buffer.alloc(BLOCK);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar  \0', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)];
}
