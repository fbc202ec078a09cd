//! Responsive pictures, whose width and format the browser chooses.

use crate::markup::{Markup, html};
use leptos::prelude::*;
use model::{Picture, Rendition};

/// The position of a picture, which determines its width on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Above the text of an article.
    Cover,
    /// In a text.
    Text,
    /// In a gallery.
    Gallery,
    /// In the story that leads the front page.
    Lead,
    /// In a teaser of a list, small next to its title.
    List,
    /// In the first teaser of a section on the front page.
    Section,
}

impl Placement {
    /// The value of `sizes`, as `style/layout/` sets the widths.
    fn sizes(self) -> &'static str {
        match self {
            Self::Cover => {
                "(min-width: 76rem) 56rem, (min-width: 64rem) 70vw, (min-width: 44rem) 40rem, 100vw"
            }
            Self::Text => "(min-width: 44rem) 40rem, 100vw",
            Self::Gallery => "(min-width: 44rem) 20rem, 50vw",
            Self::Lead => "(min-width: 76rem) 44rem, (min-width: 48rem) 58vw, 100vw",
            Self::List => "(min-width: 44rem) 14rem, 32vw",
            Self::Section => "(min-width: 76rem) 37rem, (min-width: 48rem) 45vw, 100vw",
        }
    }

    /// Whether the picture loads lazily, because it is further down the page.
    fn may_load_late(self) -> bool {
        !matches!(self, Self::Cover | Self::Lead)
    }

    fn class(self) -> Option<&'static str> {
        matches!(self, Self::Lead | Self::List | Self::Section).then_some("teaser-cover")
    }
}

/// A picture whose file the browser chooses, first by format, then by width. A drawing has one file
/// for every width. The picture's space is reserved while it loads.
#[component]
pub fn Image(
    /// The picture.
    picture: Picture,
    /// The site's base.
    base: String,
    /// Its position on the page.
    placement: Placement,
) -> Markup {
    let src = format!("{base}{}", picture.file);
    let widest = (!picture.renditions.is_empty()).then(|| format!(", {src} {}w", picture.width));
    let srcset = widest.map(|widest| candidates(&picture.renditions, &base) + &widest);
    let sizes = srcset.is_some().then(|| placement.sizes());
    let image = html! {
        <img
            class=placement.class()
            loading=placement.may_load_late().then_some("lazy")
            decoding="async"
            sizes=sizes
            srcset=srcset
            src=src
            alt=picture.alternative
            width=picture.width
            height=picture.height
        />
    };
    if picture.modern.is_empty() {
        return image;
    }
    let modern = candidates(&picture.modern, &base);
    html! { <picture><source type="image/webp" sizes=placement.sizes() srcset=modern />{image}</picture> }
}

/// The value of `srcset`.
fn candidates(renditions: &[Rendition], base: &str) -> String {
    let candidate =
        |rendition: &Rendition| format!("{base}{} {}w", rendition.file, rendition.width);
    renditions
        .iter()
        .map(candidate)
        .collect::<Vec<_>>()
        .join(", ")
}
