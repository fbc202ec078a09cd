//! The vocabulary of a language: a few hundred real words, and thousands that only sound like it,
//! with the frequencies of real texts. A search index of them is as large as that of a real portal.

use super::random::Random;
use std::collections::HashSet;

/// How many words a language has at most.
const WORDS: usize = 6000;

/// Real words, the most frequent ones first.
const ENGLISH: &str = "the of and to in a is for on that with as by at from this are was it be has have will an its \
    which more their new also been they were city port year people one two first over during between after other into \
    where than when about through under many some can each most part public work works project province region area \
    service services ship ships trade cargo bridge road river island bay coast sea water quay terminal harbour crane \
    container vessel line market industry zone factory worker company investment partner plan plans planning council \
    committee office department meeting visit delegation agreement cooperation friendship festival museum theatre \
    temple village craft school university student teacher hospital health nature forest park reserve species bird \
    tourism visitor hotel beach boat fishing season harvest rice fruit flower street square garden house building \
    station airport railway train bus electricity energy wind solar climate flood storm safety rescue fire police law \
    decree tax fee budget price growth export import rate percent million thousand hundred month week day morning \
    evening spring summer autumn winter north south east west old young large small long short high low good strong \
    modern green clean digital open local national international foreign regional traditional historic cultural \
    economic social said says opened began built received reached signed welcomed announced completed expects offers \
    brings helps connects leads follows grows remains becomes";

const VIETNAMESE: &str = "và của các có được cho trong là với những một đã người năm tại này từ đến khi công thành phố \
    về việc vào đó ra nhiều cũng để trên theo hơn cảng biển tàu hàng bến cầu đường sông đảo vịnh bờ nước khu kinh tế \
    nghiệp nhà máy lao động công ty đầu tư dự án kế hoạch hợp tác hữu nghị đoàn thăm làm ký kết thỏa thuận hội đồng \
    ủy ban sở ngành lễ hội bảo tàng hát đền chùa làng nghề trường học sinh viên thầy cô bệnh viện sức khỏe thiên nhiên \
    rừng vườn quốc gia loài chim du lịch khách sạn bãi tắm thuyền đánh cá mùa gạo hoa quả phượng phố quảng xây dựng ga \
    sân bay sắt xe điện năng lượng gió mặt trời khí hậu lũ bão an toàn cứu hộ luật nghị định thuế phí ngân sách giá \
    tăng trưởng xuất nhập khẩu phần trăm triệu nghìn trăm tháng tuần ngày sáng chiều xuân hạ thu đông bắc nam tây cũ \
    trẻ lớn nhỏ dài ngắn cao thấp tốt mạnh hiện đại xanh sạch số mở địa phương nước ngoài vùng truyền thống lịch sử văn \
    hóa xã hội cho biết khánh bắt đầu đón đạt chào mừng hoàn thành dự kiến mang giúp nối dẫn";

const ONSETS: [&str; 24] = [
    "b", "br", "c", "cl", "cr", "d", "dr", "f", "fl", "g", "gr", "h", "l", "m", "n", "p", "pl",
    "r", "s", "st", "t", "tr", "v", "w",
];
const NUCLEI: [&str; 10] = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "ee", "oa"];
const CODAS: [&str; 12] = [
    "", "n", "r", "l", "t", "s", "nd", "rt", "st", "m", "ck", "ng",
];
const SUFFIXES: [&str; 12] = [
    "", "", "", "s", "ed", "ing", "er", "ly", "tion", "ment", "al", "ness",
];

/// The onsets that can stand before every rime.
const VIETNAMESE_ONSETS: [&str; 17] = [
    "b", "ch", "d", "đ", "h", "kh", "l", "m", "n", "nh", "ph", "r", "s", "t", "th", "tr", "v",
];
/// The letters before the vowel that carries the tone, the vowel, and the letters after it.
const RIMES: [(&str, char, &str); 36] = [
    ("", 'a', ""),
    ("", 'a', "n"),
    ("", 'a', "ng"),
    ("", 'a', "nh"),
    ("", 'a', "i"),
    ("", 'a', "o"),
    ("", 'a', "m"),
    ("", 'ă', "n"),
    ("", 'ă', "ng"),
    ("", 'ă', "m"),
    ("", 'â', "n"),
    ("", 'â', "y"),
    ("", 'â', "u"),
    ("", 'â', "m"),
    ("", 'e', ""),
    ("", 'e', "n"),
    ("", 'ê', ""),
    ("", 'ê', "n"),
    ("i", 'ê', "n"),
    ("i", 'ê', "u"),
    ("", 'i', ""),
    ("", 'i', "n"),
    ("", 'i', "nh"),
    ("", 'o', ""),
    ("", 'o', "n"),
    ("", 'o', "ng"),
    ("", 'ô', ""),
    ("", 'ô', "n"),
    ("", 'ô', "ng"),
    ("u", 'ô', "n"),
    ("u", 'ô', "i"),
    ("", 'ơ', "i"),
    ("", 'u', ""),
    ("", 'u', "ng"),
    ("ư", 'ơ', "ng"),
    ("", 'ư', "ng"),
];
/// Each vowel with its six tones, precomposed.
const TONES: [&str; 10] = [
    "aáàảãạ",
    "ăắằẳẵặ",
    "âấầẩẫậ",
    "eéèẻẽẹ",
    "êếềểễệ",
    "iíìỉĩị",
    "oóòỏõọ",
    "ôốồổỗộ",
    "ơớờởỡợ",
    "uúùủũụ",
];
const TONES_OF_THE_LAST: &str = "ưứừửữự";

