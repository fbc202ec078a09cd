use super::*;
use editorial::content::authored::site::Site;
use serde_json::json;

/// A post as WordPress 6 answers, with `_embed`.
fn post() -> Value {
    json!({
        "id": 12, "status": "publish", "modified_gmt": "2026-11-02T00:00:01", "date_gmt": "2026-11-01T03:00:00",
        "slug": "b%e1%ba%bfn-m%e1%bb%9bi", "title": {"rendered": "Bến mới &#038; tàu"},
        "content": {"rendered": "<p>Tàu vào bến.</p>\n<img class=\"size-large wp-image-31\" src=\"/wp-content/uploads/a-300x200.jpg\">", "protected": false},
        "excerpt": {"rendered": "<p>Một bến lớn.</p>\n", "protected": false},
        "author": 1, "featured_media": 30, "categories": [3, 4], "tags": [8], "meta": [], "acf": [],
        "_embedded": {
            "author": [{"id": 1, "name": "An & Bình"}],
            "wp:featuredmedia": [{"id": 30, "alt_text": "Cảng", "caption": {"rendered": "<p>Cảng &#8220;sâu&#8221;</p>\n"}, "source_url": "http://a.example/wp-content/uploads/cang-scaled.jpg"}],
            "wp:term": [[{"id": 3, "slug": "uncategorized", "taxonomy": "category"}, {"id": 4, "slug": "tin-cang", "taxonomy": "category"}],
                [{"id": 8, "slug": "bi%e1%bb%83n", "taxonomy": "post_tag"}], [{"id": 40, "slug": "haiphong", "taxonomy": "place"}]],
        },
    })
}

fn read(value: &Value, fields: &Fields) -> Result<Entry, String> {
    let sections = BTreeMap::from([
        (
            "tin-cang".to_owned(),
            Choice::Name(Slug::new("port").unwrap()),
        ),
        (
            "haiphong".to_owned(),
            Choice::Name(Slug::new("city").unwrap()),
        ),
    ]);
    let site: Option<Site> = serde_json::from_str("null").unwrap();
    // A portal without site.json has every section: the mapped one comes first all the same.
    let portal = Portal { site };
    entry_of(
        value,
        &Naming {
            fields,
            sections: &sections,
            portal: &portal,
        },
    )
}

#[test]
fn a_post_is_read_with_what_stands_beside_it() {
    let entry = read(&post(), &Fields::default()).unwrap();
    assert_eq!(
        (entry.slug.as_str(), entry.title.as_str()),
        ("bến-mới", "Bến mới &#038; tàu")
    );
    assert_eq!(entry.published, "2026-11-01T03:00:00Z");
    assert_eq!(entry.modified, "2026-11-02T00:00:01Z");
    assert_eq!(entry.lead, "<p>Một bến lớn.</p>\n");
    assert_eq!(entry.tags, ["biển"]);
    assert_eq!(entry.author.as_deref(), Some("An & Bình"));
    assert_eq!(
        entry.cover,
        Some(Media {
            address: "http://a.example/wp-content/uploads/cang-scaled.jpg".to_owned(),
            alternative: "Cảng".to_owned(),
            caption: "Cảng “sâu”".to_owned(),
        })
    );
    assert_eq!(pictures(&entry.body), BTreeSet::from([31]));
}

#[test]
fn fields_of_plugins_come_before_what_wordpress_has_and_empty_names_are_none() {
    let mut value = post();
    value["meta"] = json!({"views": "19", "source": "Hải quan", "lead": ""});
    value["acf"] = json!({"lead": "Do phóng viên viết", "source_address": "https://b.example/", "cover": {"url": "https://b.example/c.jpg", "alt": "C", "caption": ""}});
    value["places"] = json!([40]);
    let fields = Fields {
        author: String::new(),
        tags: String::new(),
        section: "places".to_owned(),
        ..Fields::default()
    };
    let entry = read(&value, &fields).unwrap();
    assert_eq!(
        (entry.views, entry.lead.as_str()),
        (19, "Do phóng viên viết")
    );
    assert_eq!(
        entry.source,
        Some(("Hải quan".to_owned(), "https://b.example/".to_owned()))
    );
    assert_eq!(entry.cover.unwrap().address, "https://b.example/c.jpg");
    assert_eq!((entry.author, entry.tags), (None, vec![]));
    value["acf"]["source_address"] = json!("Hải Phòng");
    let entry = read(&value, &fields).unwrap();
    assert_eq!(entry.source, None);
    assert!(
        entry.losses[0].what.contains("no address"),
        "{:?}",
        entry.losses
    );
    assert_eq!(entry.section.as_deref(), Some("haiphong"));
}

