//! SHA-256 hashes, whole or shortened, for file names, entity tags and cache keys.

use sha2::{Digest, Sha256};

/// The first 64 bits of the SHA-256 of these bytes, in 16 hexadecimal digits.
pub fn short(bytes: &[u8]) -> String {
    format!("{:016x}", of(bytes))
}

/// The first 64 bits of the SHA-256 of these bytes.
pub fn of(bytes: &[u8]) -> u64 {
    first(&Sha256::digest(bytes))
}

fn first(digest: &[u8]) -> u64 {
    digest
        .iter()
        .take(8)
        .fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte))
}

/// A hash of several values. Each is hashed with its length, so that `ab` and `c` differ from `a`
/// and `bc`.
#[derive(Clone, Default)]
pub struct CacheKey(Sha256);

impl CacheKey {
    /// Adds bytes.
    #[must_use]
    #[expect(
        clippy::should_implement_trait,
        reason = "what is added need not be a hash"
    )]
    pub fn add(mut self, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds a number.
    #[must_use]
    pub fn number(self, number: u64) -> Self {
        self.add(number.to_le_bytes())
    }

    /// The first 64 bits of the hash of everything that was added.
    pub fn finish(self) -> u64 {
        first(&self.0.finalize())
    }
}

/// The whole SHA-256 of these bytes, in 64 hexadecimal digits.
pub fn long(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{CacheKey, long, short};

    #[test]
    fn a_short_hash_is_the_beginning_of_the_long_one() {
        // SHA-256 of "abc", from FIPS 180-2: ba7816bf 8f01cfea …
        assert_eq!(short(b"abc"), "ba7816bf8f01cfea");
        assert!(long(b"abc").starts_with("ba7816bf8f01cfea414140de5dae2223b00361a396177a9c"));
    }

    #[test]
    fn values_of_a_key_do_not_run_together() {
        let key = |values: &[&str]| {
            values
                .iter()
                .fold(CacheKey::default(), super::CacheKey::add)
                .finish()
        };
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        assert_eq!(key(&["ab", "c"]), key(&["ab", "c"]));
    }
}
