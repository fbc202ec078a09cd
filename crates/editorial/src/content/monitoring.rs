//! The state's monitoring script (EMC), which a portal has only where its operator says so.

use super::Standing;
use i18n::{Words, words};
use model::{Block, Heading, Inline, Lang, Slug};
use url::Url;

/// The id of the heading that the privacy notice begins with.
const HEADING: &str = "part-state-monitoring";

/// A script of another host that tells its operator of each page that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitoring {
    /// The address of the script.
    pub script: String,
    /// The hash that it must have.
    pub integrity: Option<String>,
    /// The address that it sends what it sees to.
    pub tracker: String,
    /// The number that the portal has there.
    pub site: String,
    /// The standing page with the privacy notice.
    pub notice: Slug,
}

impl Monitoring {
    /// What the footer says of cookies and tracking. `pages` are the standing pages.
    pub fn footer(&self, pages: &[Standing], lang: Lang) -> String {
        let notice = pages.iter().find(|page| page.slug == self.notice);
        let title = notice
            .and_then(|page| page.versions.get(&lang))
            .map_or_else(|| self.notice.to_string(), |version| version.title.clone());
        Words::fill(words(lang).duties.monitored, &[("page", &title)])
    }

    /// Puts what the script does at the beginning of the privacy notice, in each of its languages.
    pub fn tell(&self, pages: &mut [Standing]) {
        let notice = pages.iter_mut().find(|page| page.slug == self.notice);
        for (&lang, version) in notice.into_iter().flat_map(|page| &mut page.versions) {
            version.body.splice(0..0, self.notice(lang));
        }
    }

    fn notice(&self, lang: Lang) -> Vec<Block> {
        let words = &words(lang).duties;
        let said = [
            ("script", host(&self.script)),
            ("tracker", host(&self.tracker)),
        ];
        let said = said.each_ref().map(|(name, host)| (*name, host.as_str()));
        let paragraph = |text| Block::Paragraph(vec![Inline::Text(Words::fill(text, &said))]);
        let heading = Slug::new(HEADING).ok().map(|id| {
            Block::Heading(Heading {
                id,
                text: words.monitoring.to_owned(),
            })
        });
        let texts = [
            words.monitoring_why,
            words.monitoring_sent,
            words.monitoring_without,
        ];
        heading.into_iter().chain(texts.map(paragraph)).collect()
    }
}

/// The host of an address, with its port.
fn host(address: &str) -> String {
    let origin = Url::parse(address).map(|url| url.origin().ascii_serialization());
    let origin = origin.unwrap_or_else(|_| address.to_owned());
    origin.split("://").last().unwrap_or_default().to_owned()
}
