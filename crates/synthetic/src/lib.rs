//! Synthetic portals: as many articles as wanted, in Vietnamese and English, the same in every run.
//!
//! An article depends only on its number, the seed and the number of articles. Articles are made
//! one by one, so that a portal of 100,000 needs no more memory than one of ten. [`authored`]
//! writes them as editors do.

pub mod authored;
pub mod hugo;
mod picture;
#[cfg(feature = "pictures")]
pub mod pictures;
mod random;
mod words;

use model::Moment;
pub use random::Random;
use words::Words;

/// The sections' slugs.
pub const SECTIONS: [&str; 5] = ["culture", "port", "nature", "investment", "partners"];
/// How many tags there are.
pub const TAGS: usize = 40;
/// The languages that articles are written in.
pub const LANGUAGES: [&str; 2] = ["vi", "en"];
/// The defaults: one article in so many has a picture, of this width and height in pixels. The size
/// is large enough for smaller renditions to be made of it.
const PICTURES: (usize, (usize, usize)) = (100, (1200, 675));

/// The first and the last year of the articles.
const YEARS: (i64, i64) = (2014, 2025);
/// The days at the end of the last year without articles. One more article, newer than all, then
/// falls into a month and a year that have some already, as most articles do.
const DAYS_WITHOUT_ARTICLES: i64 = 16;
const AUTHORS: [[&str; 2]; 6] = [
    ["Minh Hảo", "Minh Hao"],
    ["Thu Trang", "Thu Trang"],
    ["Đức Anh", "Duc Anh"],
    ["Ngọc Lan", "Ngoc Lan"],
    ["Văn Sơn", "Van Son"],
    ["Ban biên tập", "Editorial desk"],
];

/// A portal that can be written.
#[derive(Debug)]
pub struct Portal {
    articles: usize,
    seed: u64,
    pictures: (usize, (usize, usize)),
    words: [Words; 2],
}

/// An article with its versions.
#[derive(Debug)]
pub struct Article {
    /// Its section's slug.
    pub section: &'static str,
    /// Its slug, the same in every language.
    pub slug: String,
    /// The moment of publication, in minutes since 1970, by the portal's own clock (UTC+07:00).
    pub published: i64,
    /// Its tags, by their numbers.
    pub tags: Vec<usize>,
    /// How often it was read.
    pub views: usize,
    /// The picture above the text, as the bytes of a PNG.
    pub picture: Option<Vec<u8>>,
    /// Its versions, in the order of [`LANGUAGES`].
    pub versions: [Version; 2],
}

/// An article in one language.
#[derive(Debug)]
pub struct Version {
    /// The headline.
    pub headline: String,
    /// Who wrote it.
    pub author: &'static str,
    /// The lead.
    pub lead: String,
    /// The body.
    pub body: Vec<Block>,
}

/// A part of a body. Texts carry the marks that editors write, which are also those of Markdown.
#[derive(Debug)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    List(Vec<String>),
}

/// A part of a paragraph.
#[derive(Debug)]
pub enum Span {
    /// Words as they are.
    Text(String),
    /// Words of importance.
    Strong(String),
    /// Words that lead to another article: its section, its slug, the words.
    Link(&'static str, String, String),
}

impl Portal {
    /// A portal of so many articles.
    pub fn new(articles: usize, seed: u64) -> Self {
        Self {
            articles,
            seed,
            pictures: PICTURES,
            words: [Words::vietnamese(), Words::english()],
        }
    }

    /// The same portal, in which one article in `every` has a picture of `size` (width and height
    /// in pixels, both even).
    #[must_use]
    pub fn with_pictures(mut self, every: usize, size: (usize, usize)) -> Self {
        self.pictures = (every, size);
        self
    }

    /// The same portal without pictures.
    #[must_use]
    pub fn without_pictures(self) -> Self {
        self.with_pictures(usize::MAX, (2, 2))
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.articles
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.articles == 0
    }

    /// An article. Numbers follow time: the number [`Self::len`] gives one more article, newer than
    /// all.
    pub fn article(&self, number: usize) -> Article {
        let random = &mut Random::of(self.seed, number as u64);
        let (section, slug) = self.address(number);
        let author = random.one_of(&AUTHORS);
        let published = self.published(number);
        let tags = tags(random);
        // Few are read often, most are not.
        let views = 40_000 / random.between(1, 400);
        let blocks = random.between(4, 8);
        let mut version =
            |language: usize| self.version(random, language, number, blocks, author[language]);
        let versions = [version(0), version(1)];
        let (every, size) = self.pictures;
        let picture = (number % every == every / 2).then(|| picture::png(random, size));
        Article {
            section,
            slug,
            published,
            tags,
            views,
            picture,
            versions,
        }
    }

    /// The section and the slug of an article.
    pub fn address(&self, number: usize) -> (&'static str, String) {
        let random = &mut Random::of(!self.seed, number as u64);
        let section = random.one_of(&SECTIONS);
        let words = &self.words[1];
        (
            section,
            format!("{}-{}-{number}", words.word(random), words.word(random)),
        )
    }

