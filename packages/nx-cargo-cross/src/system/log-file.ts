/** A log that grows while a build runs. A log that cannot be written (a full disk) ends no build. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

export interface LogFile {
  write(text: string): void;
  /** Waits until all is on disk, or given up. */
  close(): Promise<void>;
}

/** Opens a file to append to. */
export function openLogFile(path: string): LogFile {
  const stream = createWriteStream(path, { flags: 'a' });
  let usable = true;
  const ended = new Promise<void>((resolve) => {
    stream.on('error', () => {
      usable = false;
      resolve();
    });
    void once(stream, 'close').then(
      () => resolve(),
      () => resolve(),
    );
  });
  return {
    write(text) {
      if (usable) stream.write(text);
    },
    async close() {
      if (usable) stream.end();
      await ended;
    },
  };
}
