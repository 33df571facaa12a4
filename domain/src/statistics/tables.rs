//! Which counts of several tables of one population may be published together.
//!
//! Every table adds up to the same total. Where nothing is small, all is published. Where something is, the total
//! is withheld and every table withholds at least two of its counts, the smallest first, so that no subtraction
//! inside a table, or between two, gives a small one back. Where the tables together would still narrow the total so
//! far that a withheld count could not be any number below five, nothing is published; and of what several
//! contributed to, no more than the first table, since each of them knows the own part of all.

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
/// What a small count is at most.
const MOST: u32 = SMALLEST - 1;

/// Decides what is published of the tables of one population to which these contributed, each the same tables; the
/// first is the one that matters most.
pub(super) fn publish(contributors: &[Vec<Raw>]) -> Published {
    let tables = summed(contributors);
    let total: u32 = tables.first().map_or(0, |table| table.iter().sum());
    if tables.iter().flatten().all(|count| *count >= SMALLEST) {
        let tables = tables.iter().map(|table| table.iter().copied().map(Count::publish).collect()).collect();
        return Published { tables, total: Count::publish(total) };
    }
    let mut tables: Vec<Vec<Count>> = tables.iter().map(withhold).collect();
    let kept = match contributors {
        [_] if leaves_room(&tables) => tables.len(),
        [_] => 0,
        // Each contributor knows the own part, and no margin that is public is wide enough for all of them: one table
        // alone cannot be held against another.
        _ => 1,
    };
    tables.iter_mut().skip(kept).flatten().for_each(|count| *count = Count::WITHHELD);
    Published { tables, total: Count::WITHHELD }
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

/// The tables of all contributors together.
fn summed(contributors: &[Vec<Raw>]) -> Vec<Raw> {
    let shape = contributors.first().map(Vec::as_slice).unwrap_or_default();
    let cell = |table: usize, place: usize| {
        let own = contributors.iter().map(|own| part(own, table, place));
        sum_of(&own.collect::<Vec<u32>>())
    };
    let row = |(table, raw): (usize, &Raw)| (0..raw.len()).map(|place| cell(table, place)).collect();
    shape.iter().enumerate().map(row).collect()
}

fn part(own: &[Raw], table: usize, place: usize) -> u32 {
    own.get(table).and_then(|table| table.get(place)).copied().unwrap_or(0)
}

/// Of a sum over several contributors: may it be published without telling any one of them the small rest?
fn sum_of(contributors: &[u32]) -> u32 {
    let sum: u32 = contributors.iter().sum();
    let rest_is_small = contributors.len() > 1 && contributors.iter().any(|own| sum - own < SMALLEST);
    if rest_is_small { 0 } else { sum }
}

/// Could, for somebody who knows this very rule, every withheld count be any number below five?
///
/// INVARIANT: what is answered depends on what would be published alone, so the answer itself tells nothing more.
fn leaves_room(tables: &[Vec<Count>]) -> bool {
    let (mut least, mut most) = (0, u32::MAX);
    for table in tables {
        let (from, to) = bounds(table);
        least = least.max(from);
        most = most.min(to);
    }
    most >= least.saturating_add(MOST)
}

/// Between which numbers one table places the total, each of which is possible.
fn bounds(table: &[Count]) -> (u32, u32) {
    let shown = table.iter().filter_map(|count| count.published());
    let withheld = table.iter().filter(|count| count.is_withheld()).count();
    let least: u32 = shown.clone().sum();
    let room = if withheld > TOGETHER {
        // All of them are small.
        u32::try_from(withheld).unwrap_or(u32::MAX).saturating_mul(MOST)
    } else {
        // One of them may have been withheld for the other's sake: then it is smaller than any that is shown.
        shown.min().map_or(u32::MAX, |shown| MOST + shown - 1)
    };
    (least, least.saturating_add(room))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use std::collections::BTreeMap;

    use super::*;

    fn vectors(length: usize, most: u32) -> Vec<Raw> {
        (0..length).fold(vec![vec![]], |known, _| {
            known.iter().flat_map(|v| (0..=most).map(move |n| [v.clone(), vec![n]].concat())).collect()
        })
    }

    /// Every pair of tables of one population, among these.
    fn pairs(all: &[Raw]) -> Vec<Vec<Raw>> {
        let mut by_total: BTreeMap<u32, Vec<&Raw>> = BTreeMap::new();
        for table in all {
            by_total.entry(table.iter().sum()).or_default().push(table);
        }
        by_total
            .values()
            .flat_map(|tables| {
                tables.iter().flat_map(move |a| tables.iter().map(|b| vec![(*a).clone(), (*b).clone()]))
            })
            .collect()
    }

    /// Tries every population that would be published in the same way; each withheld count of the unknown part
    /// must have been any number below five in one of them.
    fn nothing_is_worked_out(worlds: &[Vec<Raw>], known: Option<&[Raw]>) {
        let mut seen: BTreeMap<Vec<Option<u32>>, Vec<u32>> = BTreeMap::new();
        for world in worlds {
            let mut contributors = vec![world.clone()];
            contributors.extend(known.map(<[Raw]>::to_vec));
            let published = publish(&contributors);
            let shown = published.tables.iter().flatten().map(|count| count.published()).collect();
            let possible = seen.entry(shown).or_insert_with(|| vec![0; world.iter().map(Vec::len).sum()]);
            for (possible, raw) in possible.iter_mut().zip(world.iter().flatten()) {
                *possible |= 1 << raw;
            }
        }
        for (shown, possible) in seen {
            for (shown, possible) in shown.iter().zip(&possible) {
                assert!(shown.is_some() || possible & 0b1_1111 == 0b1_1111, "{shown:?} {possible:b}");
            }
        }
    }

    #[test]
    fn whoever_knows_the_rule_cannot_work_a_withheld_count_out() {
        nothing_is_worked_out(&pairs(&vectors(3, 15)), None);
    }

    #[test]
    fn nor_can_a_cell_that_knows_its_own_part_of_a_region() {
        let rests = pairs(&vectors(3, 15));
        for own in [
            [vec![0, 0, 0], vec![0, 0, 0]],
            [vec![6, 7, 8], vec![7, 7, 7]],
            [vec![20, 1, 0], vec![9, 9, 3]],
            [vec![0, 0, 15], vec![5, 5, 5]],
        ] {
            nothing_is_worked_out(&rests, Some(&own));
        }
    }

    #[test]
    fn tables_that_together_pin_the_total_are_not_published() {
        // The second table alone says that there are at least fifteen, the first that there are at most fifteen.
        let published = publish(&[vec![vec![5, 5, 5], vec![0, 0, 15]]]);
        assert!(published.tables.iter().flatten().all(|count| count.is_withheld()));
        let roomy = publish(&[vec![vec![5, 5, 20], vec![0, 0, 30]]]);
        assert_eq!(
            roomy.tables.concat().iter().filter_map(|count| count.published()).collect::<Vec<_>>(),
            [20, 30]
        );
    }

    #[test]
    fn nothing_below_five_is_ever_written() {
        for table in vectors(4, 7) {
            let published = serde_json::to_string(&publish(&[vec![table.clone()]]).tables).unwrap();
            for small in ["0", "1", "2", "3", "4"] {
                assert!(!published.contains(small), "{table:?} {published}");
            }
        }
    }

    #[test]
    fn one_small_count_never_stands_alone_beside_a_total() {
        let published = publish(&[vec![vec![30, 20, 3], vec![25, 28]]]);
        assert!(published.total.is_withheld());
        for table in &published.tables {
            assert!(table.iter().filter(|count| count.is_withheld()).count() >= 2);
        }
        let clean = publish(&[vec![vec![30, 20, 5], vec![25, 30]]]);
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
