/**
 * What real cargo calls printed: cargo 1.95 with CARGO_TERM_PROGRESS_WHEN=always and CARGO_TERM_PROGRESS_WIDTH=120, standard error as it came, with
 * paths made neutral and the padding of the bar shortened.
 */

/** A workspace of five crates, with a warning and a build script, in colours. */
export const COLOURED: string = [
  '\u001b[1m\u001b[92m   Compiling\u001b[0m app v0.1.0 (/repo/app)\n',
  '\u001b[1m\u001b[96m    Building\u001b[0m [                             ] 0/7: app(build.rs)          \r',
  '\u001b[K\u001b[1m\u001b[92m   Compiling\u001b[0m dep-a v0.1.0 (/repo/dep-a)\n',
  '\u001b[1m\u001b[96m    Building\u001b[0m [                             ] 0/7: dep-a, app(build.rs)          \r',
  '\u001b[K\u001b[1m\u001b[96m    Building\u001b[0m [                             ] 0/7: dep-a, app(build.rs)          \r',
  '\u001b[K\u001b[1m\u001b[92m   Compiling\u001b[0m dep-b v0.1.0 (/repo/dep-b)\n',
  '\u001b[1m\u001b[96m    Building\u001b[0m [===>                         ] 1/7: dep-b, app(build.rs)          \r',
  '\u001b[K\u001b[1m\u001b[33mwarning\u001b[0m\u001b[1m: unused variable: `unused`\u001b[0m\n',
  ' \u001b[1m\u001b[94m--> \u001b[0mdep-b/src/lib.rs:1:22\n',
  '  \u001b[1m\u001b[94m|\u001b[0m\n',
  '\u001b[1m\u001b[94m1\u001b[0m \u001b[1m\u001b[94m|\u001b[0m pub fn f()->u32{ let unused = 1; 1}\n',
  '  \u001b[1m\u001b[94m|\u001b[0m                      \u001b[1m\u001b[33m^^^^^^\u001b[0m \u001b[1m\u001b[33mhelp: if this is intentional, prefix it with an underscore: `_unused`\u001b[0m\n',
  '  \u001b[1m\u001b[94m|\u001b[0m\n',
  '  \u001b[1m\u001b[94m= \u001b[0m\u001b[1mnote\u001b[0m: `#[warn(unused_variables)]` (part of `#[warn(unused)]`) on by default\n',
  '\n',
  '\u001b[1m\u001b[96m    Building\u001b[0m [===>                         ] 1/7: dep-b, app(build.rs)          \r',
  '\u001b[K\u001b[1m\u001b[96m    Building\u001b[0m [===>                         ] 1/7: dep-b, app(build.rs)          \r',
  '\u001b[K\u001b[1m\u001b[33mwarning\u001b[0m: `dep-b` (lib) generated 1 warning (run `cargo fix --lib -p dep-b` to apply 1 suggestion)\n',
  '\u001b[1m\u001b[92m   Compiling\u001b[0m dep-c v0.1.0 (/repo/dep-c)\n',
  '\u001b[1m\u001b[96m    Building\u001b[0m [=======>                     ] 2/7: dep-c, app(build.rs)          \r',
  '\u001b[K\u001b[1m\u001b[96m    Building\u001b[0m [=======>                     ] 2/7: dep-c, app(build.rs)          \r',
  '\u001b[K\u001b[1m\u001b[96m    Building\u001b[0m [=======>                     ] 2/7: dep-c, app(build.rs)          \r',
  '\u001b[K\u001b[1m\u001b[92m   Compiling\u001b[0m dep-d v0.1.0 (/repo/dep-d)\n',
  '\u001b[1m\u001b[96m    Building\u001b[0m [===========>                 ] 3/7: dep-d, app(build.rs)          \r',
  '\u001b[1m\u001b[96m    Building\u001b[0m [===============>             ] 4/7: dep-d, app(build)          \r',
  '\u001b[K\u001b[1m\u001b[96m    Building\u001b[0m [===============>             ] 4/7: dep-d, app(build)          \r',
  '\u001b[1m\u001b[96m    Building\u001b[0m [===================>         ] 5/7: app(build)          \r',
  '\u001b[K\u001b[1m\u001b[96m    Building\u001b[0m [===================>         ] 5/7: app(build)          \r',
  '\u001b[K\u001b[1m\u001b[33mwarning\u001b[0m: app@0.1.0: slow down\n',
  '\u001b[1m\u001b[96m    Building\u001b[0m [=======================>     ] 6/7: app(bin)          \r',
  '\u001b[K\u001b[1m\u001b[92m    Finished\u001b[0m `release` profile [optimized] target(s) in 2.22s\n',
].join('');

