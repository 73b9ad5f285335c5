import { expect, test } from '@jest/globals';
import { proxyFor, withoutProxyHere } from './remote-proxy.js';

const PROXY = 'http://proxy:3128';

test.each<[string, Record<string, string>, string | undefined]>([
  ['http://cache.example.com', {}, undefined],
  ['http://cache.example.com', { HTTP_PROXY: PROXY }, PROXY],
  ['http://cache.example.com', { http_proxy: PROXY, HTTP_PROXY: 'x' }, PROXY],
  ['http://cache.example.com', { https_proxy: PROXY }, undefined],
  ['https://cache.example.com', { https_proxy: PROXY }, PROXY],
  ['https://cache.example.com', { ALL_PROXY: PROXY }, PROXY],
  ['https://cache.example.com', { ALL_PROXY: PROXY, no_proxy: 'localhost, .example.com' }, undefined],
  ['https://cache.example.com', { ALL_PROXY: PROXY, NO_PROXY: 'cache.example.com:443' }, undefined],
  ['https://cache.example.com', { ALL_PROXY: PROXY, NO_PROXY: 'ple.com' }, PROXY],
  ['https://cache.example.com', { ALL_PROXY: PROXY, NO_PROXY: '*' }, undefined],
  ['https://cache.example.com', { ALL_PROXY: '' }, undefined],
])('%s with %j is reached through %s', (address, env, expected) => expect(proxyFor(address, env)).toBe(expected));

test.each<[Record<string, string>, Record<string, string>]>([
  [{}, {}],
  [{ http_proxy: PROXY }, { NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' }],
  [{ http_proxy: PROXY, no_proxy: 'a,b' }, { NO_PROXY: 'a,b,127.0.0.1', no_proxy: 'a,b,127.0.0.1' }],
  [{ http_proxy: PROXY, NO_PROXY: 'localhost,127.0.0.1' }, {}],
])('with %j, this machine needs %j', (env, expected) => expect(withoutProxyHere(env)).toEqual(expected));
