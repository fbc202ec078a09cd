//! The ends of shortcodes: the offsets of all `[/name]` and `]]` of a text, found in one pass. No
//! text is searched to its end for each beginning.

use std::collections::HashMap;

/// The ends in a text.
pub(super) struct Ends<'a> {
    /// The offsets of `[/name]` by name, in ascending order.
    names: HashMap<&'a str, Vec<usize>>,
    /// The offsets behind `]]`, in ascending order.
    doubles: Vec<usize>,
    /// How many of `doubles` were passed.
    passed: usize,
}

impl<'a> Ends<'a> {
    /// The ends of a text.
    pub(super) fn of(text: &'a str) -> Self {
        let mut names: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, _) in text.match_indices("[/") {
            let rest = &text[at + 2..];
            let length = rest
                .bytes()
                .take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte))
                .count();
            if rest[length..].starts_with(']') {
                names.entry(&rest[..length]).or_default().push(at);
            }
        }
        let bytes = text.as_bytes();
        let doubles = (1..bytes.len())
            .filter(|at| bytes[at - 1..=*at] == *b"]]")
            .map(|at| at + 1)
            .collect();
        Self {
            names,
            doubles,
            passed: 0,
        }
    }

    /// The offset of the first `[/name]` from an offset on.
    pub(super) fn of_name(&self, name: &str, from: usize) -> Option<usize> {
        let places = self.names.get(name)?;
        places.get(places.partition_point(|at| *at < from)).copied()
    }

    /// The offset behind the first `]]` from an offset on. Successive calls must not go back.
    pub(super) fn double(&mut self, from: usize) -> Option<usize> {
        while self
            .doubles
            .get(self.passed)
            .is_some_and(|end| *end < from + 2)
        {
            self.passed += 1;
        }
        self.doubles.get(self.passed).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_end_is_found_from_any_place_on() {
        let text = "[/a] ]] [/b-c] [/a] [/A] [/ a] ]]] [/";
        let mut ends = Ends::of(text);
        assert_eq!(
            (
                ends.of_name("a", 0),
                ends.of_name("a", 1),
                ends.of_name("a", 16)
            ),
            (Some(0), Some(15), None)
        );
        assert_eq!(
            (ends.of_name("b-c", 0), ends.of_name("b", 0)),
            (Some(8), None)
        );
        assert_eq!(
            (
                ends.double(0),
                ends.double(6),
                ends.double(31),
                ends.double(32)
            ),
            (Some(7), Some(33), Some(33), Some(34))
        );
        assert_eq!(ends.double(33), None);
    }
}
