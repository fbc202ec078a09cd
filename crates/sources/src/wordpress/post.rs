//! A post as an entry.

use super::{acf, excerpt};
use crate::adapter::{Entry, Media, escaped};
use crate::config::{Choice, Fields};
use import::{Loss, Portal};
use model::Slug;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What names mean here.
pub(super) struct Naming<'a> {
    pub(super) fields: &'a Fields,
    pub(super) sections: &'a BTreeMap<String, Choice>,
    pub(super) portal: &'a Portal,
}

impl Naming<'_> {
    /// The sections that these categories stand for. Those that the configuration names count before
    /// those that are called the same by chance.
    fn sections<'b>(&self, names: &'b [String]) -> Vec<(&'b String, Slug)> {
        let mapped = names
            .iter()
            .filter_map(|name| Some((name, self.sections.get(name)?.slug()?.clone())));
        let mapped: Vec<_> = mapped.collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let same = |name: &String| {
            Slug::new(name)
                .ok()
                .filter(|slug| self.portal.has_section(slug))
        };
        names
            .iter()
            .filter_map(|name| Some((name, same(name)?)))
            .collect()
    }
}

/// A post as an entry.
///
/// # Errors
/// Why it is none.
pub(super) fn entry_of(value: &Value, naming: &Naming<'_>) -> Result<Entry, String> {
    let fields = naming.fields;
    if value["status"] != "publish" {
        return Err("it is no longer published".to_owned());
    }
    if value["content"]["protected"] == true {
        return Err("a password protects it".to_owned());
    }
    let mut entry = Entry {
        slug: own_text(value, &fields.slug).unwrap_or_else(|| slug(value)),
        title: html(value, &fields.title, "title"),
        modified: utc(&value["modified_gmt"]).unwrap_or_default(),
        ..Entry::default()
    };
    if import::words(&entry.title).is_empty() {
        return Err("it has no title".to_owned());
    }
    entry.published = own_text(value, &fields.published)
        .or_else(|| utc(&value["date_gmt"]))
        .ok_or("it has no date")?;
    entry.body = match own(value, &fields.body).and_then(acf::rows) {
        Some(rows) => acf::html(rows, &mut entry.losses),
        None => html(value, &fields.body, "content"),
    };
    entry.lead = lead(value, fields, &entry.body);
    entry.section = section(value, naming, &mut entry.losses);
    entry.tags = terms(value, &fields.tags, ("tags", "post_tag"));
    entry.author = author(value, fields);
    entry.cover = cover(value, fields, &mut entry.losses);
    entry.views = own_text(value, &fields.views)
        .and_then(|views| views.trim().parse().ok())
        .unwrap_or_default();
    entry.source = source(value, fields, &mut entry.losses);
    Ok(entry)
}

/// A field that a plugin or the theme has added: among `meta`, or among the fields of ACF.
pub(super) fn own<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    if name.is_empty() {
        return None;
    }
    let is_empty = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    };
    ["meta", "acf"]
        .iter()
        .map(|place| &value[*place][name])
        .find(|value| !is_empty(value))
}

/// A value as a text. A field of WordPress that may have several values is a list.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(all) => text(all.first()?),
        _ => None,
    }
}

fn own_text(value: &Value, name: &str) -> Option<String> {
    own(value, name).and_then(text)
}

/// The name of a post or a term in addresses, which WordPress percent-encodes.
pub(super) fn slug(value: &Value) -> String {
    import::decoded(value["slug"].as_str().unwrap_or_default())
}

/// A text as HTML: a field of its own, or what WordPress shows.
fn html(value: &Value, name: &str, usual: &str) -> String {
    own_text(value, name).unwrap_or_else(|| {
        let rendered = value[usual]["rendered"].as_str();
        rendered.unwrap_or_default().to_owned()
    })
}

/// A moment that WordPress gives without its zone.
fn utc(value: &Value) -> Option<String> {
    let text = value.as_str().filter(|text| !text.starts_with("0000"))?;
    Some(format!("{text}Z"))
}

/// The lead: a field of its own, or the excerpt, where somebody wrote it.
fn lead(value: &Value, fields: &Fields, body: &str) -> String {
    if fields.lead.is_empty() {
        return String::new();
    }
    if let Some(lead) = own_text(value, &fields.lead) {
        return lead;
    }
    let excerpt = &value["excerpt"];
    let rendered = excerpt["rendered"].as_str().unwrap_or_default();
    let is_written = match excerpt["raw"].as_str() {
        Some(raw) => !raw.trim().is_empty(),
        None => !excerpt::is_made_of(rendered, body),
    };
    if is_written {
        rendered.to_owned()
    } else {
        String::new()
    }
}

