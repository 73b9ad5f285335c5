/** The page as text: a template with two slots, for the style and for the artifacts. */

const STYLE_SLOT = '/* style */';
const ARTIFACTS_SLOT = '<!-- artifacts -->';

/**
 * Puts the style sheet into the page.
 * @param {string} page
 * @param {string} style
 */
export function withStyle(page, style) {
  return fill(page, STYLE_SLOT, `\n${style.trimEnd()}\n    `);
}

/**
 * Puts the table of artifacts into the page.
 * @param {string} template
 * @param {readonly import('./manifests.js').Build[]} builds
 */
export function withArtifacts(template, builds) {
  return fill(template, ARTIFACTS_SLOT, builds.length === 0 ? '<p>Nothing was built yet.</p>' : table(builds));
}

function fill(text, slot, content) {
  if (!text.includes(slot)) throw new Error(`the page has no slot ${slot}`);
  return text.replace(slot, () => content);
}

function table(builds) {
  const rows = builds.flatMap((build) => build.manifest.files.map((file) => row(build, file)));
  return [
    '<table>',
    '<thead><tr><th>Project</th><th>Platform</th><th>File</th><th>Kind</th><th>Bytes</th><th>SHA-256</th></tr></thead>',
    '<tbody>',
    ...rows,
    '</tbody>',
    '</table>',
  ].join('\n');
}

function row({ project, platform, manifest }, { name, kind, size, sha256 }) {
  return [
    '<tr>',
    `<td>${escape(project)} ${escape(manifest.version)}</td>`,
    `<td>${escape(platform)}</td>`,
    `<td>${escape(name)}</td>`,
    `<td>${escape(kind)}</td>`,
    `<td class="number">${escape(size)}</td>`,
    `<td><code title="${escape(sha256)}">${escape(sha256.slice(0, 12))}</code></td>`,
    '</tr>',
  ].join('');
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(value) {
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
