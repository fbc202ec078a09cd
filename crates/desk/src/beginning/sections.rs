//! The sections that a new portal can begin with. Each can be renamed afterwards.

/// A section in every language, in the order of the tabs.
pub(super) struct Section {
    /// Its name in addresses.
    pub(super) slug: &'static str,
    /// What it is called.
    pub(super) names: [&'static str; 5],
    /// A sentence about it.
    pub(super) descriptions: [&'static str; 5],
}

/// The sections.
pub(super) const SECTIONS: [Section; 6] = [
    Section {
        slug: "news",
        names: ["Tin tức", "News", "소식", "お知らせ", "新闻"],
        descriptions: [
            "Tin mới từ địa phương và các cơ quan.",
            "What is new here and in the public offices.",
            "지역과 공공기관의 새 소식.",
            "地域と公的機関の新しい話題。",
            "本地与各机关的最新消息。",
        ],
    },
    Section {
        slug: "culture",
        names: ["Văn hóa", "Culture", "문화", "文化", "文化"],
        descriptions: [
            "Lễ hội, di sản và đời sống văn hóa.",
            "Festivals, heritage and the life of the arts.",
            "축제와 문화유산, 문화생활.",
            "祭り、文化遺産、文化の営み。",
            "节庆、遗产与文化生活。",
        ],
    },
    Section {
        slug: "economy",
        names: ["Kinh tế", "Economy", "경제", "経済", "经济"],
        descriptions: [
            "Đầu tư, doanh nghiệp và việc làm.",
            "Investment, business and work.",
            "투자와 기업, 일자리.",
            "投資、企業、仕事。",
            "投资、企业与就业。",
        ],
    },
    Section {
        slug: "nature",
        names: ["Thiên nhiên", "Nature", "자연", "自然", "自然"],
        descriptions: [
            "Cảnh quan, biển đảo và môi trường.",
            "Landscapes, islands and the environment.",
            "경관과 섬, 환경.",
            "風景、島々、環境。",
            "风光、海岛与环境。",
        ],
    },
    Section {
        slug: "society",
        names: ["Xã hội", "Society", "사회", "社会", "社会"],
        descriptions: [
            "Giáo dục, y tế và đời sống hằng ngày.",
            "Schools, health and daily life.",
            "교육과 보건, 일상생활.",
            "教育、医療、日々の暮らし。",
            "教育、医疗与日常生活。",
        ],
    },
    Section {
        slug: "partners",
        names: ["Hợp tác", "Partners", "교류·협력", "交流と協力", "交流合作"],
        descriptions: [
            "Quan hệ với các địa phương và tổ chức nước ngoài.",
            "Relations with places and organisations abroad.",
            "해외 지역과 기관과의 교류.",
            "海外の地域や団体との交流。",
            "与海外地区和机构的往来。",
        ],
    },
];
