//! Small pure views: props in, HTML out.
//!
//! A component knows the model, the addresses and the words, and nothing of where its props come from. It has no `class`
//! prop: what it looks like is its own business (`style/components/`), the space around it is its parent's.

mod agencies;
mod banners;
mod beside;
mod body;
mod breadcrumb;
mod byline;
mod cite;
mod corrections;
mod figure;
mod footer;
mod image;
mod inline;
mod language_tabs;
mod link_list;
mod masthead;
mod neighbours;
mod notices;
mod outdated;
mod places;
mod related;
mod section_nav;
mod share;
mod skip_link;
mod status;
mod steps;
mod teaser;
mod topics;
mod version_list;

pub use agencies::Agencies;
pub use banners::Banners;
pub use beside::{Beside, BesideChoice, Side};
pub use body::Body;
pub use breadcrumb::Breadcrumb;
pub use byline::Byline;
pub use cite::Cite;
pub use corrections::Corrections;
pub use figure::Figure;
pub use footer::Footer;
pub use image::{Image, Place};
pub use inline::Runs;
pub use language_tabs::LanguageTabs;
pub use link_list::{LinkList, ListLink};
pub use masthead::Masthead;
pub use neighbours::Neighbours;
pub use notices::Notices;
pub use outdated::Outdated;
pub use places::Places;
pub use related::Related;
pub use section_nav::SectionNav;
pub use share::Share;
pub use skip_link::SkipLink;
pub use status::{State, Status};
pub use steps::Steps;
pub use teaser::{Teaser, TeaserList};
pub use topics::Topics;
pub use version_list::VersionList;
