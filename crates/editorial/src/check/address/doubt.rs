//! Hosts that may not be what they seem: letters that stand for others, and names that look like
//! the portal's own.
//!
//! A host may mix scripts as far as Unicode's "highly restrictive" level goes (UTS 39, section
//! 5.2), and may have only scripts of the portal's languages. Any other host may be honest too, so
//! that it gets a warning and no error.

use crate::diagnostics::Message;
use crate::message;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

/// The scripts that may be mixed in one label of a host.
const TOGETHER: [&[Script]; 3] = [
    &[
        Script::Latin,
        Script::Han,
        Script::Hiragana,
        Script::Katakana,
    ],
    &[Script::Latin, Script::Han, Script::Bopomofo],
    &[Script::Latin, Script::Han, Script::Hangul],
];

/// The message and the help for a doubtful host, given in ASCII.
pub(super) fn doubt(host: &str, own: Option<&str>) -> Option<(Message, Message)> {
    let shown = shown(host);
    let sure = message!(
        "make sure that {host} is the host that is meant: copy the address from where it opens",
        host
    );
    if let Some(own) = own.filter(|own| *own != host) {
        let here = message!(
            "a page of this portal is linked as /section/slug/; otherwise {sure}",
            sure
        );
        if looks_like(&shown) == looks_like(&self::shown(own)) {
            return Some((
                message!(
                    "the host {shown} looks like this portal's own, {own}, and is another one",
                    shown,
                    own
                ),
                here,
            ));
        }
        if host
            .strip_prefix(own)
            .is_some_and(|rest| rest.starts_with('.'))
        {
            return Some((
                message!(
                    "the host {host} begins like this portal's own, {own}, and is another one",
                    host,
                    own
                ),
                here,
            ));
        }
    }
    shown.split('.').find_map(strange).map(|letters| {
        (
            message!("the host {shown} has {letters}", shown, letters),
            sure,
        )
    })
}

/// A host in Unicode.
fn shown(host: &str) -> String {
    idna::domain_to_unicode(host).0
}

/// The letters of a label that readers could take for others, in words.
fn strange(part: &str) -> Option<Message> {
    let mut scripts: Vec<Script> = Vec::new();
    for script in part
        .chars()
        .map(|c| c.script())
        .filter(|script| !is_shared(*script))
    {
        if !scripts.contains(&script) {
            scripts.push(script);
        }
    }
    if TOGETHER
        .iter()
        .any(|together| scripts.iter().all(|script| together.contains(script)))
    {
        return part
            .chars()
            .any(is_phonetic)
            .then(|| message!("letters of a phonetic alphabet"));
    }
    let names = scripts
        .iter()
        .map(|script| Message::verbatim(script.full_name()));
    let scripts = names.reduce(|names, name| message!("{names} and {name}", names, name))?;
    Some(message!(
        "letters of {scripts}, which look like others",
        scripts
    ))
}

fn is_shared(script: Script) -> bool {
    matches!(script, Script::Common | Script::Inherited)
}

/// Latin letters that no language of the portal has and that look like those that it has.
fn is_phonetic(c: char) -> bool {
    matches!(c, 'ı' | 'ĸ' | 'ſ' | '\u{1bf}' | '\u{250}'..='\u{2af}' | '\u{1d00}'..='\u{1dbf}' | '\u{a720}'..='\u{a7ff}')
}

/// The skeleton of a host: without marks, and with one letter for all confusable ones.
fn looks_like(host: &str) -> String {
    let alike = |c: char| match c {
        '0' | 'о' | 'ο' | 'օ' | 'ӧ' => 'o',
        '1' | 'ӏ' | '|' => 'l',
        'ı' | 'і' | 'ι' | 'ɩ' | 'ɪ' => 'i',
        'а' | 'α' | 'ɑ' => 'a',
        'с' | 'ϲ' => 'c',
        'đ' | 'ԁ' => 'd',
        'е' | 'ҽ' => 'e',
        'ɡ' | 'ց' => 'g',
        'һ' | 'հ' | 'н' => 'h',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'ո' | 'п' => 'n',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        c => c,
    };
    let letters: String = host
        .nfd()
        .filter(|c| c.script() != Script::Inherited)
        .map(alike)
        .collect();
    letters.replace("rn", "m").replace("vv", "w")
}
