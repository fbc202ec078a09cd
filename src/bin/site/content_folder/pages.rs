//! `pages/<slug>/`.

use super::listing::{Folder, shown};
use super::{Failure, Loader, names};
use crate::authored;
use crate::content::Standing;
use crate::problem::Problem;
use portal::model::{Lang, Slug};
use std::collections::BTreeMap;

impl Loader {
    /// Reads the standing pages, in the order in which `site.json` lists them.
    pub(super) fn pages(
        &mut self,
        root: &Folder,
        listed: Option<&[Slug]>,
        wanted: &[Lang],
    ) -> Result<Vec<Standing>, Failure> {
        let folder = self.sub(root, "pages")?.unwrap_or_else(|| Folder::absent(root.path.join("pages")));
        self.no_files(&folder, "pages holds a folder for each standing page");
        let mut pages = BTreeMap::new();
        for name in &folder.folders {
            let path = folder.path.join(name);
            let Some(slug) = self.slug(&path, name) else { continue };
            if listed.is_some_and(|listed| !listed.contains(&slug)) {
                let message = format!("site.json does not list the standing page \"{slug}\"");
                self.findings.add(
                    Problem::with_file(shown(&path), message).help("add it to \"pages\" there, or delete the folder"),
                );
            }
            let page = self.page(&folder, slug.clone(), wanted)?;
            pages.insert(slug, page);
        }
        for slug in listed.unwrap_or_default().iter().filter(|&slug| !pages.contains_key(slug)) {
            let message = format!("site.json lists the standing page \"{slug}\", which is not there");
            let path = folder.path.join(slug.as_str());
            self.findings.add(
                Problem::with_file(shown(&path), message).help("write it, or take it out of \"pages\" in site.json"),
            );
        }
        self.targets.pages = pages.keys().cloned().collect();
        Ok(listed.unwrap_or_default().iter().filter_map(|slug| pages.remove(slug).flatten()).collect())
    }

    fn page(&mut self, pages: &Folder, slug: Slug, wanted: &[Lang]) -> Result<Option<Standing>, Failure> {
        let before = self.findings.problems.len();
        let folder = self.list(&pages.path.join(slug.as_str()))?;
        self.page_strays(&folder);
        let languages = self.languages(&folder, &[]);
        for lang in wanted.iter().filter(|lang| !languages.contains(lang)) {
            let path = folder.path.join(format!("{}.json", lang.tag()));
            let help = "a standing page is there in every language: the footer leads to it everywhere";
            self.findings.add(Problem::with_file(shown(&path), "the file is missing").help(help));
        }
        let mut versions = BTreeMap::new();
        for lang in languages {
            let mut reading =
                self.json::<authored::standing::Standing>(&folder.path.join(format!("{}.json", lang.tag())))?;
            if let Some(page) = reading.value.take() {
                versions.insert(lang, self.findings.standing(reading.root(), page));
            }
        }
        let sound = self.findings.problems.len() == before;
        Ok(sound.then_some(Standing { slug, versions }))
    }

    fn page_strays(&mut self, folder: &Folder) {
        let strays = folder.files.iter().filter(|name| !names::is_json(name)).chain(&folder.folders);
        for name in strays {
            let message = format!("\"{name}\" does not belong in a standing page's folder");
            let help = format!("it holds {}.json", names::tags().replace(", ", ".json, "));
            self.findings.add(Problem::with_file(shown(&folder.path.join(name)), message).help(help));
        }
    }
}
