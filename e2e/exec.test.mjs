/** Commands of the user's own with a platform's C toolchain: Go, CMake and make, built, proved, cached, and run where they can run. */
import assert from 'node:assert/strict';
import { runnerFor } from '../tools/demo/runners.mjs';
import { e2e, lacking } from './rig.mjs';

const GCC = { '*-linux-gnu*': 'gcc', '*-windows-gnu': 'gcc', '*': 'zig' };
const TOOLS = ['aarch64-linux-gnu-gcc', 'x86_64-w64-mingw32-gcc', 'arm-linux-gnueabihf-gcc'];

/** A target of the executor for each platform. */
function project(name, platforms, options) {
  const targets = platforms.map((platform) => [`cross-${platform}`, { executor: 'nx-cargo-cross:exec', options: { platform, ...options } }]);
  return { [`${name}/project.json`]: `${JSON.stringify({ name, targets: Object.fromEntries(targets) }, null, 2)}\n` };
}

/** Runs a program of the output, where it can run. */
function runs(workspace, platform, folder, name, args, expected) {
  const { triple, files } = workspace.readJson(`${folder}/manifest.json`);
  const file = files.find((candidate) => candidate.name === name);
  const runner = runnerFor(triple, file.linkage === 'dynamic');
  if ('why' in runner) return console.log(`  (${platform}: ${runner.why})`);
  const ran = runner.run(workspace.path(folder, name), args);
  assert.equal(ran.stdout, expected, `${platform}: ${ran.stderr}`);
}

const GO_PLATFORMS = {
  'aarch64-linux': { library: 'libgreet.so', format: 'elf', machine: 'aarch64' },
  'x86_64-windows': { library: 'greet.dll', format: 'pe', machine: 'x86_64' },
  'armv7-linux-gnueabihf': { library: 'libgreet.so', format: 'elf', machine: 'arm' },
};

const GO = {
  'greet/go.mod': 'module example.com/greet\n\ngo 1.19\n',
  'greet/main.go': `package main

// int twice(int);
import "C"

//export Answer
func Answer() C.int { return C.twice(21) }

func main() {}
`,
  'greet/twice.c': 'int twice(int value) { return 2 * value; }\n',
  ...project('greet', Object.keys(GO_PLATFORMS), {
    command: ['go', 'build', '-buildmode=c-shared', '-trimpath', '-o', '{buildDir}/{libPrefix}greet{libSuffix}', '.'],
    artifacts: [
      { path: '{buildDir}/{libPrefix}greet{libSuffix}', kind: 'cdylib' },
      { path: '{buildDir}/{libPrefix}greet.h', kind: 'file', name: 'greet.h' },
    ],
  }),
};

e2e(
  'Go libraries for C are built with cgo for three platforms, proved, and come from the cache until a C file changes',
  { files: GO, options: { backends: GCC }, skip: lacking('go', ...TOOLS) },
  async (workspace) => {
    const all = ['run-many', '-t', Object.keys(GO_PLATFORMS).map((platform) => `cross-${platform}`).join(',')];
    const first = await workspace.nx(all);
    assert.equal(first.code, 0, first.text);
    for (const [platform, { library, format, machine }] of Object.entries(GO_PLATFORMS)) {
      const folder = `dist/cross/${platform}/greet`;
      assert.deepEqual(workspace.list(folder).sort(), [library, 'greet.h', 'manifest.json'].sort());
      const { crate, backend, files } = workspace.readJson(`${folder}/manifest.json`);
      assert.deepEqual({ crate, backend: backend.id }, { crate: 'greet', backend: 'gcc' });
      const built = files.find((file) => file.name === library);
      assert.deepEqual({ kind: built.kind, format: built.format, machine: built.machine }, { kind: 'cdylib', format, machine });
      assert.match(workspace.read(`${folder}/greet.h`), /Answer/);
    }
    workspace.remove('dist');
    const second = await workspace.nx(all);
    assert.equal(second.code, 0, second.text);
    assert.match(second.stdout, /read the output from the cache instead of running the command for 3 out of 3 tasks|local cache/);
    assert.ok(workspace.exists('dist/cross/aarch64-linux/greet/libgreet.so'));

    workspace.write({ 'greet/twice.c': 'int twice(int value) { return value + value; }\n' });
    const third = await workspace.nx(['run', 'greet:cross-aarch64-linux']);
    assert.equal(third.code, 0, third.text);
    assert.doesNotMatch(third.stdout, /local cache/);
  },
);

