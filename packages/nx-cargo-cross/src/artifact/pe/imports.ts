/** The DLLs that a PE image loads. */
import { found, readRecord, type ReadResult } from '../bytes.js';
import { offsetOfRva, readNameAt, type NameAt, type PeImage } from './address.js';
import { DELAY_IMPORT_DESCRIPTOR, DELAY_IMPORT_IS_RELATIVE, DIRECTORY, IMPORT_DESCRIPTOR } from './layout.js';

/** Names of the DLLs loaded with the image, as written, in order. The table ends with an entry without a name. */
export function readImports(image: PeImage): ReadResult<readonly NameAt[]> {
  const table = image.directories[DIRECTORY.imports];
  if (!table || table.address === 0) return found([]);
  const start = offsetOfRva(image, table.address, 'the import table');
  if (!start.ok) return start;
  const names: NameAt[] = [];
  for (let offset = start.value; ; offset += IMPORT_DESCRIPTOR.size) {
    const descriptor = readRecord(image.view, IMPORT_DESCRIPTOR, offset);
    if (!descriptor.ok) return descriptor;
    if (descriptor.value.name === 0 || descriptor.value.addressTable === 0) return found(names);
    const name = readNameAt(image, descriptor.value.name, 'the name of an imported DLL');
    if (!name.ok) return name;
    names.push(name.value);
  }
}

/** Names of the DLLs loaded at the first call of one of their functions. */
export function readDelayImports(image: PeImage): ReadResult<readonly NameAt[]> {
  const table = image.directories[DIRECTORY.delayImports];
  if (!table || table.address === 0) return found([]);
  const start = offsetOfRva(image, table.address, 'the delay import table');
  if (!start.ok) return start;
  const names: NameAt[] = [];
  for (let offset = start.value; ; offset += DELAY_IMPORT_DESCRIPTOR.size) {
    const descriptor = readRecord(image.view, DELAY_IMPORT_DESCRIPTOR, offset);
    if (!descriptor.ok) return descriptor;
    if (descriptor.value.name === 0) return found(names);
    const relative = (descriptor.value.attributes & DELAY_IMPORT_IS_RELATIVE) !== 0;
    const name = readNameAt(image, descriptor.value.name - (relative ? 0 : image.imageBase), 'the name of a delay-loaded DLL');
    if (!name.ok) return name;
    names.push(name.value);
  }
}
