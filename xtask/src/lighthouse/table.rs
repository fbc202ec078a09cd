//! The results of Lighthouse, read from the lines of `xtask/lighthouse/measure.mjs` and laid out as
//! a table.

use std::fmt::Write;

use crate::failure::Failure;

/// The categories, in the order of the lines.
const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best practices", "SEO"];

/// The results of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    path: String,
    scores: [u8; 4],
    /// First and largest contentful paint, total blocking time, speed index, in milliseconds.
    times: [u32; 4],
    shift: String,
    /// The audits that cost it points.
    faults: Vec<String>,
}

impl Page {
    /// The categories below a score; `None` where there are none.
    pub(crate) fn below(&self, least: u8) -> Option<String> {
        let low = CATEGORIES
            .iter()
            .zip(self.scores)
            .filter(|(_, score)| *score < least);
        let low: Vec<String> = low
            .map(|(category, score)| format!("{category} {score}"))
            .collect();
        (!low.is_empty()).then(|| format!("{}: {}", self.path, low.join(", ")))
    }
}

/// Reads the lines of `xtask/lighthouse/measure.mjs`.
pub(crate) fn read(said: &str) -> Result<Vec<Page>, Failure> {
    let mut pages: Vec<Page> = Vec::new();
    for line in said.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        let unreadable = || Failure::broken(format!("Lighthouse's line is not understood: {line}"));
        match words[..] {
            ["page", address, ref scores @ .., shift] if scores.len() == 8 => {
                let numbers = scores
                    .iter()
                    .map(|word| word.parse::<u32>().map_err(|_| unreadable()));
                let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
                let score = |place: usize| u8::try_from(numbers[place]).map_err(|_| unreadable());
                let scores = [score(0)?, score(1)?, score(2)?, score(3)?];
                let times = [numbers[4], numbers[5], numbers[6], numbers[7]];
                let (path, shift) = (path(address), shift.to_owned());
                pages.push(Page {
                    path,
                    scores,
                    times,
                    shift,
                    faults: Vec::new(),
                });
            }
            ["fault", _, category, id, title, value] => {
                let page = pages.last_mut().ok_or_else(unreadable)?;
                page.faults.push(
                    format!("{category}: {title} ({id}) {value}")
                        .trim_end()
                        .to_owned(),
                );
            }
            ["stopped", address, why] => {
                return Err(Failure::broken(format!(
                    "Lighthouse stopped at {}: {why}",
                    path(address)
                )));
            }
            _ => return Err(unreadable()),
        }
    }
    Ok(pages)
}

/// The path of an address.
fn path(address: &str) -> String {
    address
        .splitn(4, '/')
        .nth(3)
        .map_or_else(|| address.to_owned(), |below| format!("/{below}"))
}

/// A line for each page, followed by the audits that cost it points.
pub(crate) fn table(pages: &[Page]) -> String {
    let mut text = format!(
        "{:<32}{:>12}{:>14}{:>15}{:>5}{:>9}{:>9}{:>9}{:>9}{:>8}\n",
        "page",
        "performance",
        "accessibility",
        "best practices",
        "SEO",
        "FCP ms",
        "LCP ms",
        "TBT ms",
        "SI ms",
        "CLS"
    );
    for Page {
        path,
        scores,
        times,
        shift,
        faults,
    } in pages
    {
        let _ = writeln!(
            text,
            "{path:<32}{:>12}{:>14}{:>15}{:>5}{:>9}{:>9}{:>9}{:>9}{shift:>8}",
            scores[0], scores[1], scores[2], scores[3], times[0], times[1], times[2], times[3]
        );
        for fault in faults {
            let _ = writeln!(text, "    {fault}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "page\thttp://localhost:1/vi/\t99\t100\t100\t100\t900\t1800\t20\t1000\t0.000\n\
        fault\thttp://localhost:1/vi/\tperformance\tlargest-contentful-paint\tLargest Contentful Paint\t1.8 s\n\
        page\thttp://localhost:1/ja/port/\t100\t100\t100\t100\t900\t900\t0\t900\t0.000\n";

    #[test]
    fn a_page_is_read_with_what_it_lost_points_with() {
        let pages = read(SAID).unwrap();
        assert_eq!(
            (pages[0].path.as_str(), pages[1].path.as_str()),
            ("/vi/", "/ja/port/")
        );
        assert_eq!(pages[0].below(100), Some("/vi/: performance 99".to_owned()));
        assert_eq!((pages[0].below(99), pages[1].below(100)), (None, None));
        let text = table(&pages);
        assert!(
            text.contains(
                "    performance: Largest Contentful Paint (largest-contentful-paint) 1.8 s\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn what_stopped_or_is_not_understood_is_a_failure() {
        let stopped = read("stopped\thttp://localhost:1/vi/\tno page").unwrap_err();
        assert_eq!(stopped.message, "Lighthouse stopped at /vi/: no page");
        assert!(read("page\thttp://localhost:1/vi/\tmany\t100\t100\t100\t1\t1\t1\t1\t0").is_err());
        assert!(read("hello").is_err());
    }
}