/// A language's words with how often each of them is used.
#[derive(Debug)]
pub(super) struct Words {
    words: Vec<String>,
    /// The cumulative frequency of each word. The last one is the total.
    up_to: Vec<u64>,
}

impl Words {
    /// The Vietnamese ones.
    pub(super) fn vietnamese() -> Self {
        Self::new(VIETNAMESE, vietnamese_syllable)
    }

    /// The English ones.
    pub(super) fn english() -> Self {
        Self::new(ENGLISH, english_word)
    }

    fn new(known: &str, mut invent: impl FnMut(&mut Random) -> String) -> Self {
        let mut random = Random::new(0x5EED);
        let mut seen = HashSet::new();
        let mut words: Vec<String> = known
            .split(' ')
            .map(str::to_owned)
            .filter(|word| seen.insert(word.clone()))
            .collect();
        // The number of syllables is limited, so not every attempt gives a new word.
        for _ in 0..WORDS * 8 {
            let word = invent(&mut random);
            if words.len() < WORDS && seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0;
        // Zipf's law with Mandelbrot's shift: the word of rank n is used as often as 1 / (n + 2.7).
        let up_to = (0..words.len() as u64)
            .map(|rank| {
                sum += 10_000_000_000 / (10 * rank + 37);
                sum
            })
            .collect();
        Self { words, up_to }
    }

    /// How many words there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.words.len()
    }

    /// A word, frequent ones more often.
    pub(super) fn word(&self, random: &mut Random) -> &str {
        let all = self.up_to.last().copied().unwrap_or(1);
        let place = random.next() % all;
        &self.words[self.up_to.partition_point(|&end| end <= place)]
    }

    /// A phrase of so many words with spaces between, the first with a capital letter.
    pub(super) fn phrase(&self, random: &mut Random, words: usize) -> String {
        let mut phrase = String::new();
        for number in 0..words {
            let word = self.word(random);
            if number == 0 {
                let mut letters = word.chars();
                phrase.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                phrase.push_str(letters.as_str());
            } else {
                phrase.push(' ');
                phrase.push_str(word);
            }
        }
        phrase
    }

    /// A sentence of 6 to 22 words.
    pub(super) fn sentence(&self, random: &mut Random) -> String {
        let words = random.between(6, 22);
        let mut sentence = self.phrase(random, words.min(12));
        if words > 12 {
            sentence.push(',');
            for _ in 12..words {
                sentence.push(' ');
                sentence.push_str(self.word(random));
            }
        }
        sentence.push('.');
        sentence
    }
}

fn english_word(random: &mut Random) -> String {
    let mut word = String::new();
    for _ in 0..random.between(1, 2) {
        word.push_str(random.one_of(&ONSETS));
        word.push_str(random.one_of(&NUCLEI));
    }
    word.push_str(random.one_of(&CODAS));
    word.push_str(random.one_of(&SUFFIXES));
    word
}

fn vietnamese_syllable(random: &mut Random) -> String {
    let (before, vowel, after) = random.one_of(&RIMES);
    let tones = TONES
        .iter()
        .find(|tones| tones.starts_with(vowel))
        .unwrap_or(&TONES_OF_THE_LAST);
    let vowel = tones.chars().nth(random.below(6)).unwrap_or(vowel);
    format!(
        "{}{before}{vowel}{after}",
        random.one_of(&VIETNAMESE_ONSETS)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_thousands_of_words() {
        assert_eq!(Words::english().count(), WORDS);
        assert!(
            Words::vietnamese().count() > 3500,
            "{}",
            Words::vietnamese().count()
        );
    }

    #[test]
    fn a_few_words_make_up_much_of_a_text_and_rare_ones_are_there() {
        let (words, mut random) = (Words::english(), Random::new(1));
        let used: Vec<&str> = (0..20_000).map(|_| words.word(&mut random)).collect();
        let frequent = used
            .iter()
            .filter(|word| words.words[..20].iter().any(|known| known == *word))
            .count();
        let distinct: HashSet<&str> = used.iter().copied().collect();
        assert!((3_000..10_000).contains(&frequent), "{frequent}");
        assert!(distinct.len() > 2_500, "{}", distinct.len());
    }

    #[test]
    fn a_sentence_begins_with_a_capital_letter_and_ends_with_a_full_stop() {
        let (words, mut random) = (Words::vietnamese(), Random::new(2));
        for _ in 0..100 {
            let sentence = words.sentence(&mut random);
            assert!(
                sentence.starts_with(char::is_uppercase) && sentence.ends_with('.'),
                "{sentence}"
            );
        }
    }
}
