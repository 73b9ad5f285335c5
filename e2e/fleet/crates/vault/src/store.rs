//! The database: one table to which records are only ever added. A name that is stored again gets a newer record.

use std::path::Path;

use ledger::Ledger;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::error::Error;
use crate::seal::{Sealed, seal, unseal};

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS records (
        number INTEGER PRIMARY KEY,
        name   TEXT    NOT NULL,
        size   INTEGER NOT NULL,
        digest BLOB    NOT NULL,
        packed BLOB    NOT NULL
    );
    CREATE INDEX IF NOT EXISTS newest ON records (name, number);
";

/// An open vault.
#[derive(Debug)]
pub(crate) struct Store {
    connection: Connection,
}

impl Store {
    /// A vault that lives as long as the program.
    pub(crate) fn in_memory() -> Result<Self, Error> {
        Self::with_schema(Connection::open_in_memory()?)
    }

    /// Opens the vault in this file, which is made if it does not exist.
    pub(crate) fn open_or_create(file: &Path) -> Result<Self, Error> {
        Self::with_schema(Connection::open(file)?)
    }

    /// Opens the vault in this file for reading.
    pub(crate) fn open(file: &Path) -> Result<Self, Error> {
        let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Ok(Self { connection })
    }

    fn with_schema(connection: Connection) -> Result<Self, Error> {
        connection.execute_batch(SCHEMA)?;
        Ok(Self { connection })
    }

    /// Adds a record, and returns what was stored.
    pub(crate) fn put(&self, name: &str, content: &[u8]) -> Result<Sealed, Error> {
        let sealed = seal(content)?;
        // No slice is longer than `isize::MAX` bytes.
        let size = content.len() as i64;
        self.connection.execute(
            "INSERT INTO records (name, size, digest, packed) VALUES (?1, ?2, ?3, ?4)",
            params![name, size, sealed.digest, sealed.packed],
        )?;
        Ok(sealed)
    }

    /// The content of the newest record of this name.
    pub(crate) fn get(&self, name: &str) -> Result<Vec<u8>, Error> {
        let sealed = self
            .connection
            .query_row(
                "SELECT digest, packed FROM records WHERE name = ?1 ORDER BY number DESC LIMIT 1",
                [name],
                |row| {
                    Ok(Sealed {
                        digest: row.get(0)?,
                        packed: row.get(1)?,
                    })
                },
            )
            .optional()?
            .ok_or_else(|| Error::Missing { name: name.into() })?;
        unseal(&sealed).ok_or_else(|| Error::Damaged { name: name.into() })
    }

    /// All records, oldest first: the amount of an entry is the size of the record's content.
    pub(crate) fn journal(&self) -> Result<Ledger, Error> {
        let mut statement = self
            .connection
            .prepare("SELECT name, size FROM records ORDER BY number")?;
        let mut rows = statement.query([])?;
        let mut journal = Ledger::default();
        while let Some(row) = rows.next()? {
            journal.append(row.get::<_, String>(0)?, row.get(1)?);
        }
        Ok(journal)
    }

    /// How many bytes all records take, compressed.
    pub(crate) fn packed_size(&self) -> Result<u64, Error> {
        let sum: i64 = self.connection.query_row(
            "SELECT coalesce(sum(length(packed)), 0) FROM records",
            [],
            |row| row.get(0),
        )?;
        Ok(sum.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_record_of_a_name_is_found() {
        let store = Store::in_memory().unwrap();
        store.put("poem", b"first").unwrap();
        store.put("other", b"something").unwrap();
        store.put("poem", b"second").unwrap();
        assert_eq!(store.get("poem").unwrap(), b"second");
    }

    #[test]
    fn the_journal_keeps_every_record() {
        let store = Store::in_memory().unwrap();
        store.put("poem", b"first").unwrap();
        store.put("poem", b"").unwrap();
        let journal = store.journal().unwrap();
        assert_eq!(journal.to_string(), "1\t+5\tpoem\n2\t+0\tpoem\n");
        assert!(store.packed_size().unwrap() > 5);
    }

    #[test]
    fn a_missing_record_is_named() {
        let store = Store::in_memory().unwrap();
        let error = store.get("poem").unwrap_err();
        assert_eq!(error.to_string(), "there is no record called `poem`");
    }

    #[test]
    fn a_changed_record_is_refused() {
        let store = Store::in_memory().unwrap();
        store.put("poem", b"first").unwrap();
        store
            .connection
            .execute("UPDATE records SET digest = zeroblob(32)", [])
            .unwrap();
        assert!(matches!(store.get("poem"), Err(Error::Damaged { name }) if name == "poem"));
    }
}
