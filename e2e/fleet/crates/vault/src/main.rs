//! Keeps files in one database: hashed by ring, compressed by zstd, stored by SQLite.
//!
//! Without arguments it needs no file: it puts three records into a database in memory, takes them out again, and prints
//! one line, the same on every machine, that shows that the three C libraries inside it work.

mod cli;
mod error;
mod proof;
mod seal;
mod store;

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use cli::Command;
use error::Error;
use ledger::format;
use store::Store;

/// The program's name and version, as `--version` prints it.
const NAME_AND_VERSION: &str = concat!("vault ", env!("CARGO_PKG_VERSION"));

fn main() -> ExitCode {
    let command = match cli::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(mistake) => {
            eprintln!("vault: {mistake}\n\n{}", cli::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(&command, &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vault: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Does what the command line asked for, and writes its answer.
fn run(command: &Command, out: &mut impl Write) -> Result<(), Error> {
    match command {
        Command::Prove => writeln!(out, "{NAME_AND_VERSION}: {}", proof::run()?)?,
        Command::Put { vault, name, file } => {
            let content = read(file.as_deref())?;
            let sealed = Store::open_or_create(vault)?.put(name, &content)?;
            writeln!(
                out,
                "{name}: {} stored as {}, sha256 {}",
                format::size(content.len() as u64),
                format::size(sealed.packed.len() as u64),
                format::hex(&sealed.digest)
            )?;
        }
        Command::Get { vault, name } => out.write_all(&Store::open(vault)?.get(name)?)?,
        Command::List { vault } => {
            let store = Store::open(vault)?;
            let journal = store.journal()?;
            write!(out, "{journal}")?;
            writeln!(
                out,
                "records: {}, {} stored as {}",
                journal.len(),
                format::size(journal.total().unsigned_abs()),
                format::size(store.packed_size()?)
            )?;
        }
        Command::Version => writeln!(out, "{NAME_AND_VERSION}")?,
        Command::Help => writeln!(out, "{}", cli::USAGE)?,
    }
    out.flush()?;
    Ok(())
}

/// The content of a file, or of the standard input where no file is named.
fn read(file: Option<&Path>) -> Result<Vec<u8>, Error> {
    match file {
        Some(path) => fs::read(path).map_err(|cause| Error::Read {
            path: path.to_owned(),
            cause,
        }),
        None => {
            let mut content = Vec::new();
            io::stdin().lock().read_to_end(&mut content)?;
            Ok(content)
        }
    }
}
