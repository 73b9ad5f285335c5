//! What the counter looks like.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Stylize;
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph, Widget};

use crate::NAME_AND_VERSION;
use crate::counter::Counter;

/// The scale runs from minus this to plus this; further out the pointer stays at its end.
const SCALE: i64 = 12;

impl Widget for &Counter {
    fn render(self, area: Rect, buffer: &mut Buffer) {
        let block = Block::bordered()
            .title(format!(" {NAME_AND_VERSION} "))
            .title_bottom(" up, down: turn · q: quit ");
        let [value, scale, _, turns] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Min(0),
        ])
        .areas(block.inner(area));
        block.render(area, buffer);
        Line::from(self.value().to_string())
            .bold()
            .centered()
            .render(value, buffer);
        Line::from(pointer(self.value()))
            .centered()
            .render(scale, buffer);
        Paragraph::new(history(self, turns.height)).render(turns, buffer);
    }
}

/// The scale with the pointer on it.
fn pointer(value: i64) -> String {
    let value = value.clamp(-SCALE, SCALE);
    (-SCALE..=SCALE)
        .map(|mark| match mark {
            _ if mark == value => '●',
            0 => '┼',
            _ => '─',
        })
        .collect()
}

/// The newest turns first, one per line, as many as there is room for.
fn history(counter: &Counter, rows: u16) -> Vec<Line<'_>> {
    let lines: Vec<_> = counter
        .newest_turns()
        .take(usize::from(rows))
        .map(|turn| {
            Line::from(format!(
                " {:>3}. {:+} {}",
                turn.number, turn.amount, turn.subject
            ))
        })
        .collect();
    if lines.is_empty() {
        return vec![Line::from(" not turned yet").dim()];
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pointer_follows_the_value() {
        assert_eq!(pointer(0), "────────────●────────────");
        assert_eq!(pointer(-2), "──────────●─┼────────────");
        assert_eq!(pointer(12), "────────────┼───────────●");
    }

    #[test]
    fn the_pointer_stays_on_the_scale() {
        assert_eq!(pointer(i64::MAX), pointer(SCALE));
        assert_eq!(pointer(i64::MIN), pointer(-SCALE));
    }

    #[test]
    fn any_size_can_be_drawn() {
        let mut counter = Counter::default();
        counter.up();
        for (width, height) in [(0, 0), (1, 1), (3, 2), (200, 60)] {
            let area = Rect::new(0, 0, width, height);
            (&counter).render(area, &mut Buffer::empty(area));
        }
    }
}
