/** The proxy variables, as Nx's client reads them (crate `reqwest`): a guard on this machine must not be asked through a proxy, and cannot itself go through one. */

type Env = Readonly<Record<string, string | undefined>>;

const HERE = '127.0.0.1';

/** The proxy through which an address is reached; undefined where it is reached directly. */
export function proxyFor(address: string, env: Env): string | undefined {
  const { protocol, hostname } = new URL(address);
  const proxy = variable(env, protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? variable(env, 'all_proxy');
  return proxy === undefined || isExcepted(hostname, env) ? undefined : proxy;
}

/** The variables that keep requests to this machine from a proxy; none where there is no proxy. */
export function withoutProxyHere(env: Env): Readonly<Record<string, string>> {
  if (!['http_proxy', 'all_proxy'].some((name) => variable(env, name) !== undefined) || isExcepted(HERE, env)) return {};
  const list = [variable(env, 'no_proxy'), HERE].filter((part) => part !== undefined).join(',');
  return { NO_PROXY: list, no_proxy: list };
}

function isExcepted(host: string, env: Env): boolean {
  const hosts = (variable(env, 'no_proxy') ?? '').split(',').map((part) => part.trim().replace(/^\*?\./, '').replace(/:\d+$/, ''));
  return hosts.some((excepted) => excepted === '*' || (excepted !== '' && (host === excepted || host.endsWith(`.${excepted}`))));
}

function variable(env: Env, name: string): string | undefined {
  const value = env[name] ?? env[name.toUpperCase()];
  return value === '' ? undefined : value;
}
