//! The program as a user calls it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the program and waits for it.
fn vault(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vault"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

/// What the program wrote to its standard output, if it succeeded.
fn stdout(output: Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// A folder for one test, empty at its start.
fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

#[test]
fn without_arguments_it_proves_itself_in_one_line() {
    let line = stdout(vault(&[]));
    assert_eq!(line.lines().count(), 1);
    assert!(
        line.starts_with(concat!(
            "vault ",
            env!("CARGO_PKG_VERSION"),
            ": 3 records, sha256 "
        )),
        "{line}"
    );
}

#[test]
fn a_file_can_be_put_listed_and_got_back() {
    let folder = empty_folder("round-trip");
    let file = folder.join("letter.txt");
    fs::write(&file, "Dear reader\n".repeat(100)).expect("the file can be written");
    let vault_file = folder.join("vault.db");
    let (file, vault_file) = (file.to_str().unwrap(), vault_file.to_str().unwrap());

    let put = stdout(vault(&["put", vault_file, "letter", file]));
    assert!(put.starts_with("letter: 1.1 KiB stored as "), "{put}");
    let list = stdout(vault(&["list", vault_file]));
    assert!(
        list.starts_with("1\t+1200\tletter\nrecords: 1, 1.1 KiB stored as "),
        "{list}"
    );
    let got = stdout(vault(&["get", vault_file, "letter"]));
    assert_eq!(got, "Dear reader\n".repeat(100));
}

#[test]
fn reading_does_not_make_a_vault() {
    let vault_file = empty_folder("no-vault").join("vault.db");
    let output = vault(&["list", vault_file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!vault_file.exists());
}

#[test]
fn a_mistake_shows_the_usage() {
    let output = vault(&["sell"]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.starts_with("vault: unknown command `sell`\n\nUsage: vault "),
        "{message}"
    );
}

#[test]
fn it_knows_its_version() {
    assert_eq!(
        stdout(vault(&["--version"])),
        concat!("vault ", env!("CARGO_PKG_VERSION"), "\n")
    );
}
