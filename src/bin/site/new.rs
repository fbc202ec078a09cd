//! `site new`: the files of a new article, translation or standing page, as drafts that pass `site check` at once.
//! Nothing that is there is ever overwritten.

mod files;
mod skeleton;

use crate::arguments::New;
use crate::article_folder::{ArticleFolder, refuse};
use crate::authored::site::Site;
use crate::clock;
use crate::content_folder::names;
use crate::failure::Failure;
use crate::print;
use crate::problem::shown;
use crate::read::{self, nearest};
use files::Files;
use portal::model::{Lang, Moment};
use std::fs;
use std::path::Path;

/// Writes what was asked for. Says whether it could be done.
///
/// # Errors
/// Where a file cannot be read or written.
pub(crate) fn new(what: &New) -> Result<bool, Failure> {
    let done = match what {
        New::Article { section, slug, lang, published, content } => {
            article(content, section, slug, *lang, published.unwrap_or_else(clock::now))?
        }
        New::Translation { article, lang, content } => translation(content, article, *lang)?,
        New::Page { slug, content } => page(content, slug)?,
    };
    match done {
        Ok((files, next)) => {
            for file in files.write()? {
                print::line(shown(&file))?;
            }
            print::line(next).map(|()| true)
        }
        Err(why) => Ok(refuse(&why)),
    }
}

/// The files to write and what to do next, or why there are none.
type Plan = Result<(Files, String), String>;

fn article(content: &Path, section: &str, slug: &str, lang: Lang, published: Moment) -> Result<Plan, Failure> {
    let site = match site(content)? {
        Ok(site) => site,
        Err(why) => return Ok(Err(why)),
    };
    if !site.sections.iter().any(|known| known.slug.as_str() == section) {
        let known: Vec<&str> = site.sections.iter().map(|known| known.slug.as_str()).collect();
        return Ok(Err(match nearest(section, known.iter().copied()) {
            Some(right) => format!("site.json has no section \"{section}\": did you mean \"{right}\"?"),
            None => format!("site.json has no section \"{section}\": it has {}", known.join(", ")),
        }));
    }
    if let Err((message, help)) = names::slug(slug) {
        return Ok(Err(format!("{message}: {help}")));
    }
    let folder = content.join("articles").join(section).join(slug);
    if let Some(why) = taken(&folder) {
        return Ok(Err(why));
    }
    let schemas = files::schemas(content, 4);
    let mut files = Files::new(folder);
    files.add("article.json", skeleton::article(schemas.as_deref(), published, site.names.get(lang), &site.origin));
    files.add(&format!("{}.json", lang.tag()), skeleton::version(schemas.as_deref(), lang));
    let next = "a draft, which no site shows: write the text, then delete \"draft\" in article.json";
    Ok(Ok((files, next.to_owned())))
}

fn translation(content: &Path, article: &str, lang: Lang) -> Result<Plan, Failure> {
    let folder = match ArticleFolder::find(content, article)? {
        Ok(folder) => folder,
        Err(why) => return Ok(Err(why)),
    };
    if let Some(why) = taken(&folder.file(lang)) {
        return Ok(Err(why));
    }
    let original = match folder.original()? {
        Ok(original) => original,
        Err(why) => return Ok(Err(why)),
    };
    let file = folder.file(original);
    let text = fs::read_to_string(&file).map_err(|error| Failure::io("read", &file, &error))?;
    let broken = || format!("{} is not JSON: `site check` says where", shown(&file));
    let Some(stamp) = folder.stamp(original)? else { return Ok(Err(broken())) };
    let Some(text) = skeleton::translation(files::schemas(content, 4).as_deref(), &text, &stamp) else {
        return Ok(Err(broken()));
    };
    let mut files = Files::new(folder.path.clone());
    files.add(&format!("{}.json", lang.tag()), text);
    let next = format!(
        "a draft with the words of {}.json: translate them, then delete \"draft\" in {}.json",
        original.tag(),
        lang.tag()
    );
    Ok(Ok((files, next)))
}

fn page(content: &Path, slug: &str) -> Result<Plan, Failure> {
    if let Err((message, help)) = names::slug(slug) {
        return Ok(Err(format!("{message}: {help}")));
    }
    let site = match site(content)? {
        Ok(site) => site,
        Err(why) => return Ok(Err(why)),
    };
    if site.pages.iter().any(|known| known.as_str() == slug) {
        return Ok(Err(format!("site.json lists the standing page \"{slug}\" already")));
    }
    let folder = content.join("pages").join(slug);
    if let Some(why) = taken(&folder) {
        return Ok(Err(why));
    }
    let schemas = files::schemas(content, 3);
    let mut files = Files::new(folder);
    for lang in Lang::ALL {
        files.add(&format!("{}.json", lang.tag()), skeleton::standing(schemas.as_deref(), lang));
    }
    let next = format!(
        "drafts, which no site shows: write the texts, delete \"draft\" in each file, and add \"{slug}\" to \"pages\" in \
         site.json"
    );
    Ok(Ok((files, next)))
}

/// `site.json`, or what is wrong with it.
fn site(content: &Path) -> Result<Result<Site, String>, Failure> {
    let file = content.join("site.json");
    let bytes = fs::read(&file).map_err(|error| Failure::io("read", &file, &error))?;
    let site = read::read::<Site>(&shown(&file), &bytes).value;
    Ok(site.ok_or_else(|| format!("{} has mistakes: `site check` says which", shown(&file))))
}

/// Why nothing can be written to a place, where something is there.
fn taken(path: &Path) -> Option<String> {
    let there = fs::symlink_metadata(path).is_ok();
    there.then(|| format!("{} is there already: nothing was changed", shown(path)))
}
