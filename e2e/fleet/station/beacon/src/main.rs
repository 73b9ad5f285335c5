//! Says which OpenSSL it carries, and prints SHA-256 checksums with it.

mod checksum;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// The program's name and version, as `--version` prints it.
const NAME_AND_VERSION: &str = concat!("beacon ", env!("CARGO_PKG_VERSION"));

const USAGE: &str = "\
Usage: beacon                 say which OpenSSL is inside, with a checksum as proof
       beacon sum FILE...     print the SHA-256 checksum of each file
       beacon --version | --help";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match answer(&arguments, &mut io::stdout().lock()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("beacon: these arguments are not understood\n\n{USAGE}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("beacon: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does what the arguments ask for; `false` if they ask for nothing known.
fn answer(arguments: &[OsString], out: &mut impl Write) -> io::Result<bool> {
    let word = arguments.first().map(|word| word.to_str());
    match (word, arguments) {
        (None, _) => writeln!(out, "{}", proof()?)?,
        (Some(Some("sum")), [_, files @ ..]) if !files.is_empty() => {
            for file in files {
                let file = Path::new(file);
                writeln!(out, "{}  {}", checksum_of(file)?, file.display())?;
            }
        }
        (Some(Some("--version" | "-V")), [_]) => writeln!(out, "{NAME_AND_VERSION}")?,
        (Some(Some("--help" | "-h")), [_]) => writeln!(out, "{USAGE}")?,
        _ => return Ok(false),
    }
    out.flush()?;
    Ok(true)
}

/// One line that is the same for every build of one version: the linked library's own name for itself, and its work.
fn proof() -> io::Result<String> {
    Ok(format!(
        "{NAME_AND_VERSION}: {}, sha256(\"nx\") = {}",
        openssl::version::version(),
        checksum::sha256(&b"nx"[..])?
    ))
}

/// The checksum of a file. The error names the file.
fn checksum_of(file: &Path) -> io::Result<String> {
    File::open(file)
        .and_then(checksum::sha256)
        .map_err(|cause| io::Error::new(cause.kind(), format!("{}: {cause}", file.display())))
}
