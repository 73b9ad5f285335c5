//! The ledger itself.

use std::fmt;

use crate::Entry;

/// Entries in the order they were added. They are numbered from 1 without gaps, and are never changed or removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    entries: Vec<Entry>,
}

impl Ledger {
    /// Adds an entry under the next number, and returns it.
    pub fn append(&mut self, subject: impl Into<String>, amount: i64) -> &Entry {
        let number = self.entries.len() as u64 + 1;
        self.entries.push(Entry {
            number,
            amount,
            subject: subject.into(),
        });
        &self.entries[self.entries.len() - 1]
    }

    /// All entries, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The sum of all amounts; it stops at the ends of `i64` rather than wrap around.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.entries
            .iter()
            .fold(0, |sum, entry| sum.saturating_add(entry.amount))
    }
}

/// Writes one line per entry, each with its line break.
impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries
            .iter()
            .try_for_each(|entry| writeln!(f, "{entry}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_numbered_in_the_order_they_come() {
        let mut ledger = Ledger::default();
        assert!(ledger.is_empty());
        assert_eq!(ledger.append("first", 1).number, 1);
        assert_eq!(ledger.append("second", 1).number, 2);
        assert_eq!(ledger.len(), 2);
        assert_eq!(ledger.entries()[1].subject, "second");
    }

    #[test]
    fn the_total_is_the_sum_of_the_amounts() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.total(), 0);
        ledger.append("in", 5);
        ledger.append("out", -8);
        assert_eq!(ledger.total(), -3);
    }

    #[test]
    fn the_total_does_not_wrap_around() {
        let mut ledger = Ledger::default();
        ledger.append("all", i64::MAX);
        ledger.append("one more", 1);
        assert_eq!(ledger.total(), i64::MAX);
    }

    #[test]
    fn an_empty_ledger_is_written_as_nothing() {
        assert_eq!(Ledger::default().to_string(), "");
    }
}
