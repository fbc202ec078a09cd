//! The state's monitoring script (EMC) in pages, where the portal has it.
//!
//! The code that operators are given makes a script element by a script, which the policy of pages
//! forbids. Here the element stands in the page, and the call is one text, whose hash the policy has.
//! It is the same call in the same words, because whoever tests a portal looks for them in its pages.

use editorial::content::monitoring::Monitoring;
use portal::app;
use serde_json::json;

/// The monitoring as pages have it.
pub(crate) fn in_pages(monitoring: &Monitoring) -> app::Monitoring {
    app::Monitoring {
        call: call(monitoring),
        script: monitoring.script.clone(),
        integrity: monitoring.integrity.clone(),
    }
}

/// Tells the script where to send what, and of each page that is read: of the first one when it is shown,
/// because browsers render pages ahead, and of each that the program shows afterwards, which has another
/// title then.
fn call(monitoring: &Monitoring) -> String {
    let text = |text: &str| json!(text).to_string();
    CALL.replace("\"{tracker}\"", &text(&monitoring.tracker))
        .replace("\"{site}\"", &text(&monitoring.site))
}

const CALL: &str = r#"var _govaq = window._govaq || [];
_govaq.push(["disableCookies"]);
_govaq.push(["setTrackerUrl", "{tracker}"]);
_govaq.push(["setSiteId", "{site}"]);
_govaq.push(["enableLinkTracking"]);
(() => {
  let read;
  const tell = () => {
    if (read === location.pathname) return;
    read = location.pathname;
    _govaq.push(["setCustomUrl", location.href]);
    _govaq.push(["setDocumentTitle", document.title]);
    _govaq.push(["trackPageView"]);
  };
  const begin = () => {
    tell();
    new MutationObserver(tell).observe(document.querySelector("title"), { childList: true });
  };
  if (document.prerendering) document.addEventListener("prerenderingchange", begin, { once: true });
  else begin();
})();"#;

#[cfg(test)]
mod tests {
    use super::*;
    use model::Slug;

    #[test]
    fn the_call_names_where_to_send_and_for_whom_and_ends_no_script() {
        let monitoring = Monitoring {
            script: "https://f-emc.ngsp.gov.vn/embed/gov-tracking.min.js".to_owned(),
            integrity: None,
            tracker: "https://f-emc.ngsp.gov.vn/tracking".to_owned(),
            site: "4064".to_owned(),
            notice: Slug::new("privacy").unwrap(),
        };
        let call = call(&monitoring);
        assert!(
            call.contains(r#"["setTrackerUrl", "https://f-emc.ngsp.gov.vn/tracking"]"#)
                && call.contains(r#"["setSiteId", "4064"]"#),
            "{call}"
        );
        assert!(!call.contains('<') && !call.contains("{tracker}") && !call.contains("{site}"));
    }
}
