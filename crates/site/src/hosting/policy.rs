//! The content security policy, the other headers and the media types. Pages, `site serve` and the
//! files for hosts all take them from here.

use crate::output::hashed_file::is_hashed;
use editorial::content::monitoring::Monitoring;

/// What every page may do, apart from what it loads and asks for.
const CONTENT: &str = "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; \
    require-trusted-types-for 'script'; trusted-types speculation";

/// What pages load or ask for that is not the portal's own.
#[derive(Clone, Copy, Default)]
pub(crate) struct Others<'a> {
    /// The origin of the API, for documents and files.
    pub(crate) api: Option<&'a str>,
    /// The state's monitoring: its script, and the address that it sends to.
    pub(crate) monitoring: Option<(&'a str, &'a str)>,
}

/// What a page may load from other hosts that do not say themselves that others may
/// (`Cross-Origin-Embedder-Policy`). Its content security policy names these hosts in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Embedding {
    /// Nothing.
    #[default]
    Refused,
    /// Whatever it names, without cookies: the state's monitoring says nothing itself.
    WithoutCredentials,
}

impl Embedding {
    /// That of a portal with or without the state's monitoring.
    pub(crate) fn of(monitoring: Option<&Monitoring>) -> Self {
        monitoring.map_or(Self::Refused, |_| Self::WithoutCredentials)
    }

    /// The value of [`EMBEDDER_POLICY`].
    pub(crate) fn value(self) -> &'static str {
        match self {
            Self::Refused => "require-corp",
            Self::WithoutCredentials => "credentialless",
        }
    }
}

/// The header that says which files of other hosts a page may load.
pub(crate) const EMBEDDER_POLICY: &str = "Cross-Origin-Embedder-Policy";

/// The content security policy of a page, as it stands in its `<meta>` tag. It allows no `style=`
/// attribute, no string as markup, no inline script or style but those with these hashes, and nothing
/// from elsewhere but what `others` names.
pub(crate) fn content_security(scripts: &[&str], styles: &[&str], others: &Others<'_>) -> String {
    let source = |address: Option<&str>| -> String {
        address
            .map(|address| format!(" {address}"))
            .unwrap_or_default()
    };
    let (api, script, tracker) = (
        source(others.api),
        source(others.monitoring.map(|(script, _)| script)),
        source(others.monitoring.map(|(_, tracker)| tracker)),
    );
    let with =
        |hashes: &[&str]| -> String { hashes.iter().map(|hash| format!(" '{hash}'")).collect() };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}{script}; style-src 'self'{}; \
         img-src 'self'{api}{tracker}; media-src 'self'{api}; connect-src 'self'{api}{tracker}; {CONTENT}",
        with(scripts),
        with(styles)
    )
}

/// The content security policy in the header of a file. That of a page leaves what it loads and asks
/// for to the page's own policy, which names hashes ([decision 27]) and the API ([decision 35]): a header
/// that a host was told before the last build would refuse the page its styles or its API.
///
/// [decision 27]: ../../../../docs/decisions/0027-a-page-has-its-styles.md
/// [decision 35]: ../../../../docs/decisions/0035-an-api-before-the-files.md
pub(crate) fn content_security_header(path: &str) -> String {
    if is_hashed(path) {
        format!(
            "{}{HEADER_ONLY}",
            content_security(&[], &[], &Others::default())
        )
    } else {
        format!("{CONTENT}; object-src 'none'; frame-src 'none'{HEADER_ONLY}")
    }
}

/// The header with the content security policy.
pub(crate) const CONTENT_SECURITY: &str = "Content-Security-Policy";

/// Directives that have effect in a header only.
const HEADER_ONLY: &str = "; frame-ancestors 'none'";

/// `Permissions-Policy`: features that the portal never uses, and two that it does. Sharing is left
/// out: pages may share by default, and browsers without it would complain about the name.
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), \
    clipboard-write=(self), fullscreen=(self)";

