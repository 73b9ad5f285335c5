/** The digest that keys are made with. */
import { hash } from 'node:crypto';

/** SHA-256 of a text or of bytes, in hexadecimal. */
export function digest(text: string | Uint8Array): string {
  return hash('sha256', text);
}
