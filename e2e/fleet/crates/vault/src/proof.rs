//! What the program does without arguments: a round trip through all three C libraries, in memory.

use ledger::format::hex;

use crate::error::Error;
use crate::seal::sha256;
use crate::store::Store;

/// Stores three records, takes them out again, and says what it saw.
///
/// The hash is taken from what came back, so it is right only if compressing, storing, finding and decompressing were.
/// Neither clock, machine nor platform is in the text: every build of one version prints the same.
pub(crate) fn run() -> Result<String, Error> {
    let store = Store::in_memory()?;
    for (name, content) in records() {
        store.put(name, &content)?;
    }
    let journal = store.journal()?;
    let mut all = Vec::new();
    for entry in journal.entries() {
        all.extend(store.get(&entry.subject)?);
    }
    Ok(format!(
        "{} records, sha256 {}, zstd {} -> {} bytes, sqlite {}",
        journal.len(),
        hex(&sha256(&all)),
        journal.total(),
        store.packed_size()?,
        rusqlite::version()
    ))
}

/// Prose, a pattern and emptiness: 4096 bytes together.
fn records() -> [(&'static str, Vec<u8>); 3] {
    let verse = b"A ship in harbour is safe, but that is not what ships are built for. ";
    [
        ("prose", verse.iter().copied().cycle().take(2048).collect()),
        (
            "pattern",
            (0..=u8::MAX).cycle().step_by(7).take(1024).collect(),
        ),
        ("emptiness", vec![0; 1024]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_records_as_they_went_in() {
        let all: Vec<u8> = records()
            .into_iter()
            .flat_map(|(_, content)| content)
            .collect();
        assert_eq!(all.len(), 4096);
        let line = run().unwrap();
        let start = format!("3 records, sha256 {}, zstd 4096 -> ", hex(&sha256(&all)));
        assert!(line.starts_with(&start), "{line}");
        assert!(line.contains(" bytes, sqlite 3."), "{line}");
    }

    #[test]
    fn two_runs_say_the_same() {
        assert_eq!(run().unwrap(), run().unwrap());
    }
}
