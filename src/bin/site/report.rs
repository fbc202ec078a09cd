//! The report: every problem with its line of source, in the order of the files.

use crate::problem::Problem;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The whole report with its closing line. `files` is how many files were read.
pub(crate) fn report(mut problems: Vec<Problem>, files: usize) -> String {
    problems.sort_by(|a, b| a.order().cmp(&b.order()));
    problems.dedup();
    let mut text = String::new();
    for problem in &problems {
        text.push_str(&entry(problem));
        text.push('\n');
    }
    text.push_str(&closing(&problems, files));
    text.push('\n');
    text
}

/// One problem as it is printed.
fn entry(problem: &Problem) -> String {
    let mut text = format!("error: {}\n", one_line(&problem.message));
    let mut gutter = String::from(" ");
    if let Some(place) = &problem.place {
        let number = place.line.to_string();
        gutter = " ".repeat(number.len());
        let _ = writeln!(text, "{gutter}--> {}:{}:{}", one_line(&problem.file), place.line, place.column);
        let _ = writeln!(text, "{gutter} |");
        let _ = writeln!(text, "{}", format!("{number} | {}", place.excerpt).trim_end());
        let _ = writeln!(text, "{gutter} | {}^", " ".repeat(place.caret));
    } else {
        let _ = writeln!(text, "{gutter}--> {}", one_line(&problem.file));
    }
    if let Some(remedy) = &problem.remedy {
        let _ = writeln!(text, "{gutter} = help: {}", one_line(remedy));
    }
    text
}

/// Control characters out of file names and texts stay out of the terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || crate::place::is_invisible(c) { '\u{fffd}' } else { c }).collect()
}

fn closing(problems: &[Problem], files: usize) -> String {
    let named: BTreeSet<&str> = problems.iter().map(|problem| problem.file.as_str()).collect();
    if problems.is_empty() {
        format!("checked {}: no problems", count(files, "file"))
    } else {
        format!("{} in {}", count(problems.len(), "problem"), count(named.len(), "file"))
    }
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;

    #[test]
    fn a_problem_is_shown_with_its_place_and_remedy() {
        let text = "\n".repeat(18) + "  \"tittle\": 1";
        let problem = Problem::at("vi.json", Place::new(&text, 20), "unknown key").help("write \"title\"");
        let expected = "error: unknown key\n  --> vi.json:19:3\n   |\n19 |   \"tittle\": 1\n   |   ^\n   = help: write \"title\"\n\n1 problem in 1 file\n";
        assert_eq!(report(vec![problem.clone(), problem], 4), expected);
    }

    #[test]
    fn problems_are_sorted_by_file_line_and_column() {
        let at = |file: &str, offset| Problem::at(file, Place::new("ab\ncd", offset), "x");
        let text = report(vec![at("b", 4), at("b", 1), at("a", 3), Problem::with_file("b", "y")], 2);
        let places: Vec<&str> = text.lines().filter_map(|line| line.split_once("--> ")).map(|(_, at)| at).collect();
        assert_eq!(places, ["a:2:1", "b", "b:1:2", "b:2:2"]);
        assert!(text.ends_with("4 problems in 2 files\n"));
    }

    #[test]
    fn a_clean_folder_is_reported_with_what_was_read() {
        assert_eq!(report(Vec::new(), 7), "checked 7 files: no problems\n");
    }
}
