//! Checks styles with a tokenizer like that of browsers (CSS Syntax Level 3), so that neither
//! escapes nor comments hide anything. The only allowed addresses are those of parts of the
//! drawing, and the only allowed functions are those that load nothing.

use crate::diagnostics::Message;
use crate::message;
use cssparser::{ParseError, Parser, ParserInput, Token};
use std::rc::Rc;

/// How deep brackets may be nested.
const MOST_DEEP: usize = 32;

/// Functions that load nothing, whatever their arguments.
const FUNCTIONS: &[&str] = &[
    // Colours.
    "color",
    "color-mix",
    "device-cmyk",
    "hsl",
    "hsla",
    "hwb",
    "icc-color",
    "lab",
    "lch",
    "light-dark",
    "oklab",
    "oklch",
    "rgb",
    "rgba",
    // Numbers.
    "abs",
    "acos",
    "asin",
    "atan",
    "atan2",
    "calc",
    "clamp",
    "cos",
    "exp",
    "hypot",
    "log",
    "max",
    "min",
    "mod",
    "pow",
    "rem",
    "round",
    "sign",
    "sin",
    "sqrt",
    "tan",
    "var",
    // Transforms and shapes.
    "circle",
    "ellipse",
    "inset",
    "matrix",
    "matrix3d",
    "path",
    "perspective",
    "polygon",
    "ray",
    "rect",
    "rotate",
    "rotate3d",
    "rotatex",
    "rotatey",
    "rotatez",
    "scale",
    "scale3d",
    "scalex",
    "scaley",
    "scalez",
    "skew",
    "skewx",
    "skewy",
    "translate",
    "translate3d",
    "translatex",
    "translatey",
    "translatez",
    "xywh",
    // Filters, timing functions and gradients.
    "blur",
    "brightness",
    "contrast",
    "drop-shadow",
    "grayscale",
    "hue-rotate",
    "invert",
    "opacity",
    "saturate",
    "sepia",
    "cubic-bezier",
    "steps",
    "conic-gradient",
    "linear-gradient",
    "radial-gradient",
    "repeating-conic-gradient",
    "repeating-linear-gradient",
    "repeating-radial-gradient",
    // Selectors.
    "dir",
    "has",
    "is",
    "lang",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "where",
    // Fonts.
    "annotation",
    "character-variant",
    "ornaments",
    "styleset",
    "stylistic",
    "swash",
];

/// The elements that a rule may match.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Prelude {
    /// Names of elements, classes and ids.
    pub(super) names: Vec<String>,
    /// Whether it may match any element.
    pub(super) any: bool,
}

/// A part of the drawing that a style sheet uses for some elements.
#[derive(Debug)]
pub(super) struct Rule {
    /// The elements.
    pub(super) of: Rc<Prelude>,
    /// The part's id.
    pub(super) target: String,
}

/// The parts that the values of an attribute use, by their ids.
///
/// # Errors
/// The reason of the refusal, as the end of a sentence.
pub(super) fn values(text: &str) -> Result<Vec<String>, Message> {
    sheet(text).map(|rules| rules.into_iter().map(|rule| rule.target).collect())
}

/// The parts that a style sheet uses.
///
/// # Errors
/// The reason of the refusal, as the end of a sentence.
pub(super) fn sheet(text: &str) -> Result<Vec<Rule>, Message> {
    let mut input = ParserInput::new(text);
    let mut parser = Parser::new(&mut input);
    let mut rules = Vec::new();
    match block(&mut parser, &Rc::default(), 0, &mut rules) {
        Ok(()) => Ok(rules),
        Err(ParseError {
            kind: cssparser::ParseErrorKind::Custom(reason),
            ..
        }) => Err(reason),
        Err(_) => Err(unreadable()),
    }
}

fn unreadable() -> Message {
    message!("cannot be read as a style")
}

/// Checks the tokens of a block, or of the whole style. `scope` has the elements that they apply
/// to.
fn block<'i>(
    parser: &mut Parser<'i, '_>,
    scope: &Rc<Prelude>,
    deep: usize,
    rules: &mut Vec<Rule>,
) -> Result<(), ParseError<'i, Message>> {
    if deep > MOST_DEEP {
        return Err(parser.new_custom_error(message!(
            "has brackets more than {most} deep",
            most = MOST_DEEP
        )));
    }
    let mut prelude = Prelude::default();
    while let Ok(token) = parser.next_including_whitespace().cloned() {
        let inside = match &token {
            Token::UnquotedUrl(address) => {
                rules.push(own(parser, address, scope)?);
                continue;
            }
            Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                let address =
                    parser.parse_nested_block(|parser| Ok(parser.expect_string_cloned()?))?;
                rules.push(own(parser, &address, scope)?);
                continue;
            }
            Token::Function(name) if !FUNCTIONS.contains(&name.to_ascii_lowercase().as_str()) => {
                let reason = message!(
                    "has {name}(…), which may load something",
                    name = super::short(name)
                );
                return Err(parser.new_custom_error(reason));
            }
            Token::AtKeyword(name) if !name.eq_ignore_ascii_case("media") => {
                return Err(parser.new_custom_error(at_rule(name)));
            }
            Token::BadUrl(_) | Token::BadString(_) => {
                return Err(parser.new_custom_error(unreadable()));
            }
            Token::CurlyBracketBlock => Some(Rc::new(std::mem::take(&mut prelude))),
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock => {
                Some(Rc::clone(scope))
            }
            _ => None,
        };
        prelude.add(&token);
        if let Some(scope) = inside {
            parser.parse_nested_block(|parser| block(parser, &scope, deep + 1, rules))?;
        }
        if matches!(token, Token::CurlyBracketBlock) {
            prelude = Prelude::default();
        }
    }
    Ok(())
}

