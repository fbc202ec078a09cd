//! Byte ranges, by which players of films and recordings go to any place in them.

use std::ops::Range;

/// The part of a file of `length` bytes that `Range: bytes=…` asks for. `None` for several ranges
/// or one outside of the file: the response is the whole file then, as RFC 9110 allows.
pub(super) fn part(header: &str, length: usize) -> Option<Range<usize>> {
    let (from, to) = header.strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.parse::<usize>().ok();
    let range = match (from, to) {
        ("", last) => length.checked_sub(number(last)?.min(length))?..length,
        (from, "") => number(from)?..length,
        (from, to) => number(from)?..number(to)?.saturating_add(1).min(length),
    };
    (range.start < range.end).then_some(range)
}

/// `Content-Range` of a part.
pub(super) fn content_range(part: &Range<usize>, length: usize) -> String {
    format!("bytes {}-{}/{length}", part.start, part.end - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_was_asked_for_within_the_file() {
        for (header, part) in [
            ("bytes=0-", Some(0..10)),
            ("bytes=0-0", Some(0..1)),
            ("bytes=3-5", Some(3..6)),
            ("bytes=8-99", Some(8..10)),
            ("bytes=-3", Some(7..10)),
            ("bytes=-99", Some(0..10)),
            ("bytes=10-", None),
            ("bytes=5-3", None),
            ("bytes=-0", None),
            ("bytes=0-1,4-5", None),
            ("bytes=a-b", None),
            ("lines=0-1", None),
            ("", None),
        ] {
            assert_eq!(super::part(header, 10), part, "{header}");
        }
        assert_eq!(super::part("bytes=0-", 0), None);
        assert_eq!(content_range(&(3..6), 10), "bytes 3-5/10");
    }
}
