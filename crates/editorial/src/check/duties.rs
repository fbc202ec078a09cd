//! Checks the standing pages that the law asks public bodies for. Which law that is, `site.json` says.

use super::{Findings, unknown};
use crate::content::authored::site as authored;
use crate::diagnostics::Message;
use crate::json::Cursor;
use crate::message;
use model::{Lang, Moment, Slug};

/// The law where `site.json` names none.
fn usual_law() -> Message {
    message!("Decree 42/2022/NĐ-CP, Article 7, or what has taken its place")
}

/// What a law is called, and since and until when it is in force.
type Basis = (String, Option<Moment>, Option<Moment>);

/// Checks the standing pages that the law asks for. They are there in English too. Returns the law.
pub(super) fn check_duties(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    duties: Option<&authored::Duties>,
    pages: &[Slug],
    languages: &[Lang],
) -> Vec<Basis> {
    let Some(duties) = duties else {
        let message =
            message!("nothing says where the pages stand that the law asks for in English");
        let help = message!(
            "{law}, asks public bodies of Viet Nam for their organisation, functions, tasks and powers, and for the \
             contacts of competent officials: write \"duties\": { \"organisation\": \"…\", \"contacts\": \"…\" } with \
             the slugs of two standing pages",
            law = usual_law()
        );
        findings.add(cursor.problem(message).help(help).warning());
        return Vec::new();
    };
    let place = cursor.key("duties");
    let basis = check_basis(findings, place.key("basis"), &duties.basis);
    let names: Vec<&str> = basis.iter().map(|(name, ..)| name.as_str()).collect();
    let law = if names.is_empty() {
        usual_law()
    } else {
        Message::verbatim(names.join("; "))
    };
    if !languages.contains(&Lang::En) {
        let message = message!("the portal has no English, in which the law asks for these pages");
        let help = message!("{law}: add \"en\" to \"languages\"", law);
        findings.add(place.problem(message).help(help).warning());
    }
    for (key, page) in [
        ("organisation", &duties.organisation),
        ("contacts", &duties.contacts),
    ] {
        if !pages.contains(page) {
            let known = pages.iter().map(Slug::as_str);
            let message = unknown(
                message!("\"pages\" lists no standing page"),
                page.as_str(),
                known,
            );
            let help = message!(
                "{law}, asks for this page, in English too: write it in a folder of pages, and list it in \"pages\"",
                law
            );
            findings.add(place.key(key).problem(message).help(help));
        }
    }
    basis
}

fn check_basis(
    findings: &mut Findings,
    cursor: Cursor<'_>,
    basis: &[authored::LegalBasis],
) -> Vec<Basis> {
    let mut checked = Vec::new();
    for (index, law) in basis.iter().enumerate() {
        let place = cursor.item(index);
        let name = findings.plain(place.key("name"), &message!("the name of a law"), &law.name);
        let ends = law.from.zip(law.until);
        if ends.is_some_and(|(from, until)| until.minutes() <= from.minutes()) {
            let problem = place
                .key("until")
                .problem(message!("the law ends before it is in force"));
            findings.add(problem.help(message!(
                "\"until\" has to be later than \"from\", or be left out"
            )));
        }
        checked.push((name, law.from, law.until));
    }
    checked
}
