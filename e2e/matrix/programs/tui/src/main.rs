//! A terminal program: ratatui over crossterm. Without `--live` it draws into memory and prints that.
use std::io;

use ratatui::backend::{Backend, CrosstermBackend, TestBackend};
use ratatui::layout::{Constraint, Layout};
use ratatui::widgets::{Block, Gauge, Paragraph};
use ratatui::{Frame, Terminal};

fn main() -> io::Result<()> {
    if std::env::args().any(|word| word == "--live") {
        return live();
    }
    let mut terminal = Terminal::new(TestBackend::new(32, 6)).expect("memory");
    terminal.draw(draw).expect("memory");
    let buffer = terminal.backend().buffer();
    for row in buffer.content().chunks(usize::from(buffer.area.width)) {
        println!("{}", row.iter().map(|cell| cell.symbol()).collect::<String>().trim_end());
    }
    Ok(())
}

fn live() -> io::Result<()> {
    crossterm::terminal::enable_raw_mode()?;
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    terminal.backend_mut().clear()?;
    terminal.draw(draw)?;
    crossterm::event::read()?;
    crossterm::terminal::disable_raw_mode()
}

fn draw(frame: &mut Frame) {
    let [text, gauge] = Layout::vertical([Constraint::Length(3), Constraint::Length(3)]).areas(frame.area());
    frame.render_widget(Paragraph::new("the same on every platform").block(Block::bordered().title("tui")), text);
    frame.render_widget(Gauge::default().percent(50).block(Block::bordered()), gauge);
}
