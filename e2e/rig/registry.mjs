/**
 * A package registry of one package: the packed plugin, as if it were published. Everything else it sends on to the registry that npm uses anyway.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { capture } from '../../tools/lib/run.mjs';

/**
 * @param {import('./template.mjs').Template} template
 * @returns {Promise<{env: Record<string, string>, close: () => void}>} `env` makes npm use it
 */
export async function serveRegistry({ tarball, plugin }) {
  const upstream = capture('npm', ['config', 'get', 'registry']).stdout.trim();
  const manifest = JSON.parse(readFileSync(join(plugin, 'package.json'), 'utf8'));
  const bytes = readFileSync(tarball);
  const server = createServer((request, response) => {
    if (request.url === `/${manifest.name}`) return json(response, packument(`http://${request.headers.host}`));
    if (request.url === `/${basename(tarball)}`) return response.end(bytes);
    response.writeHead(302, { location: new URL(request.url.slice(1), upstream).href }).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/`;
  return { env: { npm_config_registry: url }, close: () => server.closeAllConnections() ?? server.close() };

  function packument(origin) {
    const dist = { tarball: `${origin}/${basename(tarball)}`, integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}` };
    return { name: manifest.name, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: { ...manifest, dist } } };
  }
}

function json(response, value) {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}
