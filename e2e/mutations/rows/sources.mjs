/** Sources, and what lies beside them. */
import { add, swap } from '../change.mjs';
import { from, NONE, of, without } from '../truth.mjs';

const COMMENT = add('// changed\n');
const WORDS = add('More words.\n');

/** A change of one file that the build reads. */
const edited = (name, path, rebuilt, edit = COMMENT) => ({ name, change: { files: { [path]: edit } }, rebuilt });

/** @type {readonly import('../matrix.mjs').Row[]} */
export const SOURCES = [
  edited("a program's own source", 'apps/cli/src/main.rs', of('cli')),
  edited("a direct and transitive dependency's source", 'libs/core/src/lib.rs', from('core')),
  edited('a source below a procedural macro', 'libs/macro-support/src/lib.rs', from('macro-support')),
  edited('a dependency under another name, of two Cargo workspaces', 'libs/util/src/lib.rs', from('util')),
  edited('a dependency whose Nx project has another name', 'libs/labels/src/lib.rs', from('labels')),
  edited('a program whose Nx project has another name', 'apps/console/src/main.rs', of('console')),
  edited("a dev-dependency's source", 'libs/devonly/src/lib.rs', NONE),
  edited('a source in a circle of dev-dependencies', 'libs/testkit/src/lib.rs', NONE),
  edited('a library that nothing uses', 'libs/leaf/src/lib.rs', NONE),
  edited('a dependency on Windows only', 'libs/winonly/src/lib.rs', from('winonly')),
  edited('a dependency on Unix only', 'libs/unixonly/src/lib.rs', from('unixonly')),
  { ...edited('a dependency behind a target feature, which flags decide', 'libs/simd/src/lib.rs', from('simd')), needless: [{ tasks: without(of('agent'), from('simd')), because: 'cfgs' }] },
  { ...edited('a dependency behind a cfg of the own flags', 'libs/flagged/src/lib.rs', from('flagged')), needless: [{ tasks: without(of('agent'), from('flagged')), because: 'cfgs' }] },
  edited("an optional dependency whose feature is on for one platform", 'libs/service/src/lib.rs', from('service')),
  edited("a build-dependency's source", 'libs/buildtool/src/lib.rs', from('buildtool')),
  edited('a patched package', 'patches/semver/src/lib.rs', from('semver')),
  edited('a path dependency outside any workspace', 'external/parser/src/lib.rs', from('parser')),
  edited('C of a vendored library', 'libs/cbits/csrc/bits.c', from('cbits'), swap('BITS;', 'BITS + 1;')),
  edited('a header of a vendored library', 'libs/cbits/csrc/bits.h', from('cbits'), swap('8', '9')),
  edited('a cdylib', 'libs/ffi/src/lib.rs', of('ffi')),
  edited('a crate that stands alone', 'alone/src/main.rs', of('alone')),
  edited('a member of the second Cargo workspace', 'tools/genlib/src/lib.rs', from('genlib')),
  edited('a vendored package, its lock entry as it was', 'tools/third-party/smallvec/src/lib.rs', from('smallvec')),
  edited('a build script', 'apps/tool/build.rs', of('tool')),
  edited('a file that a build script reads', 'apps/tool/assets/version.txt', of('tool'), add('2\n')),
  edited('an include_str! file outside the crate', 'assets/licence.txt', of('bundle'), WORDS),
  edited('an include_str! file that a library names', 'assets/units/all.txt', from('util'), WORDS),
  edited('an include_str! README', 'apps/bundle/README.md', of('bundle'), WORDS),
  { ...edited("a program's README", 'apps/cli/README.md', NONE, WORDS), needless: [{ tasks: of('cli'), because: 'documents' }] },
  { ...edited("a library's README", 'libs/core/README.md', NONE, WORDS), needless: [{ tasks: from('core'), because: 'documents' }] },
  edited("a program's tests", 'apps/cli/tests/runs.rs', NONE),
  edited("a library's tests", 'libs/core/tests/works.rs', NONE),
  edited("a library's benchmarks", 'libs/core/benches/fast.rs', NONE),
  edited("a library's examples", 'libs/core/examples/shows.rs', NONE),
  edited('a document of the repository', 'docs/guide.md', NONE, WORDS),
  edited('line endings', 'apps/plain/src/main.rs', of('plain'), (text) => text.replaceAll('\n', '\r\n')),
  edited('a file that a symbolic link leads to', 'assets/other.rs', of('pair')),
  edited('a file in a folder that a symbolic link leads to', 'assets/labels/names.rs', from('labels')),
  edited("a README that the crate's options take out", 'libs/unixonly/README.md', NONE, WORDS),
  { name: 'a file mode', change: { executable: ['apps/plain/src/main.rs'] }, rebuilt: NONE },
  { name: 'a module more', change: { files: { 'libs/util/src/more.rs': '// more\n' } }, rebuilt: from('util') },
  { name: 'a module less', change: { removed: ['libs/core/src/words.rs'] }, rebuilt: from('core') },
  { name: 'a source that becomes a link to the same text', change: { moved: { 'apps/plain/src/main.rs': 'assets/main.rs' }, links: { 'apps/plain/src/main.rs': '../../../assets/main.rs' } }, rebuilt: NONE, needless: [{ tasks: of('plain'), because: 'links' }] },
];
