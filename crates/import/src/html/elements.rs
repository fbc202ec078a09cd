//! The list of elements and what each becomes. Of an element that is not on it, the words remain.

/// What an element becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A block of words of its own.
    Block,
    /// A block of a page outside its text, such as its navigation.
    Around,
    /// A heading of this level.
    Heading(u8),
    /// A break of the line.
    Break,
    /// A dividing line.
    Rule,
    /// Important words.
    Strong,
    /// Stressed words.
    Emphasis,
    /// Words that lead somewhere.
    Link,
    /// Words whose element means nothing here.
    Plain,
    /// Words that are struck through.
    Struck,
    /// Raised characters.
    Raised,
    /// Lowered characters.
    Lowered,
    /// Words in quotation marks.
    Quoted,
    /// The source of a quotation.
    Cite,
    /// The reading of a character.
    Reading,
    /// A list; `true` for an ordered one.
    List(bool),
    /// A list of terms.
    Terms,
    /// An entry of a list.
    Entry,
    /// A term in a list of terms.
    Term,
    /// A quotation.
    Quote,
    /// A picture with its caption.
    Figure,
    /// The caption.
    FigureCaption,
    /// A table.
    Table,
    /// The part of a table with the columns' names.
    TableHead,
    /// A table's caption.
    TableCaption,
    /// A row.
    Row,
    /// A cell; `true` for one that is a header.
    Cell(bool),
    /// A picture.
    Picture,
    /// Embedded media.
    Embed,
    /// A part of another element, without content of its own.
    Silent,
    /// Left out; the report calls it by this name.
    Out(&'static str),
    /// Not known.
    Unknown,
}

/// What an element of this name becomes.
pub(super) fn kind(name: &str) -> Kind {
    match name {
        "p" | "div" | "section" | "article" | "main" | "address" | "center" | "details"
        | "summary" | "fieldset" | "legend" | "pre" | "hgroup" | "form" | "body" | "xmp"
        | "listing" | "plaintext" | "dialog" | "search" | "optgroup" | "option" => Kind::Block,
        "header" | "footer" | "nav" | "aside" => Kind::Around,
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "br" => Kind::Break,
        "hr" => Kind::Rule,
        "strong" | "b" => Kind::Strong,
        "em" | "i" | "dfn" | "var" => Kind::Emphasis,
        "a" => Kind::Link,
        "html" | "span" | "font" | "u" | "small" | "big" | "abbr" | "acronym" | "time" | "data"
        | "label" | "bdi" | "bdo" | "mark" | "code" | "kbd" | "samp" | "tt" | "ruby" | "rb"
        | "map" | "picture" | "tbody" | "tfoot" | "noscript" | "nobr" | "ins" | "output" => {
            Kind::Plain
        }
        "del" | "s" | "strike" => Kind::Struck,
        "sup" => Kind::Raised,
        "sub" => Kind::Lowered,
        "q" => Kind::Quoted,
        "cite" => Kind::Cite,
        "rt" => Kind::Reading,
        "ul" | "menu" | "dir" => Kind::List(false),
        "ol" => Kind::List(true),
        "dl" => Kind::Terms,
        "li" | "dd" => Kind::Entry,
        "dt" => Kind::Term,
        "blockquote" => Kind::Quote,
        "figure" => Kind::Figure,
        "figcaption" => Kind::FigureCaption,
        "table" => Kind::Table,
        "thead" => Kind::TableHead,
        "caption" => Kind::TableCaption,
        "tr" => Kind::Row,
        "td" => Kind::Cell(false),
        "th" => Kind::Cell(true),
        "img" | "image" => Kind::Picture,
        "iframe" | "embed" | "object" | "video" | "audio" => Kind::Embed,
        "head" | "source" | "track" | "param" | "col" | "colgroup" | "wbr" | "rp" => Kind::Silent,
        "script" => Kind::Out("a script"),
        "style" => Kind::Out("a style sheet"),
        "link" | "meta" | "base" | "title" => Kind::Out("an entry for the head of a page"),
        "template" => Kind::Out("a template"),
        "svg" => Kind::Out("a drawing within the text"),
        "math" => Kind::Out("a formula"),
        "canvas" => Kind::Out("a picture that a script draws"),
        "input" | "select" | "textarea" | "button" | "datalist" | "keygen" | "progress"
        | "meter" => Kind::Out("a part of a form"),
        "area" => Kind::Out("a link within a picture"),
        "noembed" | "noframes" | "frame" | "frameset" | "applet" | "portal" | "fencedframe" => {
            Kind::Out("a page within the text")
        }
        _ => Kind::Unknown,
    }
}

/// The superscript form of a character, where there is one.
pub(super) fn raised(c: char) -> Option<char> {
    Some(match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + u32::from(c) - u32::from('0'))?,
        '+' => '⁺',
        '-' | '−' => '⁻',
        'n' => 'ⁿ',
        _ => return None,
    })
}

/// The subscript form of a character, where there is one.
pub(super) fn lowered(c: char) -> Option<char> {
    match c {
        '0'..='9' => char::from_u32(0x2080 + u32::from(c) - u32::from('0')),
        '+' => Some('₊'),
        '-' | '−' => Some('₋'),
        _ => None,
    }
}
