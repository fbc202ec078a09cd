//! What belongs to the bundle, as `index.html` says it to Trunk.

use std::fs;

use crate::failure::Failure;
use crate::project::Project;

/// The contents of a bundle, and how the browser program is made.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Recipe {
    /// The profile of a release in Cargo.toml.
    pub(crate) profile: String,
    /// The profile of a developer's build in Cargo.toml.
    pub(crate) dev_profile: String,
    /// The target of wasm-bindgen.
    pub(crate) bindgen_target: String,
    /// The level of wasm-opt.
    pub(crate) wasm_opt: String,
    /// The other arguments of wasm-opt.
    pub(crate) wasm_opt_arguments: Vec<String>,
    /// Files that are copied, below the root of the checkout.
    pub(crate) files: Vec<String>,
    /// Folders that are copied, below the root of the checkout.
    pub(crate) folders: Vec<String>,
}

impl Recipe {
    /// Reads `index.html`.
    ///
    /// # Errors
    /// Where it cannot be read, or a link for Trunk does not say what it has to.
    pub(crate) fn read(project: &Project) -> Result<Self, Failure> {
        let path = project.root.join("index.html");
        let page =
            fs::read_to_string(&path).map_err(|error| super::failed("read", &path, &error))?;
        Self::of(&page).map_err(|what| Failure::unmet(format!("index.html: {what}")))
    }

    fn of(page: &str) -> Result<Self, String> {
        let links: Vec<&str> = links(page).collect();
        let of_kind = |kind: &'static str| {
            links
                .iter()
                .filter(move |link| attribute(link, "rel") == Some(kind))
        };
        let program = of_kind("rust")
            .next()
            .ok_or("there is no link with rel=\"rust\"")?;
        let said = |name: &str| {
            attribute(program, name)
                .map(str::to_owned)
                .ok_or_else(|| format!("the link with rel=\"rust\" has no {name}"))
        };
        let copied = |kind| -> Result<Vec<String>, String> {
            let href = |link: &&str| attribute(link, "href").map(str::to_owned);
            of_kind(kind)
                .map(|link| {
                    href(link).ok_or_else(|| format!("a link with rel=\"{kind}\" has no href"))
                })
                .collect()
        };
        Ok(Self {
            profile: said("data-cargo-profile-release")?,
            dev_profile: said("data-cargo-profile-dev")?,
            bindgen_target: said("data-bindgen-target")?,
            wasm_opt: said("data-wasm-opt")?,
            wasm_opt_arguments: said("data-wasm-opt-params")?
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            files: copied("copy-file")?,
            folders: copied("copy-dir")?,
        })
    }
}

/// The tags of the links for Trunk.
fn links(page: &str) -> impl Iterator<Item = &str> {
    let tags = page
        .split("<link")
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag));
    tags.filter(|tag| tag.split_whitespace().any(|word| word == "data-trunk"))
}

/// The value of an attribute. Its name is a whole word.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("{name}=\"");
    let (at, _) = tag
        .match_indices(&start)
        .find(|(at, _)| tag[..*at].ends_with(char::is_whitespace))?;
    tag[at + start.len()..].split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recipe_is_what_the_page_says_to_trunk() {
        let page = "<link rel=\"icon\" href=\"x\" />\n<link\n data-trunk\n rel=\"rust\"\n data-bindgen-target=\"no-modules\"\n \
                    data-cargo-profile-release=\"browser\"\n data-cargo-profile-dev=\"watch\"\n data-wasm-opt=\"z\"\n data-wasm-opt-params=\"--a --b\"\n/>\n\
                    <link data-trunk rel=\"copy-file\" href=\"src/boot.js\" />\n<link data-trunk rel=\"copy-dir\" href=\"style\" />";
        let texts = |texts: &[&str]| {
            texts
                .iter()
                .map(|&text| text.to_owned())
                .collect::<Vec<_>>()
        };
        let expected = Recipe {
            profile: "browser".to_owned(),
            dev_profile: "watch".to_owned(),
            bindgen_target: "no-modules".to_owned(),
            wasm_opt: "z".to_owned(),
            wasm_opt_arguments: texts(&["--a", "--b"]),
            files: texts(&["src/boot.js"]),
            folders: texts(&["style"]),
        };
        assert_eq!(Recipe::of(page).unwrap(), expected);
        assert!(
            Recipe::of("<link rel=\"rust\">")
                .unwrap_err()
                .contains("rel=\"rust\"")
        );
        assert!(
            Recipe::of(&page.replace("data-wasm-opt=", "x="))
                .unwrap_err()
                .contains("data-wasm-opt")
        );
    }

    #[test]
    fn the_projects_own_page_can_be_read() {
        let recipe = Recipe::read(&Project::find().unwrap()).unwrap();
        assert!(
            recipe.files.contains(&"src/boot.js".to_owned())
                && recipe.folders.contains(&"public".to_owned())
        );
    }
}