    /// The moment of publication. Articles are spread evenly over the years.
    fn published(&self, number: usize) -> i64 {
        let (first, end) = (
            begin(YEARS.0),
            begin(YEARS.1 + 1) - DAYS_WITHOUT_ARTICLES * 24 * 60,
        );
        let at = |number: usize| i64::try_from(number).unwrap_or(0);
        first + at(number) * (end - first) / at(self.articles.max(1))
    }

    fn version(
        &self,
        random: &mut Random,
        language: usize,
        number: usize,
        blocks: usize,
        author: &'static str,
    ) -> Version {
        let words = &self.words[language];
        let length = random.between(5, 10);
        let headline = words.phrase(random, length);
        let lead = format!("{} {}", words.sentence(random), words.sentence(random));
        let mut body = Vec::new();
        for block in 0..blocks {
            if block % 3 == 2 {
                body.push(Block::Heading(words.phrase(random, 4)));
            }
            body.push(Block::Paragraph(self.paragraph(random, words, number)));
            if random.once_in(12) {
                body.push(Block::List(
                    (0..random.between(3, 6))
                        .map(|_| words.phrase(random, 6))
                        .collect(),
                ));
            }
        }
        Version {
            headline,
            author,
            lead,
            body,
        }
    }

    fn paragraph(&self, random: &mut Random, words: &Words, number: usize) -> Vec<Span> {
        let mut spans = Vec::new();
        for sentence in 0..random.between(3, 6) {
            let space = if sentence == 0 { "" } else { " " };
            spans.push(Span::Text(format!("{space}{}", words.sentence(random))));
            if random.once_in(12) {
                spans.push(Span::Text(" ".to_owned()));
                spans.push(Span::Strong(words.phrase(random, 2)));
                spans.push(Span::Text(format!(" {}.", words.word(random))));
            }
        }
        if number > 0 && random.once_in(5) {
            let (section, slug) = self.address(random.below(number));
            spans.push(Span::Text(" ".to_owned()));
            spans.push(Span::Link(section, slug, words.phrase(random, 3)));
            spans.push(Span::Text(".".to_owned()));
        }
        spans
    }
}

impl Article {
    /// The year, month, day, hour and minute of publication.
    pub fn moment(&self) -> (i64, i64, i64, i64, i64) {
        let epoch = Moment {
            year: 1970,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            offset: 0,
        }
        .minutes();
        let Moment {
            year,
            month,
            day,
            hour,
            minute,
            ..
        } = Moment::from_minutes(epoch + self.published, 0);
        (
            year.into(),
            month.into(),
            day.into(),
            hour.into(),
            minute.into(),
        )
    }
}

/// One to three different tags; those with small numbers are more frequent.
fn tags(random: &mut Random) -> Vec<usize> {
    let mut tags = Vec::new();
    for _ in 0..random.between(1, 3) {
        let most = random.between(1, TAGS);
        let tag = random.below(most);
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// The first minute of a year, in minutes since 1970.
fn begin(year: i64) -> i64 {
    let first = |year| {
        Moment {
            year,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            offset: 0,
        }
        .minutes()
    };
    first(u16::try_from(year).unwrap_or(1)) - first(1970)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_depends_on_its_number_alone() {
        let (one, other) = (Portal::new(1000, 1), Portal::new(1000, 1));
        let _ = one.article(3);
        assert_eq!(
            format!("{:?}", one.article(700)),
            format!("{:?}", other.article(700))
        );
        assert_ne!(
            format!("{:?}", one.article(700)),
            format!("{:?}", Portal::new(1000, 2).article(700))
        );
    }

    #[test]
    fn the_articles_fill_twelve_years_and_the_next_one_is_newer_than_all() {
        let portal = Portal::new(1000, 1);
        assert_eq!(portal.article(0).moment(), (2014, 1, 1, 0, 0));
        assert_eq!(portal.article(999).moment().0, 2025);
        assert_eq!(portal.article(1000).moment(), (2025, 12, 16, 0, 0));
        assert!((1..=1000).all(|number| portal.published(number) > portal.published(number - 1)));
    }

    #[test]
    fn articles_spread_over_sections_and_tags() {
        let portal = Portal::new(1000, 1);
        let articles: Vec<Article> = (0..500).map(|number| portal.article(number)).collect();
        for section in SECTIONS {
            assert!(
                articles
                    .iter()
                    .filter(|article| article.section == section)
                    .count()
                    > 60,
                "{section}"
            );
        }
        for tag in 0..TAGS {
            assert!(
                articles.iter().any(|article| article.tags.contains(&tag)),
                "{tag}"
            );
        }
        assert_eq!(
            articles
                .iter()
                .filter(|article| article.picture.is_some())
                .count(),
            5
        );
    }
}
