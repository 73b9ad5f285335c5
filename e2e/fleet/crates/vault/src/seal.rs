//! Sealing: content is compressed, and its hash is kept so that damage is noticed when it is opened again.

use std::io;

use ring::digest::{SHA256, SHA256_OUTPUT_LEN, digest};

/// zstd's own default.
const LEVEL: i32 = 3;

/// Content as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    /// SHA-256 of the content.
    pub(crate) digest: [u8; SHA256_OUTPUT_LEN],
    /// The content as one zstd frame.
    pub(crate) packed: Vec<u8>,
}

/// Hashes and compresses.
pub(crate) fn seal(content: &[u8]) -> io::Result<Sealed> {
    Ok(Sealed {
        digest: sha256(content),
        packed: zstd::bulk::compress(content, LEVEL)?,
    })
}

/// Gives the content back, or `None` if it is not what was sealed.
pub(crate) fn unseal(sealed: &Sealed) -> Option<Vec<u8>> {
    let content = zstd::decode_all(&*sealed.packed).ok()?;
    (sha256(&content) == sealed.digest).then_some(content)
}

/// The SHA-256 hash.
pub(crate) fn sha256(content: &[u8]) -> [u8; SHA256_OUTPUT_LEN] {
    let mut hash = [0; SHA256_OUTPUT_LEN];
    hash.copy_from_slice(digest(&SHA256, content).as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_comes_back() {
        for content in [&b""[..], b"short", &[7; 100_000]] {
            assert_eq!(
                unseal(&seal(content).unwrap()).as_deref(),
                Some(content),
                "{} bytes",
                content.len()
            );
        }
    }

    #[test]
    fn repetition_is_packed_tightly() {
        assert!(seal(&[7; 100_000]).unwrap().packed.len() < 100);
    }

    #[test]
    fn damage_is_noticed() {
        let sealed = seal(b"the content").unwrap();
        let mut other_hash = sealed.clone();
        other_hash.digest[0] ^= 1;
        let mut other_bytes = sealed.clone();
        other_bytes.packed = seal(b"the comment").unwrap().packed;
        let mut cut_off = sealed;
        cut_off.packed.pop();
        for damaged in [other_hash, other_bytes, cut_off] {
            assert_eq!(unseal(&damaged), None);
        }
    }

    #[test]
    fn the_hash_is_sha256() {
        assert_eq!(
            ledger::format::hex(&sha256(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
