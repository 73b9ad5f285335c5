/** What records are called. */
import { digest } from '../system/digest.js';

/** A key of a task. */
export function keyName(task: string, key: string): string {
  return `${digest(task).slice(0, 16)}-${key}`;
}

/** A part of a key, by Nx's name and hash: the same part of another key is the same record. */
export function partName(name: string, hash: string): string {
  return digest(`${name}\0${hash}`).slice(0, 32);
}
