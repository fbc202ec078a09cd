//! Small pure views: props in, HTML out.
//!
//! A component knows the model, the addresses and the words, and nothing of where its props come from. It has no `class`
//! prop: what it looks like is its own business (`style/components/`), the space around it is its parent's.

mod banners;
mod body;
mod breadcrumb;
mod byline;
mod display;
mod display_settings;
mod figure;
mod footer;
mod image;
mod inline;
mod language_tabs;
mod link_list;
mod masthead;
mod notices;
mod outdated;
mod reading_tools;
mod related;
mod section_nav;
mod share;
mod skip_link;
mod status;
mod steps;
mod teaser;
mod version_list;

pub use banners::Banners;
pub use body::Body;
pub use breadcrumb::Breadcrumb;
pub use byline::Byline;
pub use display::{Choices, Display};
pub use display_settings::DisplaySettings;
pub use figure::Figure;
pub use footer::Footer;
pub use image::{Image, Place};
pub use inline::Runs;
pub use language_tabs::LanguageTabs;
pub use link_list::{LinkList, ListLink};
pub use masthead::Masthead;
pub use notices::Notices;
pub use outdated::Outdated;
pub use reading_tools::ReadingTools;
pub use related::Related;
pub use section_nav::SectionNav;
pub use share::Share;
pub use skip_link::SkipLink;
pub use status::{State, Status};
pub use steps::Steps;
pub use teaser::{Teaser, TeaserList};
pub use version_list::VersionList;
