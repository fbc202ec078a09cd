//! Articles, and their teasers in lists.

use super::{Address, Block, Channel, Day, Entry, Inline, Lang, Moment, Picture, Slug, plain_text};
use macros::Read;
use serde::{Deserialize, Serialize};

/// An article in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// The section that it stands in.
    pub section: Slug,
    /// That section's name in the article's language.
    pub section_name: String,
    /// Its name in addresses, the same in every language.
    pub slug: Slug,
    /// Its headline. News of the city often has none: use [`Article::title`] to name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// When it was published.
    pub published: Moment,
    /// When its substance last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Moment>,
    /// Where the news comes from.
    pub source: Source,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// How often it was read, where the portal shows that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views: Option<u64>,
    /// The day up to which that was counted, where a counter did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub views_as_of: Option<Day>,
    /// How long reading it takes, in whole minutes, at least one.
    pub minutes: u32,
    /// The picture above the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Picture>,
    /// The paragraph that says what the article says.
    pub lead: Vec<Inline>,
    /// The text.
    pub body: Vec<Block>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Entry>,
    /// The language of the original, where this translation was made from an earlier version of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outdated: Option<Lang>,
    /// The places that its text names as they were called when it was published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Renamed>,
    /// What was corrected since it was published, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Correction>,
    /// The article of the same section that came after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newer: Option<Teaser>,
    /// The article of the same section that came before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older: Option<Teaser>,
    /// Where it is shared, in the order of the row; left out where that is [`Channel::usual`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Vec<Channel>>,
    /// Other articles in the same language: first those that share most tags, then those of the same section.
    pub related: Vec<Teaser>,
}

/// Where the news comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name as it is shown.
    pub name: String,
    /// Its web address.
    pub address: Address,
}

/// A place that has had another name, or belonged to another one, since an article was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    /// The name that the article has.
    pub former: String,
    /// What the place is now.
    pub present: String,
    /// Since when.
    pub since: Moment,
    /// Where more is said about the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Address>,
}

/// A correction, as readers are told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// When it was made.
    pub at: Moment,
    /// What was corrected.
    pub text: Vec<Inline>,
}

/// What a list shows of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Teaser {
    /// The section that the article stands in.
    pub section: Slug,
    /// The article's name in addresses.
    pub slug: Slug,
    /// The article's title.
    pub title: String,
    /// When it was published.
    pub published: Moment,
    /// Its lead without marks. Short lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Its cover. Short lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<Picture>,
}

impl Article {
    /// The title in tabs, lists and shares: the headline, else [`title_from_lead`].
    pub fn title(&self, lang: Lang) -> String {
        self.headline
            .clone()
            .unwrap_or_else(|| title_from_lead(&plain_text(&self.lead), lang))
    }

    /// The channels of the share row, in order.
    pub fn channels(&self, lang: Lang) -> &[Channel] {
        self.share.as_deref().unwrap_or(Channel::usual(lang))
    }
}

/// The title of an article without a headline: the first sentence of its lead, at most 70
/// characters (35 in Korean, Japanese and Chinese). A longer one is cut after the last clause, else
/// the last word, that fits, and ends with an ellipsis. No other code derives a title.
pub fn title_from_lead(lead: &str, lang: Lang) -> String {
    let most = if lang.is_wide() { 35 } else { 70 };
    let lead = lead.trim().trim_matches(['“', '”', '"', '「', '」']);
    if let Some(sentence) = first_sentence(lead)
        && sentence.chars().count() <= most
    {
        return sentence.to_owned();
    }
    let fitting: String = lead.chars().take(most).collect();
    if fitting.len() == lead.len() {
        return fitting;
    }
    let half = fitting.len() / 2;
    let clause = fitting
        .rfind([',', ';', '、', '，', '；'])
        .filter(|&at| at >= half);
    let word = fitting.rfind(' ').filter(|&at| at >= half);
    let end = clause.or(word).unwrap_or(fitting.len());
    format!("{}…", fitting[..end].trim_end_matches([' ', ',', ';', ':']))
}

/// The first sentence, without a full stop but with `!` or `?`. `None` where no sentence ends.
fn first_sentence(text: &str) -> Option<&str> {
    let ends = text.match_indices(['.', '。', '!', '?', '！', '？']);
    ends.into_iter().find_map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let ends_here = mark.len() > 1 || rest.is_empty() || rest.starts_with(' ');
        let keeps_mark = !matches!(mark, "." | "。");
        ends_here.then(|| &text[..if keeps_mark { at + mark.len() } else { at }])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_first_sentence_where_it_is_short() {
        assert_eq!(
            title_from_lead("The port has grown. It will grow on.", Lang::En),
            "The port has grown"
        );
        assert_eq!(
            title_from_lead("港が広がった。さらに続く。", Lang::Ja),
            "港が広がった"
        );
        assert_eq!(
            title_from_lead("A 5.44 km bridge", Lang::En),
            "A 5.44 km bridge"
        );
        assert_eq!(
            title_from_lead("Where is it? There.", Lang::En),
            "Where is it?"
        );
    }

    #[test]
    fn a_long_lead_is_cut_at_a_clause_or_a_word_never_inside_one() {
        let lead = "Thành phố Hải Phòng ban hành kế hoạch hành động về ngoại giao văn hóa, hướng tới năm 2020 và sau đó nữa";
        assert_eq!(
            title_from_lead(lead, Lang::Vi),
            "Thành phố Hải Phòng ban hành kế hoạch hành động về ngoại giao văn hóa…"
        );
        let words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
        assert_eq!(
            title_from_lead(words, Lang::En),
            "one two three four five six seven eight nine ten eleven twelve…"
        );
        let unbroken = "海".repeat(60);
        assert_eq!(
            title_from_lead(&unbroken, Lang::ZhHans),
            format!("{}…", "海".repeat(35))
        );
    }

    #[test]
    fn an_empty_lead_gives_an_empty_title_and_no_panic() {
        assert_eq!(title_from_lead("", Lang::Vi), "");
        assert_eq!(title_from_lead("“", Lang::Vi), "");
    }
}