const C_FILES = {
  'main.c': '#include <stdio.h>\nint answer(void);\nint main(void) { printf("the answer is %d\\n", answer()); return 0; }\n',
  'answer.c': 'int answer(void) { return 42; }\n',
};
const inFolder = (folder, files) => Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

const CMAKE = {
  ...inFolder('answer', C_FILES),
  'answer/answer.cpp': '#include <string>\nextern "C" int answer(void) { return static_cast<int>(std::string(42, \'x\').size()); }\n',
  'answer/CMakeLists.txt': `cmake_minimum_required(VERSION 3.16)
project(answer C CXX)
add_library(deep STATIC answer.cpp)
add_executable(answer main.c)
target_link_libraries(answer PRIVATE deep)
`,
  ...project('answer', ['aarch64-linux', 'x86_64-windows'], {
    commands: ['cmake -S . -B {buildDir} -DCMAKE_BUILD_TYPE=Release', 'cmake --build {buildDir}'],
    artifacts: [
      { path: '{buildDir}/answer{exe}', kind: 'bin' },
      { path: '{buildDir}/libdeep.a', kind: 'staticlib' },
    ],
  }),
};

/** The compiler's C++ library is not on every Linux. */
const LINKED_IN = { 'aarch64-linux': { env: { LDFLAGS: '-static-libstdc++' } } };

e2e('a CMake project gets its compiler from the toolchain file', { files: CMAKE, options: { backends: GCC, platform: LINKED_IN }, skip: lacking('cmake', 'make', 'aarch64-linux-gnu-g++', 'x86_64-w64-mingw32-g++') }, async (workspace) => {
  const { code, text } = await workspace.nx(['run-many', '-t', 'cross-aarch64-linux,cross-x86_64-windows']);
  assert.equal(code, 0, text);
  for (const [platform, name] of [['aarch64-linux', 'answer'], ['x86_64-windows', 'answer.exe']]) {
    runs(workspace, platform, `dist/cross/${platform}/answer`, name, [], 'the answer is 42\n');
  }
  assert.deepEqual(workspace.list('answer').filter((file) => /build|CMakeCache/.test(file)), [], 'nothing is written beside the sources');
});

const MESON = {
  'told/main.c': '#include <stdio.h>\nint main(void) { printf("the answer is %d\\n", ANSWER); return 0; }\n',
  'told/meson_options.txt': "option('answer', type: 'integer', value: 1)\n",
  'told/meson.build': "project('told', 'c')\nadd_project_arguments('-DANSWER=' + get_option('answer').to_string(), language: 'c')\nexecutable('told', 'main.c')\n",
};
const mesonProject = (answer) =>
  project('told', ['aarch64-linux', 'x86_64-windows'], {
    commands: [`meson setup {buildDir} --cross-file {mesonCross} -Db_pie=true -Danswer=${answer}`, 'meson compile -C {buildDir}'],
    artifacts: [{ path: '{buildDir}/told{exe}', kind: 'bin' }],
  });

e2e(
  'a Meson project gets its compiler from the cross file, and is set up anew where its command says something else',
  { files: { ...MESON, ...mesonProject(42) }, options: { backends: GCC }, skip: lacking('meson', 'ninja', 'aarch64-linux-gnu-gcc', 'x86_64-w64-mingw32-gcc') },
  async (workspace) => {
    const builds = async (answer) => {
      const { code, text } = await workspace.nx(['run-many', '-t', 'cross-aarch64-linux,cross-x86_64-windows']);
      assert.equal(code, 0, text);
      for (const [platform, name] of [['aarch64-linux', 'told'], ['x86_64-windows', 'told.exe']]) {
        runs(workspace, platform, `dist/cross/${platform}/told`, name, [], `the answer is ${answer}\n`);
      }
    };
    await builds(42);
    workspace.write(mesonProject(43));
    await builds(43);
  },
);

/** As plain as they come: it writes beside its sources, and names no compiler but make's own variables. */
const MAKE = {
  ...inFolder('tool', C_FILES),
  'tool/Makefile': 'tool$(EXE): main.o libanswer.a\n\t$(CC) $(LDFLAGS) -o $@ $^\nlibanswer.a: answer.o\n\t$(AR) rcs $@ $^\n',
};
const MAKE_OPTIONS = { command: 'make EXE={exe}', copy: true, artifacts: [{ path: 'tool{exe}', kind: 'bin' }] };

