//! The program as a user calls it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the program and waits for it.
fn beacon(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_beacon"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

#[test]
fn without_arguments_it_names_its_openssl() {
    let output = beacon(&[]);
    assert!(output.status.success(), "{output:?}");
    let line = String::from_utf8(output.stdout).unwrap();
    let start = concat!("beacon ", env!("CARGO_PKG_VERSION"), ": OpenSSL 3.");
    let end =
        ", sha256(\"nx\") = e5b564a7a4059dccb9c20cd678603a6f30c5f3db3af9b421e7f87eb37b030337\n";
    assert!(line.starts_with(start) && line.ends_with(end), "{line}");
}

#[test]
fn files_are_summed() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("abc");
    fs::write(&file, "abc").unwrap();
    let file = file.to_str().unwrap();
    let output = beacon(&["sum", file]);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  {file}\n")
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let output = beacon(&["sum", "not-there"]);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.starts_with("beacon: not-there: "), "{message}");
}

#[test]
fn unknown_arguments_are_refused() {
    for arguments in [&["shine"][..], &["sum"], &["--version", "now"]] {
        assert_eq!(beacon(arguments).status.code(), Some(2), "{arguments:?}");
    }
}
