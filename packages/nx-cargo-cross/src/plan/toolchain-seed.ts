/** A crate that uses nothing but std, by which a platform's libraries get built. */
import type { StripLevel } from '../config/resolved.js';

/** As cargo names it. */
export const SEED = 'nx-cargo-cross-seed@0.0.0';

/** Its files by path. Threads, files, the network and unwinding: all that std itself has linked. */
export function seedFiles({ strip, cxx }: { readonly strip: StripLevel | undefined; readonly cxx: boolean }): readonly (readonly [path: string, text: string])[] {
  return [
    ['Cargo.toml', `[package]\nname = "nx-cargo-cross-seed"\nversion = "0.0.0"\nedition = "2021"\npublish = false\n\n[workspace]\n\n[lib]\nname = "seed_library"\ncrate-type = ["cdylib"]\n\n[profile.release]\nstrip = "${strip ?? 'none'}"\n`],
    ['Cargo.lock', 'version = 3\n\n[[package]]\nname = "nx-cargo-cross-seed"\nversion = "0.0.0"\n'],
    ['src/lib.rs', '#[no_mangle]\npub extern "C" fn seed() -> usize {\n    std::env::args().count()\n}\n'],
    ['src/main.rs', 'fn main() {\n    let said = std::thread::spawn(|| std::env::args().count()).join();\n    println!("{:?} {:?}", said, std::panic::catch_unwind(|| std::net::TcpStream::connect("localhost:1").is_ok()));\n}\n'],
    // The name of the library is zig's and clang's.
    ...(cxx ? ([['src/bin/cxx.rs', '#[link(name = "c++")]\nextern "C" {}\n\nfn main() {}\n']] as const) : []),
  ];
}
