//! A counter in the terminal, turned with the arrow keys.
//!
//! `dial --once` prints the first frame as text and ends, for machines without a terminal.

mod counter;
mod frame;
mod view;

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use counter::Counter;
use ratatui::crossterm::event::{self, KeyCode, KeyEvent, KeyModifiers};

/// The program's name and version, as `--version` and the frame's title show it.
const NAME_AND_VERSION: &str = concat!("dial ", env!("CARGO_PKG_VERSION"));

const USAGE: &str = "\
Usage: dial              turn the dial: up and down change it, q ends
       dial --once       print one frame as text and end; needs no terminal
       dial --version | --help";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(|word| word.to_str()).collect();
    match words[..] {
        [] => interactive(),
        [Some("--once")] => {
            print!("{}", frame::text(&Counter::default()));
            ExitCode::SUCCESS
        }
        [Some("--version" | "-V")] => {
            println!("{NAME_AND_VERSION}");
            ExitCode::SUCCESS
        }
        [Some("--help" | "-h")] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        _ => refuse("these arguments are not understood"),
    }
}

/// Lets the user turn the dial, if there is a terminal to do it in.
fn interactive() -> ExitCode {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return refuse(
            "there is no terminal to draw in; `dial --once` prints one frame without one",
        );
    }
    match turn_until_quit() {
        Ok(value) => {
            println!("{value}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("dial: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Draws and waits for keys until the user quits. Returns where the dial was left.
fn turn_until_quit() -> io::Result<i64> {
    ratatui::run(|terminal| {
        let mut counter = Counter::default();
        loop {
            terminal.draw(|frame| frame.render_widget(&counter, frame.area()))?;
            // Windows reports the release of a key as well.
            let Some(key) = event::read()?.as_key_press_event() else {
                continue;
            };
            match key.code {
                KeyCode::Up | KeyCode::Char('k' | '+') => counter.up(),
                KeyCode::Down | KeyCode::Char('j' | '-') => counter.down(),
                _ if quits(key) => return Ok(counter.value()),
                _ => {}
            }
        }
    })
}

/// Whether a key ends the program. In a terminal that is drawn in, Ctrl-C is a key like any other.
fn quits(key: KeyEvent) -> bool {
    let interrupt = key.code == KeyCode::Char('c') && key.modifiers == KeyModifiers::CONTROL;
    interrupt || matches!(key.code, KeyCode::Char('q') | KeyCode::Esc)
}

/// Says why nothing was done, and how it would be.
fn refuse(reason: &str) -> ExitCode {
    eprintln!("dial: {reason}\n\n{USAGE}");
    ExitCode::from(2)
}
