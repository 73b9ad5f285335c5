//! Reads a ledger back from its text.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use crate::Ledger;
use crate::escape::unescape;

/// Why a text is not a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The line that is wrong, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What can be wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is not three fields with a tab between them.
    Fields,
    /// Its number is not the one that comes next.
    Number,
    /// Its amount is not a whole number.
    Amount,
    /// Its subject holds a backslash that escapes nothing.
    Escape,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            Reason::Fields => "is not `number, amount, subject` with a tab between them",
            Reason::Number => "does not have the number that comes next",
            Reason::Amount => "has an amount that is not a whole number",
            Reason::Escape => "has a backslash that escapes nothing",
        };
        write!(f, "line {} {reason}", self.line)
    }
}

impl Error for ParseError {}

impl FromStr for Ledger {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut ledger = Self::default();
        for (line, content) in (1..).zip(text.lines()) {
            append_line(&mut ledger, content).map_err(|reason| ParseError { line, reason })?;
        }
        Ok(ledger)
    }
}

/// Adds the entry that one line describes.
fn append_line(ledger: &mut Ledger, line: &str) -> Result<(), Reason> {
    let mut fields = line.splitn(3, '\t');
    let (Some(number), Some(amount), Some(subject)) = (fields.next(), fields.next(), fields.next())
    else {
        return Err(Reason::Fields);
    };
    if number.parse() != Ok(ledger.len() + 1) {
        return Err(Reason::Number);
    }
    let amount = amount.parse().map_err(|_| Reason::Amount)?;
    let subject = unescape(subject).ok_or(Reason::Escape)?;
    ledger.append(subject, amount);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back() {
        let mut ledger = Ledger::default();
        ledger.append("", 0);
        ledger.append("two\nlines", i64::MIN);
        ledger.append("日本語", i64::MAX);
        assert_eq!(ledger.to_string().parse(), Ok(ledger));
        assert_eq!("".parse(), Ok(Ledger::default()));
    }

    #[test]
    fn the_first_wrong_line_is_named_with_its_reason() {
        for (text, line, reason) in [
            ("one", 1, Reason::Fields),
            ("1\t+1", 1, Reason::Fields),
            ("1\t+1\ta\n3\t+1\tb", 2, Reason::Number),
            ("0\t+1\ta", 1, Reason::Number),
            ("1\tmany\ta", 1, Reason::Amount),
            ("1\t+1\ta\\q", 1, Reason::Escape),
        ] {
            assert_eq!(
                text.parse::<Ledger>(),
                Err(ParseError { line, reason }),
                "{text:?}"
            );
        }
    }

    #[test]
    fn the_message_names_the_line() {
        let error = "1\t+1".parse::<Ledger>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 1 is not `number, amount, subject` with a tab between them"
        );
    }
}