/// The header that says how long a file may be cached.
pub(crate) const CACHE_CONTROL: &str = "Cache-Control";
/// The value of [`CACHE_CONTROL`] for a file that can change: revalidate it.
pub(crate) const NO_CACHE: &str = "no-cache";
/// The value of [`CACHE_CONTROL`] for a file whose name carries the hash of its bytes: for ever,
/// which is a year.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The header that says which sites may embed a file.
pub(crate) const RESOURCE_POLICY: &str = "Cross-Origin-Resource-Policy";
/// The value of [`RESOURCE_POLICY`] for files that only the portal may embed.
pub(crate) const SAME_ORIGIN: &str = "same-origin";
/// The value of [`RESOURCE_POLICY`] for feeds and share cards, which any site may embed.
pub(crate) const CROSS_ORIGIN: &str = "cross-origin";

/// The folder of the share cards.
pub(crate) const CARDS: &str = "cards/";
/// The files that are feeds, with their media types.
pub(crate) const FEEDS: [(&str, &str); 2] = [
    (model::route::ATOM, "application/atom+xml"),
    (model::route::JSON_FEED, "application/feed+json"),
];

/// The media type of a file with an unknown extension.
pub(crate) const UNKNOWN_TYPE: &str = "application/octet-stream";

/// The media types by extension.
pub(crate) const TYPES: [(&str, &str); 30] = [
    ("html", "text/html; charset=utf-8"),
    ("json", "application/json"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("webp", "image/webp"),
    ("txt", "text/plain; charset=utf-8"),
    ("xml", "application/xml"),
    ("webmanifest", "application/manifest+json"),
    ("ico", "image/x-icon"),
    ("pdf", "application/pdf"),
    ("ics", "text/calendar; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("zip", "application/zip"),
];

/// The headers that are the same for every file.
pub(crate) fn common(embedding: Embedding) -> Vec<(&'static str, String)> {
    vec![
        (
            "Strict-Transport-Security",
            "max-age=63072000; includeSubDomains".to_owned(),
        ),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("X-Frame-Options", "DENY".to_owned()),
        (
            "Referrer-Policy",
            "strict-origin-when-cross-origin".to_owned(),
        ),
        ("Permissions-Policy", PERMISSIONS.to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        (EMBEDDER_POLICY, embedding.value().to_owned()),
    ]
}

/// The headers of a response except its media type, of a portal without the state's monitoring. `path` is
/// the file's, below the site's base.
pub(crate) fn headers(path: &str) -> Vec<(&'static str, String)> {
    let mut headers = vec![(CONTENT_SECURITY, content_security_header(path))];
    headers.extend(common(Embedding::Refused));
    let shared = path.starts_with(CARDS) || feed_type(path).is_some();
    headers.push((
        RESOURCE_POLICY,
        if shared { CROSS_ORIGIN } else { SAME_ORIGIN }.to_owned(),
    ));
    headers.push((
        CACHE_CONTROL,
        if is_hashed(path) { IMMUTABLE } else { NO_CACHE }.to_owned(),
    ));
    headers
}

/// Says in these headers which files of other hosts a page may load.
pub(crate) fn embed(headers: &mut [(&'static str, String)], embedding: Embedding) {
    for (name, value) in headers {
        if *name == EMBEDDER_POLICY {
            embedding.value().clone_into(value);
        }
    }
}

/// The media type of a file.
pub(crate) fn content_type(path: &str) -> &'static str {
    let ending = path.rsplit('.').next().unwrap_or_default();
    let known = || {
        TYPES
            .iter()
            .find(|(known, _)| *known == ending)
            .map(|(_, kind)| *kind)
    };
    feed_type(path).or_else(known).unwrap_or(UNKNOWN_TYPE)
}

/// The media type of a feed.
fn feed_type(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next()?;
    FEEDS
        .iter()
        .find(|(file, _)| *file == name)
        .map(|(_, kind)| *kind)
}
