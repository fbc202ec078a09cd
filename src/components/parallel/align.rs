//! Alignment of the parts of two texts.

/// Aligns two texts in rows. Each row says whether it takes the next part of the first text, and of
/// the second.
///
/// `belong` gives the weight of a row of two parts; parts of weight 0 never share a row. The result
/// has the greatest total weight, and of several such results the earliest pairs.
pub(super) fn align<T>(
    first: &[T],
    second: &[T],
    belong: impl Fn(&T, &T) -> u32,
) -> Vec<(bool, bool)> {
    // best[i][j]: the greatest weight of first[i..] and second[j..].
    let mut best = vec![vec![0_u32; second.len() + 1]; first.len() + 1];
    for (i, one) in first.iter().enumerate().rev() {
        for (j, other) in second.iter().enumerate().rev() {
            let together = match belong(one, other) {
                0 => 0,
                weight => weight + best[i + 1][j + 1],
            };
            best[i][j] = together.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut order = Vec::with_capacity(first.len().max(second.len()));
    while i < first.len() || j < second.len() {
        let left = best[i][j];
        let weight = if i < first.len() && j < second.len() {
            belong(&first[i], &second[j])
        } else {
            0
        };
        let step = if weight > 0 && left == weight + best[i + 1][j + 1] {
            (true, true)
        } else {
            let first_alone = i < first.len() && (j == second.len() || left == best[i + 1][j]);
            (first_alone, !first_alone)
        };
        i += usize::from(step.0);
        j += usize::from(step.1);
        order.push(step);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Aligns two texts whose parts are letters; `h` and `H` are headings.
    fn aligned(first: &str, second: &str) -> String {
        let (first, second): (Vec<char>, Vec<char>) =
            (first.chars().collect(), second.chars().collect());
        let belong = |one: &char, other: &char| match one {
            _ if one != other => 0,
            'h' | 'H' => 1000,
            _ => 1,
        };
        let (mut one, mut other) = (first.iter(), second.iter());
        let places =
            align(&first, &second, belong)
                .into_iter()
                .map(|(takes_first, takes_second)| {
                    let part = |takes: bool, rest: &mut std::slice::Iter<char>| {
                        if takes { *rest.next().unwrap() } else { '-' }
                    };
                    format!(
                        "{}{}",
                        part(takes_first, &mut one),
                        part(takes_second, &mut other)
                    )
                });
        let order = places.collect::<Vec<_>>().join(" ");
        assert!(
            one.next().is_none() && other.next().is_none(),
            "something was left over: {order}"
        );
        order
    }

    #[test]
    fn texts_of_the_same_kinds_are_paired_one_by_one() {
        assert_eq!(aligned("phplH", "phplH"), "pp hh pp ll HH");
        assert_eq!(aligned("", ""), "");
    }

    #[test]
    fn what_one_text_lacks_stands_alone() {
        assert_eq!(aligned("php", "phqp"), "pp hh -q pp");
        assert_eq!(aligned("ppq", "p"), "pp p- q-");
        assert_eq!(aligned("", "hp"), "-h -p");
        assert_eq!(aligned("hp", ""), "h- p-");
        assert_eq!(aligned("q", "p"), "q- -p");
    }

    #[test]
    fn headings_hold_the_texts_together_whatever_stands_between_them() {
        assert_eq!(aligned("pppphp", "hpppp"), "p- p- p- p- hh pp -p -p -p");
        assert_eq!(aligned("phpphp", "phphpp"), "pp hh pp p- hh pp -p");
    }
}