/// What ACF says of its fields in REST, unless it is asked for more: pictures, terms and related posts are
/// numbers.
#[test]
fn fields_of_acf_are_read_as_it_gives_them() {
    let mut value = post();
    value["acf"] = json!({
        "standfirst": "Một bến lớn.", "photo": 31, "topic": [8], "desk": 40, "by": "An",
        "parts": [{"acf_fc_layout": "text", "text": "<p>Tàu vào bến.</p>"}, {"acf_fc_layout": "media", "image": 32},
            {"acf_fc_layout": "more", "related": [15]}],
    });
    let name = |name: &str| name.to_owned();
    let fields = Fields {
        lead: name("standfirst"),
        cover: name("photo"),
        tags: name("topic"),
        section: name("desk"),
        author: name("by"),
        body: name("parts"),
        ..Fields::default()
    };
    let entry = read(&value, &fields).unwrap();
    assert_eq!(entry.lead, "Một bến lớn.");
    assert_eq!(entry.tags, ["biển"]);
    assert_eq!(entry.section.as_deref(), Some("haiphong"));
    assert_eq!(entry.author.as_deref(), Some("An"));
    assert!(
        entry.body.starts_with("<p>Tàu vào bến.</p>"),
        "{}",
        entry.body
    );
    assert_eq!(pictures(&entry.body), BTreeSet::from([32]));
    assert_eq!(numbered_cover(&value, &fields), Some(31));
    assert_eq!(entry.losses.len(), 1, "{:?}", entry.losses);
    // A term that the post itself does not have is a number to map.
    value["acf"]["desk"] = json!({"term_id": 4, "slug": "tin-cang", "name": "Cảng"});
    value["acf"]["topic"] = json!([99]);
    let entry = read(&value, &fields).unwrap();
    assert_eq!(entry.section.as_deref(), Some("tin-cang"));
    assert_eq!(entry.tags, ["99"]);
}

#[test]
fn an_excerpt_is_a_lead_only_where_somebody_wrote_it() {
    let mut value = post();
    value["excerpt"]["rendered"] = json!("<p>Tàu vào [&hellip;]</p>");
    assert_eq!(read(&value, &Fields::default()).unwrap().lead, "");
    // To editors WordPress says it itself.
    value["excerpt"]["raw"] = json!("Tàu vào");
    assert_ne!(read(&value, &Fields::default()).unwrap().lead, "");
    value["excerpt"]["raw"] = json!("");
    assert_eq!(read(&value, &Fields::default()).unwrap().lead, "");
}

#[test]
fn what_is_no_article_for_readers_says_why() {
    for (path, changed, part) in [
        ("/status", json!("draft"), "no longer published"),
        ("/content/protected", json!(true), "a password protects it"),
        ("/title/rendered", json!(" "), "no title"),
        ("/date_gmt", json!(null), "no date"),
        ("/date_gmt", json!("0000-00-00T00:00:00"), "no date"),
    ] {
        let mut value = post();
        *value.pointer_mut(path).unwrap() = changed;
        let why = read(&value, &Fields::default()).unwrap_err();
        assert!(why.contains(part), "{path}: {why}");
    }
}

#[test]
fn a_cover_that_may_not_be_seen_is_named() {
    let mut value = post();
    value["_embedded"]["wp:featuredmedia"] = json!([{"code": "rest_forbidden", "message": "Sorry, you are not allowed to do that.", "data": {"status": 401}}]);
    let entry = read(&value, &Fields::default()).unwrap();
    assert_eq!(entry.cover, None);
    assert!(
        entry.losses[0].what.contains("you are not allowed"),
        "{:?}",
        entry.losses
    );
}

#[test]
fn a_smaller_copy_leads_to_the_picture() {
    let at = |name: &str| format!("https://a.example/wp-content/uploads/2026/11/{name}");
    for (name, full) in [
        ("cang-300x200.jpg", Some("cang.jpg")),
        ("cang-300x200.jpg?w=2", Some("cang.jpg")),
        ("cang.jpg", None),
        ("cang-moi.jpg", None),
        ("cang-4x.jpg", None),
    ] {
        assert_eq!(full_size(&at(name)), full.map(at), "{name}");
    }
    assert_eq!(full_size("https://a.example/theme/logo-300x200.jpg"), None);
}
