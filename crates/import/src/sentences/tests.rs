//! Tests: lists are read in the forms of the plug-ins, and put into texts as the plug-ins do.

use super::*;

/// Rows of a table of `TranslatePress`, as a program for databases saves them.
const TABLE: &str = "-- MySQL dump 10.13
/*!40101 SET NAMES utf8mb4 */;
INSERT INTO `wp_posts` VALUES (1,'INSERT INTO `wp_trp_dictionary_vi_en_us` VALUES (9,\\'x\\')',NULL);
CREATE TABLE `wp_trp_dictionary_vi_en_us` (`id` bigint(20) NOT NULL, `original` longtext);
INSERT INTO `wp_trp_dictionary_vi_ko_kr` VALUES (1,'Cảng','항구',2,0,1);
INSERT INTO `wp_trp_dictionary_vi_en_us` (`id`, `original`, `translated`, `status`, `block_type`, `original_id`) VALUES
(1, 'Cảng nước sâu', 'Deep-water port', 2, 0, 11),
(2, 'Ông nói: \\'Được\\'; -- rồi đi', 'He said \"Yes\"; -- and left', 1, 0, 12),
(3, 'Chưa dịch', '', 0, 0, 13),
(4, 'Đọc <a href=\"/x/\">thêm</a> ở đây', 'Read <a href=\"/en/x/\">more</a> here', 2, 1, 14),
(5, 'Cũ', 'Old', 2, 2, 15),
(6, 'Cảng nước sâu', 'A port of a machine', 1, 0, 16);
INSERT INTO `wp_options` VALUES (1,'a','b');
";

fn list(text: &str, lang: Lang) -> Sentences {
    Sentences::read("list", text, lang).unwrap_or_else(|problem| panic!("{problem:?}"))
}

fn refusal(text: &str, lang: Lang) -> String {
    let problem = Sentences::read("list", text, lang).unwrap_err();
    let line = problem.location.as_ref().map_or(0, |place| place.line);
    format!("{line}: {}", problem.message)
}

#[test]
fn a_copy_of_the_table_of_a_language_is_read_and_no_other() {
    let en = list(TABLE, Lang::En);
    assert_eq!((en.len(), en.from, en.notes.len()), (3, Some(Lang::Vi), 0));
    let port = en.get("Cảng  nước sâu").unwrap();
    assert_eq!(
        (port.text.as_str(), port.machine),
        ("Deep-water port", false)
    );
    let said = en.get("Ông nói: ‘Được’; – rồi đi").unwrap();
    assert_eq!(
        (said.text.as_str(), said.machine),
        ("He said \"Yes\"; -- and left", true)
    );
    assert_eq!(list(TABLE, Lang::Ko).get("Cảng").unwrap().text, "항구");
    let none = refusal(TABLE, Lang::Ja);
    assert!(
        none.contains("into ja") && none.contains("vi_en_us"),
        "{none}"
    );
    let cut = &TABLE[..TABLE.find("Read <a").unwrap() + 5];
    assert!(
        refusal(cut, Lang::En).starts_with("10: a text begins here"),
        "{}",
        refusal(cut, Lang::En)
    );
}

