//! The most attributes that any element of a text has, found without parsing. The parser compares
//! each attribute with all others of its element.
//!
//! Where a tag begins depends on its context (a comment, a script, a drawing), which only a parser
//! knows. So every `<` before a letter counts as the beginning of a tag, and all these tags are
//! followed in parallel. Of those in the same state, only the one with the most attributes is kept.
//! The result is never too small.

/// The state of a tokeniser within a tag.
#[derive(Clone, Copy)]
enum TagState {
    /// In its name.
    Name,
    /// Between attributes.
    Between,
    /// In the name of an attribute.
    Key,
    /// Behind the name of an attribute.
    BehindKey,
    /// Behind `=`.
    BeforeValue,
    /// In a value in these quotation marks.
    Quoted(u8),
    /// In a value without quotation marks.
    Bare,
}

/// All states.
const STATES: [TagState; 8] = [
    TagState::Name,
    TagState::Between,
    TagState::Key,
    TagState::BehindKey,
    TagState::BeforeValue,
    TagState::Quoted(b'"'),
    TagState::Quoted(b'\''),
    TagState::Bare,
];

impl TagState {
    fn index(self) -> usize {
        match self {
            Self::Name => 0,
            Self::Between => 1,
            Self::Key => 2,
            Self::BehindKey => 3,
            Self::BeforeValue => 4,
            Self::Quoted(b'"') => 5,
            Self::Quoted(_) => 6,
            Self::Bare => 7,
        }
    }

    /// The state after a byte, and whether an attribute began there; `None` where the tag ended.
    fn next(self, byte: u8) -> Option<(Self, bool)> {
        let space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        Some(match (self, byte) {
            (Self::Quoted(mark), _) => (if byte == mark { Self::Between } else { self }, false),
            (_, b'>') => return None,
            (Self::BeforeValue, b'"' | b'\'') => (Self::Quoted(byte), false),
            (Self::BeforeValue, _) => (if space { self } else { Self::Bare }, false),
            (Self::Bare, _) => (if space { Self::Between } else { self }, false),
            (Self::Name, _) => (
                if space || byte == b'/' {
                    Self::Between
                } else {
                    self
                },
                false,
            ),
            (Self::Key | Self::BehindKey, b'=') => (Self::BeforeValue, false),
            (Self::Key, _) if space => (Self::BehindKey, false),
            (_, b'/') => (Self::Between, false),
            (Self::Key, _) => (self, false),
            (Self::Between | Self::BehindKey, _) => (if space { self } else { Self::Key }, !space),
        })
    }
}

/// The most attributes that any tag of a text could have.
pub(super) fn most(html: &str) -> usize {
    let mut most = 0;
    let mut running: [Option<usize>; STATES.len()] = [None; STATES.len()];
    let bytes = html.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let mut next = [None; STATES.len()];
        for (state, count) in STATES
            .iter()
            .zip(running)
            .filter_map(|(state, count)| Some((state, count?)))
        {
            let Some((state, begins)) = state.next(*byte) else {
                continue;
            };
            let count = count + usize::from(begins);
            most = most.max(count);
            next[state.index()] = next[state.index()].max(Some(count));
        }
        running = next;
        if *byte == b'<' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
            running[TagState::Name.index()] = running[TagState::Name.index()].max(Some(0));
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5ever::tendril::TendrilSink;
    use markup5ever_rcdom::{Handle, NodeData, RcDom};
    use proptest::prelude::*;
    use proptest::test_runner::Config;

    #[test]
    fn attributes_are_counted_as_browsers_do() {
        for (html, count) in [
            ("", 0),
            ("<a", 0),
            ("<a>b c", 0),
            ("<a b c=d e = 'f g' h=\"i>j\"k/l>m n", 6),
            ("<a b='c d' <e f g>", 4),
            ("< a b c", 0),
        ] {
            assert_eq!(most(html), count, "{html}");
        }
    }

    /// The most attributes of any element in a tree.
    fn parsed(html: &str) -> usize {
        let dom =
            html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
        let mut most = 0;
        let mut open: Vec<Handle> = vec![dom.document.clone()];
        while let Some(node) = open.pop() {
            if let NodeData::Element { attrs, .. } = &node.data {
                most = most.max(attrs.borrow().len());
            }
            open.extend(node.children.borrow().iter().cloned());
        }
        most
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(10_000) })]

        #[test]
        fn a_parser_never_finds_more(html in "(<[a-c/]?|<!--|-->|<script>|</script>|<svg>|<style>| |=|\"|'|/|>|[a-z]|\n|đ){0,30}") {
            prop_assert!(parsed(&html) <= most(&html), "{}", html);
        }
    }
}
