//! What begins the register of documents, questions and answers, and the assessment of accessibility. Their texts are
//! true as they stand, so that a portal with them can be published before somebody has written better ones.

use super::skeleton::{schema, text};
use model::{Lang, Slug};
use std::fmt::Write;

/// A text in every language.
type Texts = [(Lang, &'static str); 5];

const REGISTER: Texts = [
    (Lang::Vi, "Các văn bản đã ban hành."),
    (Lang::En, "Documents that have been issued."),
    (Lang::Ko, "공포된 문서입니다."),
    (Lang::Ja, "これまでに公布された文書です。"),
    (Lang::ZhHans, "已发布的文件。"),
];

const ISSUER: Texts = [
    (Lang::Vi, "Cơ quan chủ quản"),
    (Lang::En, "The responsible authority"),
    (Lang::Ko, "주관 기관"),
    (Lang::Ja, "所管機関"),
    (Lang::ZhHans, "主管机关"),
];

const DECISION: Texts = [
    (Lang::Vi, "Quyết định"),
    (Lang::En, "Decision"),
    (Lang::Ko, "결정"),
    (Lang::Ja, "決定"),
    (Lang::ZhHans, "决定"),
];

const SUBJECT: Texts = [
    (Lang::Vi, "Văn bản mới"),
    (Lang::En, "A new document"),
    (Lang::Ko, "새 문서"),
    (Lang::Ja, "新しい文書"),
    (Lang::ZhHans, "新文件"),
];

/// Title, lead, section, question and answer in a language.
const fn questions_in(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Vi => [
            "Hỏi đáp",
            "Những câu hỏi thường gặp và câu trả lời.",
            "Về trang này",
            "Trang này để làm gì?",
            "Trang này trả lời những câu hỏi thường gặp.",
        ],
        Lang::En => [
            "Questions and answers",
            "Questions that are often asked, with their answers.",
            "About this page",
            "What is this page for?",
            "It answers questions that are often asked.",
        ],
        Lang::Ko => [
            "자주 묻는 질문",
            "자주 묻는 질문과 답변입니다.",
            "이 페이지에 대하여",
            "이 페이지는 무엇인가요?",
            "자주 묻는 질문에 답하는 페이지입니다.",
        ],
        Lang::Ja => [
            "よくある質問",
            "よくある質問とその回答です。",
            "このページについて",
            "このページは何のためのものですか。",
            "よくある質問にお答えするページです。",
        ],
        Lang::ZhHans => [
            "常见问题",
            "常见问题及解答。",
            "关于本页",
            "本页有什么用？",
            "本页解答常见问题。",
        ],
    }
}

/// `documents/register.json`: one issuer and one kind, to begin with.
pub(super) fn register(schemas: Option<&str>) -> String {
    let named = |slug: &str, names: &Texts| {
        format!(
            "[\n    {{\n      \"slug\": \"{slug}\",\n      \"names\": {}\n    }}\n  ]",
            in_all(names, 6)
        )
    };
    format!(
        "{{\n{}  \"leads\": {},\n  \"issuers\": {},\n  \"kinds\": {}\n}}\n",
        schema(schemas, "register"),
        in_all(&REGISTER, 2),
        named("authority", &ISSUER),
        named("decision", &DECISION),
    )
}

/// `documents/<slug>/document.json`: a draft.
pub(super) fn document(number: &str, issued: &str, issuer: &Slug, kind: &Slug) -> String {
    format!(
        "{{\n  \"number\": {},\n  \"issued\": \"{issued}\",\n  \"issuer\": \"{issuer}\",\n  \"kind\": \"{kind}\",\n  \
         \"subjects\": {},\n  \"draft\": true\n}}\n",
        text(number),
        in_all(&SUBJECT, 2)
    )
}

/// `questions/<lang>.json`: one question, to begin with.
pub(super) fn questions(schemas: Option<&str>, lang: Lang) -> String {
    let [title, lead, section, question, answer] = questions_in(lang).map(text);
    format!(
        "{{\n{}  \"title\": {title},\n  \"lead\": {lead},\n  \"sections\": [\n    {{\n      \"title\": {section},\n      \
         \"questions\": [\n        {{\n          \"question\": {question},\n          \"answer\": [\n            {{\n              \
         \"paragraph\": {answer}\n            }}\n          ]\n        }}\n      ]\n    }}\n  ]\n}}\n",
        schema(schemas, "questions")
    )
}

/// `accessibility.json`. Nobody has looked yet, so nothing is claimed.
pub(super) fn assessment(schemas: Option<&str>, contact: &str, assessed: &str) -> String {
    format!(
        "{{\n{}  \"assessed\": \"{assessed}\",\n  \"standards\": [\"WCAG 2.2 AA\"],\n  \"conformance\": \"none\",\n  \
         \"contact\": {}\n}}\n",
        schema(schemas, "accessibility"),
        text(contact)
    )
}

/// A text in every language, as an object that is so far from the edge.
fn in_all(texts: &Texts, indent: usize) -> String {
    let edge = " ".repeat(indent);
    let mut lines = String::new();
    for (number, (lang, words)) in texts.iter().enumerate() {
        let comma = if number + 1 < texts.len() { "," } else { "" };
        let _ = writeln!(lines, "{edge}  \"{}\": {}{comma}", lang.tag(), text(words));
    }
    format!("{{\n{lines}{edge}}}")
}