/** The same without colours. */
export const PLAIN: string = [
  '   Compiling app v0.1.0 (/repo/app)\n',
  '    Building [                             ] 0/7: app(build.rs)          \r',
  '   Compiling dep-a v0.1.0 (/repo/dep-a)\n',
  '    Building [                             ] 0/7: dep-a, app(build.rs)          \r',
  '   Compiling dep-c v0.1.0 (/repo/dep-c)\n',
  '    Building [===>                         ] 1/7: dep-c, app(build.rs)          \r',
  '    Building [=======>                     ] 2/7: dep-c, app(build)          \r',
  '   Compiling dep-b v0.1.0 (/repo/dep-b)\n',
  '    Building [===========>                 ] 3/7: dep-b, app(build)          \r',
  'warning: unused variable: `unused`\n',
  ' --> dep-b/src/lib.rs:1:22\n',
  '  |\n',
  '1 | pub fn f()->u32{ let unused = 1; 1}\n',
  '  |                      ^^^^^^ help: if this is intentional, prefix it with an underscore: `_unused`\n',
  '  |\n',
  '  = note: `#[warn(unused_variables)]` (part of `#[warn(unused)]`) on by default\n',
  '\n',
  'warning: `dep-b` (lib) generated 1 warning (run `cargo fix --lib -p dep-b` to apply 1 suggestion)\n',
  '   Compiling dep-d v0.1.0 (/repo/dep-d)\n',
  '    Building [===============>             ] 4/7: app(build), dep-d          \r',
  '    Building [===================>         ] 5/7: app(build)          \r',
  'warning: app@0.1.0: slow down\n',
  '    Building [=======================>     ] 6/7: app(bin)          \r',
  '    Finished `release` profile [optimized] target(s) in 2.00s\n',
].join('');

/** The same while another cargo held the folder. */
export const BLOCKED: string = [
  '    Blocking waiting for file lock on artifact directory\n',
  'warning: app@0.1.0: slow down\n',
  'warning: unused variable: `unused`\n',
  ' --> dep-b/src/lib.rs:1:22\n',
  '  |\n',
  '1 | pub fn f()->u32{ let unused = 1; 1}\n',
  '  |                      ^^^^^^ help: if this is intentional, prefix it with an underscore: `_unused`\n',
  '  |\n',
  '  = note: `#[warn(unused_variables)]` (part of `#[warn(unused)]`) on by default\n',
  '\n',
  'warning: `dep-b` (lib) generated 1 warning (run `cargo fix --lib -p dep-b` to apply 1 suggestion)\n',
  '    Finished `release` profile [optimized] target(s) in 1.12s\n',
].join('');

/** A crate whose dependencies had to be downloaded. */
export const DOWNLOADING: string = [
  '    Updating crates.io index\n',
  ' Downloading 1 crate          \r',
  ' Downloading 2 crates          \r',
  ' Downloading 3 crates          \r',
  '  Downloaded itoa v1.0.18\n',
  ' Downloading 2 crates          \r',
  '  Downloaded semver v1.0.28\n',
  ' Downloading 1 crate          \r',
  '  Downloaded ryu v1.0.23\n',
  ' Downloading 0 crates          \r',
  '  Downloaded 3 crates (99.4KiB) in 0.09s\n',
  '   Compiling semver v1.0.28\n',
  '   Compiling itoa v1.0.18\n',
  '    Building [                             ] 0/4: itoa, semver          \r',
  '   Compiling ryu v1.0.23\n',
  '    Building [======>                      ] 1/4: ryu, semver          \r',
  '    Building [=============>               ] 2/4: semver          \r',
  '   Compiling reg v0.1.0 (/repo/reg)\n',
  '    Building [====================>        ] 3/4: reg(bin)          \r',
  '    Finished `dev` profile [unoptimized + debuginfo] target(s) in 3.66s\n',
].join('');

/** The lines of its standard output, one of each kind. */
export const MESSAGES = {
  lib:
    '{"reason":"compiler-artifact","package_id":"path+file:///repo/dep-a#0.1.0","manifest_path":"/repo/dep-a/Cargo.toml","target":{"kind":["lib"],"crate_types":["lib"],"name":"dep_a","src_path":"/repo/dep-a/src/lib.rs","edition":"2021","doc":true,"doctest":true,"test":true},"profile":{"opt_level":"3","debuginfo":0,"debug_assertions":false,"overflow_checks":false,"test":false},"features":[],"filenames":["/repo/target/x86_64-unknown-linux-gnu/release/deps/libdep_a-23fb3764aa9c5d8d.rlib","/repo/target/x86_64-unknown-linux-gnu/release/deps/libdep_a-23fb3764aa9c5d8d.rmeta"],"executable":null,"fresh":false}',
  buildScript:
    '{"reason":"compiler-artifact","package_id":"path+file:///repo/app#0.1.0","manifest_path":"/repo/app/Cargo.toml","target":{"kind":["custom-build"],"crate_types":["bin"],"name":"build-script-build","src_path":"/repo/app/build.rs","edition":"2021","doc":false,"doctest":false,"test":false},"profile":{"opt_level":"0","debuginfo":0,"debug_assertions":false,"overflow_checks":false,"test":false},"features":[],"filenames":["/repo/target/release/build/app-ebce0e23c426ed54/build-script-build"],"executable":null,"fresh":false}',
  buildScriptExecuted:
    '{"reason":"build-script-executed","package_id":"path+file:///repo/app#0.1.0","linked_libs":[],"linked_paths":[],"cfgs":[],"env":[],"out_dir":"/repo/target/x86_64-unknown-linux-gnu/release/build/app-644ea8a5fea4d27a/out"}',
  bin:
    '{"reason":"compiler-artifact","package_id":"path+file:///repo/app#0.1.0","manifest_path":"/repo/app/Cargo.toml","target":{"kind":["bin"],"crate_types":["bin"],"name":"app","src_path":"/repo/app/src/main.rs","edition":"2021","doc":true,"doctest":false,"test":true},"profile":{"opt_level":"3","debuginfo":0,"debug_assertions":false,"overflow_checks":false,"test":false},"features":[],"filenames":["/repo/target/x86_64-unknown-linux-gnu/release/app"],"executable":"/repo/target/x86_64-unknown-linux-gnu/release/app","fresh":false}',
  finished:
    '{"reason":"build-finished","success":true}',
} as const;