/// The reason why an at-rule of this name is refused.
fn at_rule(name: &str) -> Message {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "import" => message!("loads another file"),
        "font-face" => message!("brings a font: turn the texts into paths, or leave the font out"),
        name if name.ends_with("keyframes") => {
            message!("makes the drawing move, and nothing here moves by itself")
        }
        name => message!(
            "has @{name}, which a drawing may not",
            name = super::short(name)
        ),
    }
}

/// Reads the address of a part of the drawing, and refuses any other.
fn own<'i>(
    parser: &Parser<'i, '_>,
    address: &str,
    of: &Rc<Prelude>,
) -> Result<Rule, ParseError<'i, Message>> {
    match address.strip_prefix('#') {
        Some(target) => Ok(Rule {
            of: Rc::clone(of),
            target: target.to_owned(),
        }),
        None => Err(parser.new_custom_error(message!("loads another file"))),
    }
}

impl Prelude {
    /// Adds a token of a prelude. An unknown token may match any element.
    fn add(&mut self, token: &Token<'_>) {
        match token {
            Token::Ident(name) | Token::Hash(name) | Token::IDHash(name) => {
                self.names.push(name.to_string());
            }
            Token::WhiteSpace(_) | Token::Comma | Token::Delim('.' | '>' | '+' | '~') => {}
            Token::Semicolon => *self = Self::default(),
            _ => self.any = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_uses_parts_of_the_drawing_and_nothing_else() {
        assert_eq!(
            values("fill:url(#a);stroke: URL( \"#b\" ) none").unwrap(),
            ["a", "b"]
        );
        assert_eq!(values("u\\72l(#a)").unwrap(), ["a"]);
        for plain in [
            "",
            "#fff",
            "rgb(1 2 3)",
            "font: 1em 'url(x)'",
            "/* url(x) */ red",
            "calc((1px + 2px) * 3)",
            "fill:red;;",
        ] {
            assert_eq!(values(plain).unwrap(), Vec::<String>::new(), "{plain}");
        }
        for bad in [
            "url(a)",
            "url( 'a' )",
            "u\\52 l(a)",
            "\\75rl(a)",
            "url(#a b)",
            "url(",
            "url()",
            "url('')",
            "src('#a')",
            "image('a')",
            "image-set('a' 1x)",
            "-webkit-image-set(url(#a) 1x)",
            "cross-fade(red, blue)",
            "element(#a)",
            "paint(a)",
            "attr(href)",
            "expression(a)",
            "@import 'a'",
            "@\\69mport 'a'",
            "@im\\port 'a'",
            "@font-face{}",
            "@namespace 'a'",
            "@keyframes a{}",
            "@-webkit-keyframes a{}",
            "@charset 'a'",
            "--x:url(a)",
            "a{b{c:url(d)}}",
            "(url(a))",
            "[url(a)]",
            "url('#a' b)",
            "'a\nb'",
            "@media print{@import 'a'}",
            "un\\known(1)",
        ] {
            assert!(values(bad).is_err(), "{bad}");
        }
        assert!(values(&"(".repeat(100_000)).is_err());
    }

    #[test]
    fn a_sheet_says_which_elements_a_rule_may_be_for() {
        let of = |text: &str| {
            let rules = sheet(text).unwrap();
            let words = |rule: &Rule| (rule.of.names.join(" "), rule.of.any, rule.target.clone());
            rules.iter().map(words).collect::<Vec<_>>()
        };
        let rule = |names: &str, any, target: &str| (names.to_owned(), any, target.to_owned());
        assert_eq!(of(".a, g #b{fill:url(#c)}"), [rule("a g b", false, "c")]);
        assert_eq!(of(".a{x:y} .b{fill:url(#c)}"), [rule("b", false, "c")]);
        assert_eq!(
            of("@media print{.b{fill:url(#c)}}"),
            [rule("b", false, "c")]
        );
        for any in [
            ":not(.a){x:url(#c)}",
            "*{x:url(#c)}",
            "[a]{x:url(#c)}",
            "&{x:url(#c)}",
        ] {
            assert!(of(any)[0].1, "{any}");
        }
    }
}