e2e(
  'a Makefile that writes beside its sources runs in a copy of them, for two platforms at once, and again when a file changes',
  {
    files: { ...MAKE, ...project('tool', ['aarch64-linux', 'armv7-linux-musleabihf'], MAKE_OPTIONS) },
    options: { backends: GCC },
    skip: lacking('make', 'aarch64-linux-gnu-gcc'),
  },
  async (workspace) => {
    const all = ['run-many', '-t', 'cross-aarch64-linux,cross-armv7-linux-musleabihf'];
    const first = await workspace.nx(all);
    assert.equal(first.code, 0, first.text);
    for (const platform of ['aarch64-linux', 'armv7-linux-musleabihf']) runs(workspace, platform, `dist/cross/${platform}/tool`, 'tool', [], 'the answer is 42\n');
    assert.deepEqual(workspace.list('tool').sort(), ['Makefile', 'answer.c', 'main.c', 'project.json']);

    workspace.write({ 'tool/answer.c': 'int answer(void) { return 43; }\n' });
    const second = await workspace.nx(all);
    assert.equal(second.code, 0, second.text);
    runs(workspace, 'aarch64-linux', 'dist/cross/aarch64-linux/tool', 'tool', [], 'the answer is 43\n');

    const plan = await workspace.nx(['run', 'tool:cross-aarch64-linux', '--dry-run']);
    assert.match(plan.stdout, /env {6}CC=\S*aarch64-linux-gnu-gcc/);
    assert.match(plan.stdout, /command {4}make EXE=/);
  },
);

e2e(
  "a program that the host's own compiler made is not handed out",
  {
    files: { ...MAKE, ...project('tool', ['aarch64-linux'], { ...MAKE_OPTIONS, command: ['make', 'CC=cc', 'AR=ar'] }) },
    options: { backends: GCC },
    skip: process.arch === 'arm64' ? 'here the host makes just that program' : lacking('make', 'cc', 'aarch64-linux-gnu-gcc'),
  },
  async (workspace) => {
    const { code, text } = await workspace.nx(['run', 'tool:cross-aarch64-linux']);
    assert.notEqual(code, 0);
    assert.match(text, /error\[promise-broken\]: tool is not what platform aarch64-linux promises/);
    assert.match(text, /machine: promised aarch64, found x86_64/);
    assert.ok(!workspace.exists('dist/cross/aarch64-linux/tool'));
  },
);

e2e(
  'what is wrong with a target is said before anything runs',
  {
    files: {
      ...MAKE,
      'tool/project.json': JSON.stringify({
        name: 'tool',
        targets: {
          shell: { executor: 'nx-cargo-cross:exec', options: { ...MAKE_OPTIONS, platform: 'aarch64-linux', command: 'make && echo done' } },
          inputs: { executor: 'nx-cargo-cross:exec', inputs: ['default'], options: { ...MAKE_OPTIONS, platform: 'aarch64-linux' } },
          absent: { executor: 'nx-cargo-cross:exec', options: { ...MAKE_OPTIONS, platform: 'riscv64-linux', command: ['no-such-program'] } },
          fails: { executor: 'nx-cargo-cross:exec', options: { ...MAKE_OPTIONS, platform: 'i686-linux-musl', command: ['sh', '-c', 'echo to be seen; exit 3'] } },
          makesNothing: { executor: 'nx-cargo-cross:exec', options: { ...MAKE_OPTIONS, platform: 'x86_64-linux-musl', command: ['true'] } },
        },
      }),
    },
    options: { backends: { '*': 'zig' } },
  },
  async (workspace) => {
    for (const [target, ...expected] of [
      ['shell', /option-invalid/, /"&" would need a shell/],
      ['inputs', /option-invalid/, /the cache key would not hold the compiler/],
      ['absent', /tool-missing/, /no-such-program was not found/],
      ['fails', /to be seen/, /error\[command-failed\]/, /exit code 3/],
      ['makesNothing', /error\[artifact-not-made\]/, /made no \S+\/tool$/m],
    ]) {
      const { code, text } = await workspace.nx(['run', `tool:${target}`]);
      assert.notEqual(code, 0, target);
      for (const words of expected) assert.match(text, words, target);
    }
  },
);
