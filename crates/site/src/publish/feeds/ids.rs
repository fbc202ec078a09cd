//! The names of entries, which stay for ever: an article keeps its own when it moves, when its former
//! addresses are written in another order, and when the portal gets another host.
//!
//! They are tag URIs (RFC 4151): the first host of the portal, and the moment of publication.

use super::Feed;
use editorial::content::catalogue::Item;

impl Feed<'_> {
    /// The name of an article's entry. Of several that were published in one minute, each also has
    /// the first of its addresses in alphabetical order.
    pub(super) fn id(&self, item: &Item) -> String {
        let published = item.published.to_string();
        let (date, time) = published.split_once('T').unwrap_or((&published, ""));
        let host = self
            .first_origin
            .split_once("://")
            .map_or(self.first_origin, |(_, host)| host);
        let host = host.split(':').next().unwrap_or_default();
        let lang = self.lang().tag();
        let same = |other: &&&Item| other.published == item.published;
        let twin = if self.items.iter().filter(same).count() > 1 {
            let own = (item.section.clone(), item.slug.clone());
            let first = item.aliases.iter().chain([&own]).min();
            first
                .map(|(section, slug)| format!("/{section}/{slug}"))
                .unwrap_or_default()
        } else {
            String::new()
        };
        format!("tag:{host},{date}:{lang}/{time}{twin}")
    }
}
