import { expect, test } from '@jest/globals';
import { parseDepInfo, sourcesOf, unitOf } from './dep-info.js';

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

test('notes name what was made, what was read, and the variables that were asked for', () => {
  const text = `/w/target/deps/app-1.d: app/src/main.rs /w/my\\ files/b#c.txt

/w/my\\ target/deps/app-1: app/src/main.rs /w/my\\ files/b#c.txt

app/src/main.rs:
app/src/../../my\\ files/b#c.txt:
C:\\w\\src\\lib.rs:

# env-dep:CARGO_PKG_NAME=app
# env-dep:EMPTY=
# env-dep:MODE
# env-dep:TEXT=a=b\\nc:
# checksum:blake3=0 file_len:1 app/src/main.rs`;
  expect(parseDepInfo(text)).toEqual({
    made: ['/w/target/deps/app-1.d', '/w/my target/deps/app-1'],
    files: ['app/src/main.rs', 'app/src/../../my files/b#c.txt', 'C:\\w\\src\\lib.rs'],
    variables: ['CARGO_PKG_NAME', 'EMPTY', 'MODE', 'TEXT'],
  });
});
