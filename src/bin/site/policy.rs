//! The content security policy and the other headers, spelled once.

/// What a page may load and run, as it stands in each page's `<meta>` tag. Nothing from elsewhere, no inline script, no
/// `style=` attribute, no string that becomes markup without passing the policy of `src/boot.js`.
pub(crate) const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
    form-action 'self'; require-trusted-types-for 'script'; trusted-types default";

/// What has effect in a header only.
const HEADER_ONLY: &str = "; frame-ancestors 'none'";

/// Whether a file's name carries the hash of its bytes, so that it never changes.
fn is_hashed(path: &str) -> bool {
    path.starts_with("assets/")
}

/// The headers of every answer; `path` is the file's, below the site's base.
pub(crate) fn headers(path: &str) -> Vec<(&'static str, String)> {
    let cache = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    vec![
        ("Content-Security-Policy", format!("{CONTENT_SECURITY}{HEADER_ONLY}")),
        ("Strict-Transport-Security", "max-age=63072000; includeSubDomains".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("X-Frame-Options", "DENY".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
        ("Permissions-Policy", PERMISSIONS.to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Embedder-Policy", "require-corp".to_owned()),
        ("Cache-Control", cache.to_owned()),
    ]
}

/// What the portal never asks a device for, and the two things that it does.
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), \
    clipboard-write=(self), fullscreen=(self)";
