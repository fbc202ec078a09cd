//! Answers that are nested deeper than anybody reads. What is too deep is cut out of them, so that it
//! costs the entry that has it, and no other.

use serde_json::Value;

/// How deep an answer may be: as deep as `serde_json` reads.
const MOST: usize = 127;

/// What stands in an answer for what was cut out of it. It is no character of any text.
const CUT: &str = "\u{fdd0}";

/// Why an entry is left out that something was cut out of.
pub(crate) const TOO_DEEP: &str =
    "something in it is nested deeper than 100 levels, in itself or in what it refers to";

/// Whether something was cut out of a value.
pub(crate) fn is_cut(value: &Value) -> bool {
    match value {
        Value::String(text) => text == CUT,
        Value::Array(all) => all.iter().any(is_cut),
        Value::Object(fields) => fields.values().any(is_cut),
        _ => false,
    }
}

/// JSON without what is too deep in it; `None` where nothing is. What is no JSON stays none.
pub(crate) fn pruned(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    let mut kept = Vec::new();
    let mut is_pruned = false;
    for byte in bytes.iter().copied() {
        let was_inside = depth > MOST;
        if in_text {
            in_text = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
        } else {
            match byte {
                b'"' => in_text = true,
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if was_inside {
            continue;
        }
        if depth > MOST {
            is_pruned = true;
            kept.extend_from_slice(format!("\"{CUT}\"").as_bytes());
        } else {
            kept.push(byte);
        }
    }
    is_pruned.then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nest(levels: usize, inside: &str) -> String {
        format!("{}{inside}{}", "[".repeat(levels), "]".repeat(levels))
    }

    #[test]
    fn what_is_too_deep_is_cut_out_and_nothing_else() {
        for (text, is_one) in [
            (nest(MOST, "1"), false),
            (nest(MOST - 1, "\"[[[\\\"{{{\", []"), false),
            (nest(MOST + 1, "1"), true),
            (nest(100_000, "\"]\\\\\""), true),
        ] {
            let short = pruned(text.as_bytes());
            assert_eq!(short.is_some(), is_one, "{}", &text[..40]);
            let read = serde_json::from_slice::<Value>(&short.unwrap_or(text.into_bytes()));
            assert_eq!(is_cut(&read.unwrap()), is_one);
        }
        let two = format!("{{\"a\":{},\"b\":[{{\"c\":\"]\"}}]}}", nest(500, "{}"));
        let value: Value = serde_json::from_slice(&pruned(two.as_bytes()).unwrap()).unwrap();
        assert!(is_cut(&value["a"]) && !is_cut(&value["b"]));
        assert_eq!(value["b"][0]["c"], "]");
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for text in [
            "[".repeat(500),
            format!("{}]]", nest(300, "")),
            "]".repeat(9),
        ] {
            let read = serde_json::from_slice::<Value>(
                &pruned(text.as_bytes()).unwrap_or(text.into_bytes()),
            );
            assert!(read.is_err());
        }
    }
}
