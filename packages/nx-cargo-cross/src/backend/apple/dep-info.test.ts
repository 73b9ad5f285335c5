import { expect, test } from '@jest/globals';
import { sourcesOf, unitOf } from './dep-info.js';

test.each([
  ['libcore_foundation_sys-cb0b19b8b8578665.rlib', 'core_foundation_sys', 'core_foundation_sys-cb0b19b8b8578665.d'],
  ['core_foundation_sys-cb0b19b8b8578665.d', 'core_foundation_sys', 'core_foundation_sys-cb0b19b8b8578665.d'],
  ['fw-f9032a79e3061779.08ldyf3tubr5t45aj6iqq6n3i.1yz789j.rcgu.o', 'fw', 'fw-f9032a79e3061779.d'],
  ['libloading-f9032a79e3061779.libloading.abc-cgu.0.rcgu.o', 'libloading', 'libloading-f9032a79e3061779.d'],
  ['plug.plug.bc3489c74d7d54ed-cgu.0.rcgu.o', 'plug', 'plug.d'],
  ['plug.d', 'plug', 'plug.d'],
])('%s belongs to %s, and its notes are %s', (file, crate, notes) => {
  expect(unitOf(file)).toEqual({ crate, notes });
});

test.each(['symbols.o', 'libz.a', '-lobjc', 'libfoo.rlib', 'libplug.dylib', 'twice.o'])('%s belongs to no crate', (file) => {
  expect(unitOf(file)).toBeUndefined();
});

test('notes name every source, generated ones and odd ones too', () => {
  const text = `/w/target/deps/fw-1.d: /home/me/.cargo/registry/src/i-1/a-1.0.0/src/lib.rs /w/my\\ crate/src/main.rs

/w/target/deps/libfw-1.rlib: src/main.rs

/home/me/.cargo/registry/src/i-1/a-1.0.0/src/lib.rs:
/w/my\\ crate/src/main.rs:
/w/target/build/b-1/out/bindings.rs:
/w/data.json:
src/main.rs:

# env-dep:OUT_DIR=/w/target/build/b-1/out.rs:
`;
  expect(sourcesOf(text)).toEqual(['/home/me/.cargo/registry/src/i-1/a-1.0.0/src/lib.rs', '/w/my crate/src/main.rs', '/w/target/build/b-1/out/bindings.rs', 'src/main.rs']);
});
