//! Short hashes, for names and entity tags.

use sha2::{Digest, Sha256};

/// The first 64 bits of the SHA-256 of these bytes, in 16 hexadecimal digits.
pub(crate) fn short(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let first = digest.iter().take(8).fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
    format!("{first:016x}")
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_short_hash_is_the_beginning_of_the_long_one() {
        // SHA-256 of "abc", from FIPS 180-2: ba7816bf 8f01cfea …
        assert_eq!(short(b"abc"), "ba7816bf8f01cfea");
    }
}
