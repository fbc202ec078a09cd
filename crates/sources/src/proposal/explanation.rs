//! What each key of `source.json` means, as its JSON Schema says it.

use crate::check::schema;
use crate::proposal::ORDER;
use std::fmt::Write;

/// The width of the explanations, in characters.
const WIDTH: usize = 78;

/// Each key with its meaning.
pub(super) fn of_keys() -> String {
    let (_, schema) = schema();
    let mut text = String::new();
    let properties = schema["properties"].as_object();
    let of_rest = || properties.into_iter().flat_map(|all| all.keys());
    let others = of_rest().filter(|key| !ORDER.contains(&key.as_str()));
    for key in ORDER.into_iter().chain(others.map(String::as_str)) {
        let meaning = &schema["properties"][key]["description"];
        wrap(&mut text, key, meaning.as_str().unwrap_or_default());
    }
    let fields = schema["definitions"]["Fields"]["properties"].as_object();
    let names: Vec<&str> = fields
        .into_iter()
        .flat_map(|all| all.keys())
        .map(String::as_str)
        .collect();
    text.push('\n');
    wrap(&mut text, "our fields", &names.join(", "));
    text.push('\n');
    text
}

/// Adds a name and what is said of it, in lines.
fn wrap(text: &mut String, name: &str, said: &str) {
    let mut line = format!("  {name:<10}");
    for word in said.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            let _ = writeln!(text, "{line}");
            line = " ".repeat(12);
        }
        let _ = write!(line, " {word}");
    }
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn every_key_is_explained() {
        let (_, schema) = schema();
        let text = of_keys();
        let properties = schema["properties"].as_object().unwrap();
        assert!(properties.len() >= 13, "{properties:?}");
        for (key, value) in properties {
            assert!(text.contains(&format!("  {key} ")), "{key}: {text}");
            let said = value["description"].as_str().unwrap_or_default();
            assert!(said.len() > 10, "{key} is not explained");
        }
        assert!(Value::is_object(&schema["definitions"]["Fields"]));
        assert!(
            text.lines().all(|line| line.chars().count() <= 100),
            "{text}"
        );
    }
}