/// The names of terms: those of the taxonomy with this name in addresses, or else the usual ones.
fn terms(value: &Value, name: &str, (usual, taxonomy): (&str, &str)) -> Vec<String> {
    if name.is_empty() {
        return Vec::new();
    }
    match own(value, name) {
        Some(Value::Array(all)) => {
            return all.iter().filter_map(|one| term(value, one)).collect();
        }
        Some(one) => return term(value, one).into_iter().collect(),
        None => {}
    }
    let ids: Option<BTreeSet<u64>> = value[name]
        .as_array()
        .filter(|_| name != usual)
        .map(|ids| ids.iter().filter_map(Value::as_u64).collect());
    embedded(value, "wp:term")
        .iter()
        .flat_map(|terms| terms.as_array().into_iter().flatten())
        .filter(|term| match &ids {
            Some(ids) => term["id"].as_u64().is_some_and(|id| ids.contains(&id)),
            None => term["taxonomy"] == taxonomy,
        })
        .map(slug)
        .collect()
}

/// The name of a term in a field: a text, a term, or its number. What the number stands for is known
/// where the post itself has the term.
fn term(value: &Value, one: &Value) -> Option<String> {
    if one["slug"].is_string() {
        return Some(slug(one));
    }
    let own = one.as_u64().and_then(|number| {
        let mut terms = embedded(value, "wp:term").iter();
        let of_post = terms.find_map(|terms| {
            let mut terms = terms.as_array()?.iter();
            terms.find(|term| term["id"] == number)
        });
        of_post.map(slug)
    });
    own.or_else(|| text(one))
}

/// The category whose section this portal has, or else the first one.
fn section(value: &Value, naming: &Naming<'_>, losses: &mut Vec<Loss>) -> Option<String> {
    let names = terms(value, &naming.fields.section, ("section", "category"));
    let mut here = naming.sections(&names).into_iter();
    let Some((name, section)) = here.next() else {
        return names.first().cloned();
    };
    let others: BTreeSet<String> = here
        .filter(|(_, other)| *other != section)
        .map(|(_, other)| other.to_string())
        .collect();
    if !others.is_empty() {
        let others = others.into_iter().collect::<Vec<_>>().join(", ");
        let what = format!("an article stands in one section, {section}: it was also in {others}");
        losses.push(Loss::new(what, ""));
    }
    Some(name.clone())
}

fn author(value: &Value, fields: &Fields) -> Option<String> {
    if fields.author.is_empty() {
        return None;
    }
    let own = own_text(value, &fields.author);
    let name = own.or_else(|| {
        let author = embedded(value, "author").first()?;
        author["name"].as_str().map(str::to_owned)
    });
    name.map(|name| import::words(&escaped(&name)))
        .filter(|name| !name.is_empty())
}

/// The source of its own. A name that leads to somebody else's address would be wrong.
fn source(value: &Value, fields: &Fields, losses: &mut Vec<Loss>) -> Option<(String, String)> {
    let name = import::words(&escaped(&own_text(value, &fields.source)?));
    let address = own_text(value, &fields.source_address)
        .filter(|address| address.starts_with("https://") || address.starts_with("http://"));
    if address.is_none() {
        let what = "its source has no address of the web, and was left out";
        losses.push(Loss::new(what, &name));
    }
    Some((name, address?))
}

fn cover(value: &Value, fields: &Fields, losses: &mut Vec<Loss>) -> Option<Media> {
    if fields.cover.is_empty() {
        return None;
    }
    if let Some(own) = own(value, &fields.cover).and_then(acf::own_picture) {
        return Some(own);
    }
    let number = value["featured_media"]
        .as_u64()
        .filter(|number| *number > 0)?;
    let found = embedded(value, "wp:featuredmedia").first();
    let cover = found.and_then(media);
    if cover.is_none() {
        let why = found.and_then(|media| media["message"].as_str());
        let what = match why {
            Some(why) => format!("the cover was left out, WordPress does not show it: {why}"),
            None => "the cover was left out: WordPress does not show it".to_owned(),
        };
        losses.push(Loss::new(what, &format!("picture {number}")));
    }
    cover
}

/// A picture of the library.
pub(super) fn media(value: &Value) -> Option<Media> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Some(Media {
        address: value["source_url"].as_str()?.to_owned(),
        alternative: text(&value["alt_text"]),
        caption: import::words(&text(&value["caption"]["rendered"])),
    })
}

/// The numbers of the pictures of the library in a text.
pub(super) fn pictures(html: &str) -> BTreeSet<u64> {
    html.split("wp-image-")
        .skip(1)
        .filter_map(|rest| {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            rest[..end].parse().ok()
        })
        .collect()
}

/// The number of the picture that a field of ACF names as the cover: usually ACF says no more of it.
pub(super) fn numbered_cover(value: &Value, fields: &Fields) -> Option<u64> {
    let own = own(value, &fields.cover)?;
    let number = own.as_u64().or_else(|| own.as_str()?.parse().ok());
    number.filter(|number| *number > 0)
}

/// The address of a picture in its full size: `port-300x200.jpg` among the uploads is a smaller copy
/// of `port.jpg`.
pub(super) fn full_size(source: &str) -> Option<String> {
    let path = source.split(['?', '#']).next()?;
    let (stem, ending) = path.rsplit_once('.')?;
    let (stem, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height) && path.contains("/uploads/"))
        .then(|| format!("{stem}.{ending}"))
}

fn embedded<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value["_embedded"][name]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
