//! One line of a ledger.

use std::fmt;

use crate::escape::escape;

/// What was added to a ledger in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The place in the ledger, counted from 1.
    pub number: u64,
    /// By how much the total changed.
    pub amount: i64,
    /// What the entry is about. Any text: tabs and line breaks are escaped when it is written.
    pub subject: String,
}

/// Writes the entry as its line of the ledger's text, without the line break.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}\t{:+}\t{}",
            self.number,
            self.amount,
            escape(&self.subject)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_the_sign_of_the_amount() {
        let entry = |amount| Entry {
            number: 7,
            amount,
            subject: "tea".into(),
        };
        assert_eq!(entry(2).to_string(), "7\t+2\ttea");
        assert_eq!(entry(0).to_string(), "7\t+0\ttea");
        assert_eq!(entry(-2).to_string(), "7\t-2\ttea");
    }

    #[test]
    fn a_subject_cannot_break_its_line() {
        let entry = Entry {
            number: 1,
            amount: 1,
            subject: "a\tb\nc".into(),
        };
        assert_eq!(entry.to_string(), r"1	+1	a\tb\nc");
    }
}
