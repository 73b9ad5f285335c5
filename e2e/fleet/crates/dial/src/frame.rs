//! One frame as plain text: drawn into a buffer instead of a terminal.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::counter::Counter;

/// The size of the frame: the same everywhere, whatever terminal there is.
const AREA: Rect = Rect::new(0, 0, 40, 8);

/// The frame, one line of text per row of cells.
pub(crate) fn text(counter: &Counter) -> String {
    let mut buffer = Buffer::empty(AREA);
    counter.render(AREA, &mut buffer);
    buffer
        .content()
        .chunks(usize::from(AREA.width))
        .map(|row| row.iter().map(Cell::symbol).collect::<String>() + "\n")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_shows_value_pointer_and_newest_turns() {
        let mut counter = Counter::default();
        for _ in 0..3 {
            counter.up();
        }
        counter.down();
        let expected = format!(
            "\
┌ dial {version} ──────────────────────────┐
│                  2                   │
│      ────────────┼─●──────────       │
│                                      │
│   4. -1 down                         │
│   3. +1 up                           │
│   2. +1 up                           │
└ up, down: turn · q: quit ────────────┘
",
            version = env!("CARGO_PKG_VERSION")
        );
        assert_eq!(text(&counter), expected);
    }
}
