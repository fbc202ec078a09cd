//! Galleries of pictures: `[gallery ids="3,1,2"]`, and the older forms.

use super::code::Shortcode;
use std::collections::HashSet;

/// A gallery as a text asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gallery {
    /// The numbers of its pictures, in their order.
    pub ids: Vec<u64>,
    /// The numbers of its pictures, in the order of the site.
    pub include: Vec<u64>,
    /// The numbers of pictures that are left out.
    pub exclude: Vec<u64>,
    /// The number of the text whose pictures it shows, where that is another one.
    pub of: Option<u64>,
    /// Whether the last picture comes first.
    pub is_reversed: bool,
    /// What the pictures are sorted by, where that is said.
    pub order_by: Option<OrderBy>,
}

/// What the pictures of a gallery are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderBy {
    /// The order that the editor gave them.
    Order,
    /// Their numbers.
    Number,
    /// Their titles.
    Title,
    /// Their dates.
    Date,
    /// The order in which the text names them.
    Named,
}

impl Gallery {
    /// The gallery of a shortcode.
    pub(super) fn of(code: &Shortcode<'_>) -> Self {
        let list = |name: &str| numbers(code.get(name).unwrap_or_default());
        let order_by = code.get("orderby").map(str::to_ascii_lowercase);
        Self {
            ids: list("ids"),
            include: list("include"),
            exclude: list("exclude"),
            of: code.get("id").and_then(|id| id.trim().parse().ok()),
            is_reversed: code
                .get("order")
                .is_some_and(|order| order.eq_ignore_ascii_case("desc")),
            order_by: order_by.as_deref().and_then(sorted_by),
        }
    }

    /// Whether it shows all pictures of its text.
    pub fn is_whole(&self) -> bool {
        self.ids.is_empty()
            && self.include.is_empty()
            && self.exclude.is_empty()
            && self.of.is_none()
    }
}

fn sorted_by(name: &str) -> Option<OrderBy> {
    Some(match name.split_whitespace().next()? {
        "menu_order" => OrderBy::Order,
        "id" => OrderBy::Number,
        "title" | "post_title" => OrderBy::Title,
        "date" | "post_date" => OrderBy::Date,
        "post__in" => OrderBy::Named,
        _ => return None,
    })
}

/// The numbers of a list, each once.
pub(super) fn numbers(list: &str) -> Vec<u64> {
    let mut known = HashSet::new();
    list.split([',', ' '])
        .filter_map(|id| id.trim().parse().ok())
        .filter(|id| known.insert(*id))
        .collect()
}
