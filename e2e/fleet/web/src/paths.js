/** Where things are, for the scripts; what they call takes its paths as arguments. */
import { fileURLToPath } from 'node:url';

/** @param {string} path  relative to the folder of this project */
const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const PAGE = inProject('page/page.html');
export const STYLE = inProject('page/style.css');
export const TEMPLATE = inProject('dist/template.html');
export const INDEX = inProject('dist/index.html');

/** What the cross builds lay out: `<platform>/<project>/manifest.json`. */
export const ARTIFACTS = inProject('../dist/cross');
