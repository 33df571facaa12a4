//! Which counts of several tables of one population may be published together.
//!
//! Every table adds up to the same total. Where nothing is small, all is published. Where something is, the total
//! is withheld and every table withholds at least two of its counts, the smallest first, so that no subtraction
//! inside a table, or between two, gives a small one back.

use super::count::{Count, SMALLEST};

/// A table of raw counts that add up to the population.
pub(super) type Raw = Vec<u32>;

/// Tables as they may be published, and the total.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Published {
    pub tables: Vec<Vec<Count>>,
    pub total: Count,
}

/// How many counts a table withholds at least, once anything is withheld.
const TOGETHER: usize = 2;

/// Decides what is published of these tables of one population.
pub(super) fn publish(tables: &[Raw]) -> Published {
    let total: u32 = tables.first().map_or(0, |table| table.iter().sum());
    if tables.iter().flatten().all(|count| *count >= SMALLEST) {
        let tables = tables.iter().map(|table| table.iter().copied().map(Count::publish).collect()).collect();
        return Published { tables, total: Count::publish(total) };
    }
    Published { tables: tables.iter().map(withhold).collect(), total: Count::WITHHELD }
}

fn withhold(table: &Raw) -> Vec<Count> {
    let mut published: Vec<Count> = table.iter().copied().map(Count::publish).collect();
    let mut smallest: Vec<usize> = (0..table.len()).collect();
    smallest.sort_by_key(|place| (table.get(*place).copied().unwrap_or(0), *place));
    for place in smallest.into_iter().take(TOGETHER) {
        if let Some(count) = published.get_mut(place) {
            *count = Count::WITHHELD;
        }
    }
    published
}

/// Of a sum over several contributors: may it be published without telling any one of them the small rest?
pub(super) fn sum_of(contributors: &[u32]) -> u32 {
    let sum: u32 = contributors.iter().sum();
    let rest_is_small = contributors.len() > 1 && contributors.iter().any(|own| sum - own < SMALLEST);
    if rest_is_small { 0 } else { sum }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn vectors(length: usize, most: u32) -> Vec<Raw> {
        (0..length).fold(vec![vec![]], |known, _| {
            known.iter().flat_map(|v| (0..=most).map(move |n| [v.clone(), vec![n]].concat())).collect()
        })
    }

    /// Somebody who knows the rule, every published number and that nothing exceeds `most` tries every population.
    #[test]
    fn whoever_knows_the_rule_cannot_work_a_withheld_count_out() {
        let all = vectors(3, 9);
        let mut seen: BTreeMap<String, Vec<BTreeSet<u32>>> = BTreeMap::new();
        for a in &all {
            for b in all.iter().filter(|b| b.iter().sum::<u32>() == a.iter().sum::<u32>()) {
                let published = publish(&[a.clone(), b.clone()]);
                let candidates = seen
                    .entry(serde_json::to_string(&published.tables).unwrap())
                    .or_insert_with(|| vec![BTreeSet::new(); 6]);
                for (slot, raw) in candidates.iter_mut().zip(a.iter().chain(b)) {
                    slot.insert(*raw);
                }
            }
        }
        for (published, candidates) in seen {
            let flat: Vec<Option<u32>> =
                serde_json::from_str::<Vec<Vec<Option<u32>>>>(&published).unwrap().concat();
            for (shown, candidates) in flat.iter().zip(&candidates) {
                if shown.is_none() {
                    assert!(candidates.len() >= 2, "{published} {candidates:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_below_five_is_ever_written() {
        for table in vectors(4, 7) {
            let published = serde_json::to_string(&publish(std::slice::from_ref(&table)).tables).unwrap();
            for small in ["0", "1", "2", "3", "4"] {
                assert!(!published.contains(small), "{table:?} {published}");
            }
        }
    }

    #[test]
    fn one_small_count_never_stands_alone_beside_a_total() {
        let published = publish(&[vec![30, 20, 3], vec![25, 28]]);
        assert!(published.total.is_withheld());
        for table in &published.tables {
            assert!(table.iter().filter(|count| count.is_withheld()).count() >= 2);
        }
        let clean = publish(&[vec![30, 20, 5], vec![25, 30]]);
        assert!(!clean.total.is_withheld());
    }

    #[test]
    fn a_region_does_not_tell_one_cell_what_the_other_has() {
        assert_eq!(sum_of(&[40, 3]), 0);
        assert_eq!(sum_of(&[40, 6]), 46);
        assert_eq!(sum_of(&[40]), 40);
        assert_eq!(sum_of(&[3, 3, 3]), 9);
    }
}
