//! SHA-256 by OpenSSL.

use std::io::{self, Read};

use openssl::sha::Sha256;

/// Hashes all that can be read, without holding it in memory. The result is 64 hexadecimal digits.
pub(crate) fn sha256(mut source: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => hasher.update(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(hasher
        .finish()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_texts_have_their_known_checksums() {
        for (text, checksum) in [
            (
                "",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                "abc",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
        ] {
            assert_eq!(sha256(text.as_bytes()).unwrap(), checksum);
        }
    }

    #[test]
    fn reading_in_pieces_changes_nothing() {
        let long = [7; 200_000];
        let pieces = long[..1].chain(&long[1..100_000]).chain(&long[100_000..]);
        assert_eq!(sha256(pieces).unwrap(), sha256(&long[..]).unwrap());
    }
}
