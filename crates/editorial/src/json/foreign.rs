//! Signs in a JSON file that belong to something else: marks of a merge, and the full-width signs of
//! input methods.

use super::flaw::Flaw;
use crate::diagnostics::Message;
use crate::message;

/// The flaw of a file that two people changed at one place.
pub(super) fn merge(text: &str) -> Option<Flaw> {
    let mut at = 0;
    let mut found: Vec<(usize, &str)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let mark = line.trim_end();
        let is_mark = ["<<<<<<<", "|||||||", ">>>>>>>"].iter().any(|sign| {
            mark.strip_prefix(sign)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        });
        if is_mark || mark == "=======" {
            found.push((at, mark));
        }
        at += line.len();
    }
    let (at, mark) = *found.first()?;
    if found.len() > 1 && mark.starts_with('<') {
        let base = found.iter().any(|(_, mark)| mark.starts_with('|'));
        let help = if base {
            message!(
                "keep one of the two parts, that before ||||||| or that behind =======, and delete the rest with the four lines of marks"
            )
        } else {
            message!(
                "keep one of the two parts between <<<<<<< and >>>>>>>, and delete the three lines of marks"
            )
        };
        let message =
            message!("two people changed this place, and git could not decide between them");
        return Some(Flaw::new(at, message, help));
    }
    let message = message!("a mark of a merge is left over here");
    Some(Flaw::new(
        at,
        message,
        message!("see that the text around it is right, and delete this line"),
    ))
}

/// Full-width signs, what each is called, and the sign to type.
fn sign(c: char) -> Option<(Message, char)> {
    Some(match c {
        '：' => (message!("colon"), ':'),
        '，' | '、' => (message!("comma"), ','),
        '；' => (message!("semicolon"), ','),
        '［' | '【' | '〔' => (message!("bracket"), '['),
        '］' | '】' | '〕' => (message!("bracket"), ']'),
        '｛' => (message!("brace"), '{'),
        '｝' => (message!("brace"), '}'),
        '「' | '」' | '『' | '』' | '″' | '＂' | '〝' | '〞' | '＇' => {
            (message!("quotation mark"), '"')
        }
        _ => return None,
    })
}

/// The flaw of the first sign outside of texts that an input method or a word processor wrote.
pub(super) fn full_width(text: &str) -> Option<Flaw> {
    let (at, c) = outside(text).find(|(_, c)| !c.is_ascii())?;
    if c.is_whitespace() || c == '\u{feff}' || ('\u{200b}'..='\u{200f}').contains(&c) {
        let name = match c {
            '\u{3000}' => message!("an ideographic space"),
            '\u{a0}' | '\u{202f}' => message!("a no-break space"),
            '\u{200b}' | '\u{feff}' => message!("a space of no width"),
            _ => message!("a special space"),
        };
        let message = message!(
            "{name} stands here (U+{code}), which looks like nothing",
            name,
            code = format!("{:04X}", u32::from(c))
        );
        return Some(Flaw::new(
            at,
            message,
            message!("delete it, and type a plain space"),
        ));
    }
    let (name, right) = sign(c)?;
    let message = message!("a full-width {name} {c} stands here", name, c);
    let help = message!(
        "switch the keyboard to Latin letters, and type {right}",
        right
    );
    Some(Flaw::new(at, message, help))
}

/// The characters outside of texts.
fn outside(text: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut inside, mut escaped) = (false, false);
    text.char_indices().filter(move |(_, c)| {
        if inside {
            // A text ends with its line at the latest.
            inside = (*c != '"' || escaped) && *c != '\n';
            escaped = *c == '\\' && !escaped;
            return false;
        }
        inside = *c == '"';
        escaped = false;
        !inside
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaw(text: &str) -> Option<(usize, String)> {
        full_width(text).map(|flaw| {
            (
                flaw.at,
                format!(
                    "{}: {}",
                    flaw.message,
                    flaw.help.as_deref().unwrap_or_default()
                ),
            )
        })
    }

    #[test]
    fn full_width_signs_are_named_with_the_one_to_type() {
        for (text, at, part) in [
            (
                "{ \"a\"： 1 }",
                5,
                "colon ： stands here: switch the keyboard to Latin letters, and type :",
            ),
            ("{ \"a\": \"b\"， }", 10, "comma ，"),
            ("｛ }", 0, "brace ｛"),
            ("{ 「a」: 1 }", 2, "quotation mark 「"),
            (
                "{\n\u{3000}\"a\": 1 }",
                2,
                "an ideographic space stands here (U+3000)",
            ),
            ("{\n\u{a0}\"a\": 1 }", 2, "a no-break space"),
        ] {
            let (found, message) = flaw(text).unwrap();
            assert_eq!(found, at, "{text}");
            assert!(message.contains(part), "{text}: {message}");
        }
        assert_eq!(flaw("{ \"a：，「」\": \"\u{3000}\\\"：\" }"), None);
    }

    #[test]
    fn marks_of_a_merge_are_found_at_the_beginning_of_lines_alone() {
        let text = "{\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> b\n}";
        let found = merge(text).unwrap();
        assert_eq!(found.at, 2);
        assert!(found.message.contains("two people changed this place"));
        assert!(merge("{ \"a\": \"<<<<<<< HEAD\" }").is_none());
        assert!(
            merge("{\n=======\n}")
                .unwrap()
                .message
                .contains("left over")
        );
    }
}
