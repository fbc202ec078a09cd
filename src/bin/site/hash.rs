//! Short hashes, for names and entity tags.

use sha2::{Digest, Sha256};

/// The first 64 bits of the SHA-256 of these bytes, in 16 hexadecimal digits.
pub(crate) fn short(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let first = digest.iter().take(8).fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
    format!("{first:016x}")
}

/// The whole SHA-256 of these bytes, in 64 hexadecimal digits.
pub(crate) fn long(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect()
}

#[cfg(test)]
mod tests {
    use super::{long, short};

    #[test]
    fn a_short_hash_is_the_beginning_of_the_long_one() {
        // SHA-256 of "abc", from FIPS 180-2: ba7816bf 8f01cfea …
        assert_eq!(short(b"abc"), "ba7816bf8f01cfea");
        assert!(long(b"abc").starts_with("ba7816bf8f01cfea414140de5dae2223b00361a396177a9c"));
    }
}
