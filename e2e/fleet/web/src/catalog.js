/** Lists the artifacts of the fleet on the page. */
import { readFile, writeFile } from 'node:fs/promises';
import { readBuilds } from './manifests.js';
import { withArtifacts } from './page.js';
import { ARTIFACTS, INDEX, TEMPLATE } from './paths.js';

const [template, builds] = await Promise.all([readFile(TEMPLATE, 'utf8'), readBuilds(ARTIFACTS)]);
await writeFile(INDEX, withArtifacts(template, builds));
const files = builds.reduce((sum, { manifest }) => sum + manifest.files.length, 0);
console.log(`web: listed ${files} files of ${builds.length} builds in dist/index.html`);
