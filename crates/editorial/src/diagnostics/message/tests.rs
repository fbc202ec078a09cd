//! Tests of messages in English and in other languages.

use super::*;
use crate::json::reasons::said;
use model::{Address, Day, Length, Moment, Slug};

#[test]
fn a_message_is_said_in_each_language_with_what_stands_in_it() {
    let inner = message!("the source's name");
    let message = message!("{what} is empty", what = inner);
    assert_eq!(message, "the source's name is empty");
    assert_eq!(message.in_lang(Lang::En), "the source's name is empty");
    for (lang, text) in [
        (Lang::Vi, "tên nguồn đang trống"),
        (Lang::Ko, "출처 이름이(가) 비어 있습니다"),
        (Lang::Ja, "出典の名前が空です"),
        (Lang::ZhHans, "来源名称为空"),
    ] {
        assert_eq!(message.in_lang(lang), text);
        assert_eq!(&*message.clone().translated(lang), text);
    }
    let nothing = message!("a sentence that no catalogue has");
    assert_eq!(nothing.in_lang(Lang::Vi), &*nothing);
    assert_eq!(nothing.clone().translated(Lang::Vi), nothing);
}

#[test]
fn what_stands_in_a_message_is_never_read_as_a_place() {
    let message = message!(
        "{what} \"{name}\": did you mean \"{right}\"?",
        what = message!("article.json has no picture"),
        name = "{right}{what}",
        right = "harbour"
    );
    assert_eq!(
        message,
        "article.json has no picture \"{right}{what}\": did you mean \"harbour\"?"
    );
    assert!(message.in_lang(Lang::Vi).contains("\"{right}{what}\""));
}

#[test]
fn what_is_to_be_written_is_escaped_in_files_and_not_in_fields() {
    let message = message!(
        "write {sign} for the backslash itself",
        sign = Typed("\\\\")
    );
    assert_eq!(message, "write \\\\\\\\ for the backslash itself");
    assert_eq!(
        message.clone().for_fields(),
        "write \\\\ for the backslash itself"
    );
    // Also where it stands in another message, and in another language.
    let both = message!("{instead}; {itself}", instead = "a", itself = message);
    let vietnamese = both.for_fields().in_lang(Lang::Vi);
    assert_eq!(vietnamese, "a; viết \\\\ để có chính dấu \\");
    let mark = message!(
        "write “…” around words, or {sign} for this mark",
        sign = Typed("\"")
    );
    assert_eq!(mark, "write “…” around words, or \\\" for this mark");
    assert_eq!(
        mark.for_fields(),
        "write “…” around words, or \" for this mark"
    );
}

#[test]
fn a_long_text_is_cut_in_every_language() {
    let long = "a".repeat(3000);
    let message = message!("\"{name}\" is there twice", name = &long);
    let cut = |plain: &str| plain.replace(&long, "a…");
    let short = message.clone().with_plain(&cut);
    assert_eq!(short, "\"a…\" is there twice");
    assert_eq!(short.in_lang(Lang::Vi), "\"a…\" có hai lần");
    for lang in Lang::ALL {
        let said = message.in_lang(lang);
        assert!(said.chars().count() < 1100, "{}", said.chars().count());
    }
}

#[test]
fn places_and_arguments_are_the_same() {
    assert!(fits("a {name} b {other}", &["other", "name"]));
    assert!(fits("write { \"a\": {value} } and } {", &["value"]));
    assert!(!fits("a {name}", &[]));
    assert!(!fits("a {name}", &["name", "other"]));
    assert!(!fits("a {name}", &["nam"]));
    assert_eq!(places("{a} { \"b\": {c_d} } {E}"), ["a", "c_d"]);
}

#[test]
fn what_the_model_refuses_is_said_in_each_language() {
    let reasons = [
        Slug::new("A b").unwrap_err().to_string(),
        Day::new("2014-13").unwrap_err().to_string(),
        Day::new("{text}\" is not a slug").unwrap_err().to_string(),
        Moment::new("2014-09-03").unwrap_err().to_string(),
        Moment::new("2014-02-30T16:10+07:00")
            .unwrap_err()
            .to_string(),
        Moment::new("2014-02-03T26:10+07:00")
            .unwrap_err()
            .to_string(),
        Moment::new("2014-02-03T16:10+17:00")
            .unwrap_err()
            .to_string(),
        Length::new("3").unwrap_err().to_string(),
        Address::new("javascript:alert(1)").unwrap_err().to_string(),
    ];
    for reason in reasons {
        let message = said(&reason);
        assert_eq!(&*message, reason);
        for lang in [Lang::Vi, Lang::Ko, Lang::Ja, Lang::ZhHans] {
            assert_ne!(message.in_lang(lang), reason, "{lang:?}");
        }
    }
    let other = said("what no type says");
    assert_eq!(other.in_lang(Lang::Vi), "what no type says");
}
