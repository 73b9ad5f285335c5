import { expect, test } from '@jest/globals';
import { parseFingerprint } from './unit-fingerprint.js';

/** As cargo 1.95 wrote them. */
const CLAP =
  '{"rustc":7458672600737419911,"features":"[\\"color\\", \\"deps\\"]","declared_features":"[]","target":3788228259706617387,"profile":1037659881913165818,"path":7694062829759336880,"deps":[[9557567156295327777,"clap_builder",false,10568591423856362276],[13200147213593259509,"clap_derive",true,3119910211773559894]],"local":[{"CheckDepInfo":{"dep_info":"release/.fingerprint/clap-86823622a6781e82/dep-lib-clap","checksum":false}}],"rustflags":[],"config":8247474407144887393,"compile_kind":0}';
const NONE = '{"rustc":1,"deps":[],"local":[{"Precalculated":"1.0.0"}]}';

test.each<[string, string, string, unknown]>([
  ['two dependencies', '0100000000000000', CLAP, { own: '1', needs: ['10568591423856362276', '3119910211773559894'] }],
  ['lowest byte first', 'ff00000000000080\n', NONE, { own: '9223372036854776063', needs: [] }],
  ['no number', 'ff', NONE, undefined],
  ['another form', '0100000000000000', '{"deps":[{"name":"x"}]}', undefined],
  ['cut off', '0100000000000000', CLAP.slice(0, 260), undefined],
])('%s', (_, own, parts, expected) => expect(parseFingerprint(own, parts)).toEqual(expected));
