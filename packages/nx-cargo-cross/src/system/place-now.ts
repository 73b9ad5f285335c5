/** Puts what was unpacked where it belongs. */
import { mkdirSync, readdirSync, renameSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Gives a file, or a folder with all that is in it, one time, and moves it; a folder goes in one step. Returns why it could not. */
export function placeNow(from: string, to: string, time: Date): string | undefined {
  try {
    for (const path of below(from)) utimesSync(path, time, time);
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
    return undefined;
  } catch (error) {
    const { message } = Object(error) as { readonly message?: unknown };
    return typeof message === 'string' ? message : String(error);
  }
}

/** What is in a folder comes before it: to write a file does not change the time of the folder, to make one does. */
function below(path: string): readonly string[] {
  try {
    return [...readdirSync(path).flatMap((name) => below(join(path, name))), path];
  } catch {
    return [path];
  }
}
