//! The command line, read by hand: five words are too few for a library.

use std::ffi::OsString;
use std::path::PathBuf;

/// What `--help` prints.
pub(crate) const USAGE: &str = "\
Usage: vault                          store, hash and compress in memory, and print one line of proof
       vault put VAULT NAME [FILE]    store FILE, or the standard input, in the database VAULT
       vault get VAULT NAME           write the newest record called NAME to the standard output
       vault list VAULT               list all records, oldest first
       vault --version | --help";

/// What the user asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Show that hashing, compressing and storing work.
    Prove,
    /// Store a record.
    Put {
        vault: PathBuf,
        name: String,
        file: Option<PathBuf>,
    },
    /// Write a record's content.
    Get { vault: PathBuf, name: String },
    /// List the records.
    List { vault: PathBuf },
    /// Print the version.
    Version,
    /// Print the usage.
    Help,
}

/// Reads the arguments that follow the program's name. The error says what is wrong with them.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut arguments = arguments.into_iter();
    let Some(word) = arguments.next() else {
        return Ok(Command::Prove);
    };
    let command = match word.to_str() {
        Some("put") => Command::Put {
            vault: path(arguments.next(), "put", "VAULT")?,
            name: text(arguments.next(), "put", "NAME")?,
            file: arguments.next().map(PathBuf::from),
        },
        Some("get") => Command::Get {
            vault: path(arguments.next(), "get", "VAULT")?,
            name: text(arguments.next(), "get", "NAME")?,
        },
        Some("list") => Command::List {
            vault: path(arguments.next(), "list", "VAULT")?,
        },
        Some("--version" | "-V") => Command::Version,
        Some("--help" | "-h") => Command::Help,
        _ => return Err(format!("unknown command `{}`", word.display())),
    };
    match arguments.next() {
        None => Ok(command),
        Some(surplus) => Err(format!("unexpected argument `{}`", surplus.display())),
    }
}

/// An argument that names a file.
fn path(argument: Option<OsString>, command: &str, what: &str) -> Result<PathBuf, String> {
    argument
        .map(PathBuf::from)
        .ok_or_else(|| format!("`{command}` needs {what}"))
}

/// An argument that must be readable text.
fn text(argument: Option<OsString>, command: &str, what: &str) -> Result<String, String> {
    argument
        .ok_or_else(|| format!("`{command}` needs {what}"))?
        .into_string()
        .map_err(|raw| format!("{what} `{}` is not valid UTF-8", raw.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_words(words: &[&str]) -> Result<Command, String> {
        parse(words.iter().map(OsString::from))
    }

    #[test]
    fn every_form_of_the_usage_is_understood() {
        let put = |file: Option<&str>| Command::Put {
            vault: "v.db".into(),
            name: "n".into(),
            file: file.map(PathBuf::from),
        };
        let get = Command::Get {
            vault: "v.db".into(),
            name: "n".into(),
        };
        let list = Command::List {
            vault: "v.db".into(),
        };
        assert_eq!(parse_words(&[]), Ok(Command::Prove));
        assert_eq!(parse_words(&["put", "v.db", "n"]), Ok(put(None)));
        assert_eq!(parse_words(&["put", "v.db", "n", "f"]), Ok(put(Some("f"))));
        assert_eq!(parse_words(&["get", "v.db", "n"]), Ok(get));
        assert_eq!(parse_words(&["list", "v.db"]), Ok(list));
        assert_eq!(parse_words(&["--version"]), Ok(Command::Version));
        assert_eq!(parse_words(&["-h"]), Ok(Command::Help));
    }

    #[test]
    fn mistakes_are_named() {
        for (words, mistake) in [
            (&["sell"][..], "unknown command `sell`"),
            (&["put"], "`put` needs VAULT"),
            (&["get", "v.db"], "`get` needs NAME"),
            (&["list", "v.db", "n"], "unexpected argument `n`"),
            (&["--version", "now"], "unexpected argument `now`"),
        ] {
            assert_eq!(parse_words(words), Err(mistake.into()));
        }
    }
}
