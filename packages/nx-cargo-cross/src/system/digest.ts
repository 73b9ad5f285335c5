/** The digest that keys are made with. */
import { hash } from 'node:crypto';

/** SHA-256 of a text, in hexadecimal. */
export function digest(text: string): string {
  return hash('sha256', text);
}
