//! The state: a ledger of turns, whose total is the value shown.

use ledger::{Entry, Ledger};

/// A counter that remembers how it was turned.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    turns: Ledger,
}

impl Counter {
    /// Turns up by one.
    pub(crate) fn up(&mut self) {
        self.turns.append("up", 1);
    }

    /// Turns down by one.
    pub(crate) fn down(&mut self) {
        self.turns.append("down", -1);
    }

    /// Where the dial stands.
    pub(crate) fn value(&self) -> i64 {
        self.turns.total()
    }

    /// Every turn, newest first.
    pub(crate) fn newest_turns(&self) -> impl Iterator<Item = &Entry> {
        self.turns.entries().iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_starts_at_zero() {
        assert_eq!(Counter::default().value(), 0);
    }

    #[test]
    fn turns_add_up_and_are_remembered() {
        let mut counter = Counter::default();
        counter.up();
        counter.down();
        counter.down();
        assert_eq!(counter.value(), -1);
        let turns: Vec<_> = counter.newest_turns().map(Entry::to_string).collect();
        assert_eq!(turns, ["3\t-1\tdown", "2\t-1\tdown", "1\t+1\tup"]);
    }
}