#[test]
fn separated_values_are_read_as_the_plug_ins_and_excel_write_them() {
    let weglot = "id;language_from;language_to;word_from;word_to;type\n;vi;en;\"Cảng; \"\"lớn\"\"\";\"Port\nlarge\";Text\n;vi;de;Cảng;Hafen;Text\n";
    let en = list(weglot, Lang::En);
    assert_eq!((en.len(), en.from), (1, Some(Lang::Vi)));
    assert_eq!(en.get("Cảng; “lớn”").unwrap().text, "Port\nlarge");
    assert!(refusal(weglot, Lang::Ko).contains("nothing in ko: it has de, en"));
    for (text, machine) in [
        ("word_from,word_to\r\nCảng,Port\r\n", false),
        (
            "sep=;\nword_from;word_to;quality;type;url\nCảng;Port;Automatic;Text;/x\n",
            true,
        ),
        (
            "\"id\",\"original\",\"translated\",\"status\"\n\"1\",\"Cảng\",\"Port\",\"1\"\n",
            true,
        ),
        ("1,\"Cảng\",\"Port\",2,0,5\n2,\"Tàu\",\"\",0,0,6\n", false),
        ("original\ttranslated\nCảng\tPort", false),
    ] {
        let port = list(text, Lang::En);
        let port = port.get("Cảng").unwrap();
        assert_eq!(
            (port.text.as_str(), port.machine),
            ("Port", machine),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_list_is_named_for_what_it_is() {
    for (text, words) in [
        ("", "0: the list is empty"),
        (
            "<!doctype html><title>Log in</title>",
            "0: the file is a page",
        ),
        ("a,b\nc,d\n", "0: no column is called original"),
        (
            "original,translated\n\"Cảng,Port\n",
            "2: a value begins here",
        ),
        (
            "original,translated\nCảng,\n",
            "0: no sentence in the list has a translation",
        ),
        ("-- a copy\nSELECT 1;", "0: the copy has no rows of a table"),
        (
            "INSERT INTO wp_trp_dictionary_vi_en VALUES (1,'a'",
            "0: no sentence in the table",
        ),
    ] {
        let said = refusal(text, Lang::En);
        assert!(said.starts_with(words), "{text}: {said}");
    }
    let short = list("original,translated\nCảng,Port\nTàu\n", Lang::En);
    assert!(
        short.notes[0].what.contains("first in line 3"),
        "{:?}",
        short.notes
    );
}

/// A list of pairs.
fn pairs(pairs: &[(&str, &str)]) -> Sentences {
    let mut list = Sentences::default();
    for (original, translated) in pairs {
        list.add(Row {
            original: (*original).to_owned(),
            translated: (*translated).to_owned(),
            machine: false,
        });
    }
    list
}

#[test]
fn texts_are_translated_whole_then_in_parts_and_the_rest_is_named() {
    let list = pairs(&[
        ("Cảng nước sâu", "Deep-water port"),
        ("Một câu.", "One sentence."),
        (
            "Đọc <a wg-1=\"\">thêm</a> ở đây",
            "Here you read <a wg-1=\"\">more</a>",
        ),
        ("Ảnh cảng", "The \"port\" [2019]"),
        ("Tiêu đề", "Heading"),
        ("mạnh", "strong"),
        ("Rất", "Very"),
    ]);
    for (html, translated, missing) in [
        ("<p> Cảng nước sâu </p>", "<p> Deep-water port </p>", vec![]),
        ("Cảng&nbsp;nước sâu", "Deep-water port", vec![]),
        (
            "<p>Một câu. Hai câu.</p>",
            "<p>One sentence. Hai câu.</p>",
            vec!["Hai câu."],
        ),
        (
            "<p>Đọc <a class=\"b\" href=\"https://a.example/\">thêm</a> ở đây</p>",
            "<p>Here you read <a class=\"b\" href=\"https://a.example/\">more</a></p>",
            vec![],
        ),
        (
            "<p>Rất <b>mạnh</b></p>",
            "<p>Very <b>strong</b></p>",
            vec![],
        ),
        (
            "<img src=\"a.jpg\" alt=\"Ảnh cảng\">",
            "<img src=\"a.jpg\" alt=\"The &quot;port&quot; &#91;2019&#93;\">",
            vec![],
        ),
        (
            "<img alt='Ảnh khác'>",
            "<img alt='Ảnh khác'>",
            vec!["Ảnh khác"],
        ),
        (
            "[vc_heading text=\"Tiêu đề\" el=\"x\"]\n\nMột câu.\n\nHai câu.",
            "[vc_heading text=\"Heading\" el=\"x\"]\n\nOne sentence.\n\nHai câu.",
            vec!["Hai câu."],
        ),
        (
            "<p>2019</p><p>https://a.example/</p>",
            "<p>2019</p><p>https://a.example/</p>",
            vec![],
        ),
        (
            "<script>Cảng nước sâu</script>",
            "<script>Cảng nước sâu</script>",
            vec![],
        ),
        ("a < b & c [1]", "a < b & c [1]", vec!["a < b & c [1]"]),
    ] {
        let applied = apply(&list, html);
        assert_eq!(applied.html, translated);
        assert_eq!(applied.missing, missing, "{html}");
    }
}

#[test]
fn hostile_markup_takes_no_longer_than_its_length() {
    let list = pairs(&[("a", "b")]);
    for part in [
        "<a \"",
        "[a ",
        "<!--",
        "<script>",
        "</",
        "[/a",
        "<a href=\"",
        "a. ",
        "&a",
        "\n\n",
        "=\"",
        "<",
    ] {
        let html = part.repeat(60_000 / part.len());
        let applied = apply(&list, &html);
        assert!(applied.html.len() <= html.len() + 60_000, "{part}");
        let _ = Sentences::read("list", &html, Lang::En);
    }
    for text in [
        "INSERT INTO `",
        "INSERT INTO trp_dictionary_vi_en VALUES (",
        "'",
        "/*",
        "((((",
    ] {
        let text = format!("-- x\n{}", text.repeat(20_000 / text.len()));
        assert!(Sentences::read("list", &text, Lang::En).is_err());
    }
    let long = pairs(&[("a.", "b".repeat(9_000).as_str())]);
    assert!(apply(&long, &"a. ".repeat(20_000)).is_too_long);
}
