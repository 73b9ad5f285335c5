//! The program as a script calls it: its output is a pipe, not a terminal.

use std::process::{Command, Output, Stdio};

/// Runs the program without a terminal and waits for it.
fn dial(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dial"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

#[test]
fn once_prints_one_frame() {
    let output = dial(&["--once"]);
    assert!(output.status.success(), "{output:?}");
    let expected = format!(
        "\
┌ dial {version} ──────────────────────────┐
│                  0                   │
│      ────────────●────────────       │
│                                      │
│ not turned yet                       │
│                                      │
│                                      │
└ up, down: turn · q: quit ────────────┘
",
        version = env!("CARGO_PKG_VERSION")
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn without_a_terminal_it_says_what_to_do() {
    let output = dial(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("`dial --once`"), "{message}");
}

#[test]
fn unknown_arguments_are_refused() {
    for arguments in [&["--twice"][..], &["--once", "--once"]] {
        assert_eq!(dial(arguments).status.code(), Some(2), "{arguments:?}");
    }
}
