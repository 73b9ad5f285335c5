//! Everything that can go wrong, in words for the user.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Error {
    /// The database cannot be opened, read or written.
    Database(rusqlite::Error),
    /// A file that should be stored cannot be read.
    Read { path: PathBuf, cause: io::Error },
    /// Any other reading or writing failed.
    Io(io::Error),
    /// There is no record of this name.
    Missing { name: String },
    /// A record's bytes are not those that were stored.
    Damaged { name: String },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database(cause) => write!(f, "{cause}"),
            Self::Read { path, cause } => write!(f, "cannot read {}: {cause}", path.display()),
            Self::Io(cause) => write!(f, "{cause}"),
            Self::Missing { name } => write!(f, "there is no record called `{name}`"),
            Self::Damaged { name } => {
                write!(f, "the record `{name}` is damaged: its hash does not match")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Database(cause) => Some(cause),
            Self::Read { cause, .. } | Self::Io(cause) => Some(cause),
            Self::Missing { .. } | Self::Damaged { .. } => None,
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Self {
        Self::Database(cause)
    }
}

impl From<io::Error> for Error {
    fn from(cause: io::Error) -> Self {
        Self::Io(cause)
    }
}
