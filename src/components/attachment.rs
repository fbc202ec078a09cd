//! Files to download.

use crate::markup::{Markup, html};
use i18n::file_about;
use leptos::prelude::*;
use model::{Attachment, Lang};

/// A download link with the file's title, kind and size.
#[component]
pub(super) fn AttachmentBlock(
    /// The file.
    attachment: Attachment,
    /// The language of the page.
    lang: Lang,
    /// The site's base.
    base: String,
) -> Markup {
    let Attachment { title, file } = attachment;
    let about = file_about(&file, lang);
    html! {
        <p class="attachment">
            <a class="attachment-link" href=format!("{base}{}", file.file) download=file.name rel="external">
                <span class="attachment-title">{title}</span>
                " "
                <span class="attachment-about">{about}</span>
            </a>
        </p>
    }
}
