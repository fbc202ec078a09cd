//! The fingerprint of a prerendered page, which the browser compares before hydration.

use std::fmt;

/// A fingerprint of a DOM tree: the node names in document order (`DIV`, `#text`, `#comment`),
/// hashed with FNV-1a (64 bit), and the number of nodes. The native tool records it; the browser
/// compares it before it hydrates. It detects page translators and extensions, and is no protection
/// against attackers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    hash: u64,
    nodes: u32,
}

impl Default for Fingerprint {
    fn default() -> Self {
        Self {
            hash: 0xcbf2_9ce4_8422_2325,
            nodes: 0,
        }
    }
}

impl Fingerprint {
    /// Adds the next node by its name, as the DOM's `nodeName` gives it.
    pub fn add(&mut self, name: &str) {
        self.add_bytes(name.bytes());
    }

    /// Adds an element by its name in HTML, which is its `nodeName` in small letters.
    pub fn add_element(&mut self, name: &str) {
        self.add_bytes(name.bytes().map(|byte| byte.to_ascii_uppercase()));
    }

    fn add_bytes(&mut self, name: impl Iterator<Item = u8>) {
        self.nodes += 1;
        for byte in name.chain([0]) {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:016x}", self.nodes, self.hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> String {
        let mut fingerprint = Fingerprint::default();
        for name in names {
            fingerprint.add(name);
        }
        fingerprint.to_string()
    }

    #[test]
    fn another_node_or_another_order_is_another_fingerprint() {
        assert_eq!(of(&["P", "#text"]), of(&["P", "#text"]));
        assert_ne!(of(&["P", "#text"]), of(&["#text", "P"]));
        assert_ne!(of(&["P", "#text"]), of(&["P", "FONT", "#text"]));
        assert_ne!(of(&["PA"]), of(&["P", "A"]));
        assert!(of(&["P", "#text"]).starts_with("2-"));
        let mut element = Fingerprint::default();
        element.add_element("h2");
        assert_eq!(element.to_string(), of(&["H2"]));
    }
}
