/** Follows a file to which somebody appends one JSON object per line. */
import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

/**
 * @param {string} file  must exist
 * @param {(event: object) => void} onEvent
 * @returns {{stop: () => void}} `stop` reads what is left
 */
export function follow(file, onEvent) {
  const handle = openSync(file, 'r');
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(64 * 1024);
  let rest = '';
  const read = () => {
    for (;;) {
      const count = readSync(handle, buffer, 0, buffer.length, null);
      if (count === 0) return;
      const lines = (rest + decoder.write(buffer.subarray(0, count))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const event = parse(line);
        if (event) onEvent(event);
      }
    }
  };
  const timer = setInterval(read, 100);
  return {
    stop: () => {
      clearInterval(timer);
      read();
      closeSync(handle);
    },
  };
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
