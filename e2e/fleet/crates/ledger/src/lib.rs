//! An append-only list of numbered entries, and the text it is written as.
//!
//! `vault` keeps the records it stored in one, `dial` the turns of its counter, and `greet` the names in its guest book.
//! Written as text, a ledger is one line per entry, with tabs between the fields, and reads back as the same ledger:
//!
//! ```
//! use ledger::Ledger;
//!
//! let mut ledger = Ledger::default();
//! ledger.append("apples", 3);
//! ledger.append("pears", -1);
//! assert_eq!(ledger.to_string(), "1\t+3\tapples\n2\t-1\tpears\n");
//! assert_eq!(ledger.to_string().parse(), Ok(ledger));
//! ```

mod book;
mod entry;
mod escape;
pub mod format;
mod parse;

pub use book::Ledger;
pub use entry::Entry;
pub use parse::{ParseError, Reason};
