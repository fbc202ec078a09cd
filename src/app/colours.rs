//! The colours that heads and web app manifests repeat from `style/tokens/colour.css`. A test
//! compares them.

/// The background colours of the header (`--band`) and of the page (`--paper`).
#[derive(Debug)]
pub struct Colours;

impl Colours {
    /// The band in a light theme.
    pub const BAND: &str = "#062b48";
    /// The band in a dark theme.
    pub const BAND_IN_THE_DARK: &str = "#08273f";
    /// The band in a theme of high contrast, light or dark.
    pub const BAND_IN_CONTRAST: &str = "#000";
    /// The paper in a light theme.
    pub const PAPER: &str = "#fff";
}

#[cfg(test)]
mod tests {
    use super::Colours;
    use std::collections::HashMap;

    /// The value of a token, followed through the tokens that it refers to.
    fn token<'a>(tokens: &HashMap<&'a str, &'a str>, name: &str) -> &'a str {
        let value = tokens[name];
        value
            .strip_prefix("var(")
            .map_or(value, |rest| token(tokens, rest.trim_end_matches(')')))
    }

    fn tokens(block: &str) -> HashMap<&str, &str> {
        let declarations = block
            .split(['{', ';', '}'])
            .filter_map(|line| line.split_once(':'));
        declarations
            .map(|(name, value)| (name.trim(), value.trim()))
            .collect()
    }

    #[test]
    fn the_colours_are_those_of_the_style_sheets() {
        let css = include_str!("../../style/tokens/colour.css");
        let block = |selector: &str| {
            tokens(
                css.split_once(selector)
                    .unwrap()
                    .1
                    .split_once('}')
                    .unwrap()
                    .0,
            )
        };
        let light = block(":root {");
        assert_eq!(token(&light, "--band"), Colours::BAND);
        assert_eq!(token(&light, "--paper"), Colours::PAPER);
        for (selector, band) in [
            (":root[data-theme=\"dark\"] {", Colours::BAND_IN_THE_DARK),
            (
                "@media (prefers-contrast: more) {\n  :root:not([data-theme]) {",
                Colours::BAND_IN_CONTRAST,
            ),
            (
                ":root[data-theme=\"contrast\"] {",
                Colours::BAND_IN_CONTRAST,
            ),
        ] {
            let mut theme = light.clone();
            theme.extend(block(selector));
            assert_eq!(token(&theme, "--band"), band, "{selector}");
        }
    }
}
