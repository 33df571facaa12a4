//! What an operator might try, each found by whoever kept one point.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says so")]

use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::{Bundle, Checkpoint, Frontier, Leaf, Signer};

const SEED: [u8; 32] = [3; 32];

fn signer() -> Signer {
    Signer::new("filet.example/journal", &SEED)
}

fn lines(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("{{\"act\":\"file.read\",\"n\":{n}}}")).collect()
}

/// The log as it is written down: every third line belongs to somebody else.
fn leaves(lines: &[String]) -> Vec<Leaf> {
    let leaf = |(n, line): (usize, &String)| {
        let hash = Hash::of_leaf(line.as_bytes());
        if n % 3 == 2 { Leaf::Hidden(hash) } else { Leaf::Row(hash, line.clone()) }
    };
    lines.iter().enumerate().map(leaf).collect()
}

fn tree(leaves: &[Leaf]) -> Frontier {
    let mut tree = Frontier::empty();
    for leaf in leaves {
        tree.push(leaf.hash());
    }
    tree
}

fn point(leaves: &[Leaf], size: usize) -> String {
    let tree = tree(&leaves[..size]);
    let signed_at = "2026-11-22T15:00:00Z".parse().unwrap();
    signer().sign(&Checkpoint { size: tree.size(), root: tree.root(), signed_at })
}

/// The piece between two sizes.
fn piece(leaves: &[Leaf], since: usize, size: usize) -> String {
    Bundle {
        key: signer().verifier().to_string(),
        start: tree(&leaves[..since]),
        from: (since > 0).then(|| point(leaves, since)),
        checkpoint: point(leaves, size),
        leaves: leaves[since..size].to_vec(),
    }
    .to_string()
}

fn verified(pieces: &[String], kept: &[String]) -> Result<Proven, Flaw> {
    let pieces = pieces.iter().map(|text| Cursor::new(text.clone())).collect();
    verify(pieces, Some(signer().verifier()), kept)
}

proptest! {
    #[test]
    fn whatever_the_pieces_and_whatever_was_kept_an_honest_log_is_proven(
        count in 1usize..120, cuts in prop::collection::vec(0usize..120, 0..4), kept in prop::collection::vec(0usize..120, 0..4),
    ) {
        let all = leaves(&lines(count));
        let mut ends: Vec<usize> = cuts.into_iter().filter(|cut| *cut > 0 && *cut < count).collect();
        ends.sort_unstable();
        ends.dedup();
        ends.push(count);
        let mut since = 0;
        let mut pieces = Vec::new();
        for end in ends {
            pieces.push(piece(&all, since, end));
            since = end;
        }
        pieces.reverse();
        let kept: Vec<String> = kept.into_iter().filter(|n| *n <= count).map(|n| point(&all, n)).collect();
        let proven = verified(&pieces, &kept).unwrap();
        let counted = [proven.size, proven.rows, proven.hidden].map(|count| usize::try_from(count).unwrap());
        prop_assert_eq!(counted, [count, count - count / 3, count / 3]);
        prop_assert_eq!((proven.since, proven.kept), (0, kept.len()));
    }

    #[test]
    fn a_log_made_again_without_one_line_is_found_out_by_whoever_kept_a_point(
        count in 2usize..80, removed in 0usize..80, kept in 1usize..80,
    ) {
        let (removed, kept) = (removed % count, kept.min(count));
        prop_assume!(removed < kept);
        let point = point(&leaves(&lines(count)), kept);
        let mut other = lines(count);
        other.remove(removed);
        let other = leaves(&other);
        // The operator signs anew, with the true key, and shows a log that is whole in itself.
        let shown = [piece(&other, 0, other.len())];
        prop_assert!(verified(&shown, &[]).is_ok());
        prop_assert!(verified(&shown, &[point]).is_err());
    }
}

#[test]
fn a_line_that_was_altered_or_removed_is_named() {
    let honest = lines(9);
    let signed = leaves(&honest);
    let mut shown = signed.clone();
    shown[3] = Leaf::Row(signed[3].hash(), honest[3].replace("read", "list"));
    let text = piece(&signed, 0, 9).replace(&signed[3].to_string(), &shown[3].to_string());
    assert!(matches!(verified(&[text], &[]), Err(Flaw::Altered(4))));
    let text =
        piece(&signed, 0, 9).replace(&signed[4].to_string(), &Leaf::Gone(signed[4].hash()).to_string());
    assert!(matches!(verified(&[text], &[]), Err(Flaw::Gone(5))));
}

#[test]
fn a_line_altered_together_with_its_hash_is_not_what_was_signed() {
    let signed = leaves(&lines(9));
    let other = r#"{"act":"file.list"}"#;
    let shown = Leaf::Row(Hash::of_leaf(other.as_bytes()), other.to_owned());
    let text = piece(&signed, 0, 9).replace(&signed[3].to_string(), &shown.to_string());
    assert!(matches!(verified(&[text], &[]), Err(Flaw::Root(9))));
}

#[test]
fn a_line_left_out_or_written_twice_is_counted() {
    let signed = leaves(&lines(9));
    let whole = piece(&signed, 0, 9);
    let short = whole.replace(&signed[8].to_string(), "");
    assert!(matches!(verified(&[short], &[]), Err(Flaw::Count { signed: 9, found: 8, .. })));
    let long = format!("{whole}{}", signed[8]);
    assert!(matches!(verified(&[long], &[]), Err(Flaw::Count { signed: 9, found: 10, .. })));
}

#[test]
fn a_log_cut_short_is_told_from_one_that_did_not_grow() {
    let all = leaves(&lines(9));
    let kept = point(&all, 9);
    assert!(matches!(
        verified(&[piece(&all, 0, 7)], std::slice::from_ref(&kept)),
        Err(Flaw::Shorter { size: 7, kept: 9 })
    ));
    assert!(verified(&[piece(&all, 0, 9)], &[kept]).is_ok());
}

#[test]
fn a_piece_that_is_missing_is_named_and_what_lies_before_is_not_called_proven() {
    let all = leaves(&lines(9));
    let gap = verified(&[piece(&all, 0, 3), piece(&all, 5, 9)], &[]);
    assert!(matches!(gap, Err(Flaw::Gap(4, 5))));
    let late = verified(&[piece(&all, 5, 9)], &[point(&all, 5)]).unwrap();
    assert_eq!((late.since, late.size), (5, 9));
    assert!(matches!(verified(&[piece(&all, 5, 9)], &[point(&all, 3)]), Err(Flaw::Before(3))));
    // A tree to begin with that is not the one that was signed.
    let other = leaves(&lines(12).split_off(3));
    let text =
        piece(&all, 5, 9).replace(&tree(&all[..5]).peaks()[0].hex(), &tree(&other[..4]).peaks()[0].hex());
    assert!(matches!(verified(&[text], &[]), Err(Flaw::Root(5))));
}

#[test]
fn every_point_of_a_text_that_holds_several_is_looked_at() {
    let all = leaves(&lines(9));
    let mut other = lines(9);
    other[4] = other[4].replace("read", "list");
    let kept = format!("{}\n{}", point(&all, 3), point(&all, 7));
    assert_eq!(verified(&[piece(&all, 0, 9)], std::slice::from_ref(&kept)).unwrap().kept, 2);
    assert!(matches!(verified(&[piece(&leaves(&other), 0, 9)], &[kept]), Err(Flaw::Root(7))));
}

#[test]
fn another_key_signs_another_log() {
    let all = leaves(&lines(4));
    let text = piece(&all, 0, 4);
    let other = Signer::new("filet.example/journal", &[4; 32]);
    let with_other = verify(vec![Cursor::new(text.clone())], Some(other.verifier()), &[]);
    assert!(matches!(with_other, Err(Flaw::Signature(1))));
    let forged =
        other.sign(&Checkpoint { size: 4, root: tree(&all).root(), signed_at: DateTime::UNIX_EPOCH });
    assert!(matches!(verified(&[text], &[forged]), Err(Flaw::KeptSignature(1))));
}

#[test]
fn what_is_no_piece_of_a_log_is_said_to_be_none() {
    assert!(matches!(verified(&[], &[]), Err(Flaw::Nothing)));
    let all = leaves(&lines(4));
    let whole = piece(&all, 0, 4);
    for text in [
        String::new(),
        "{}\n".to_owned(),
        whole.replace("row ", "line "),
        whole.replace("\"since\":0", "\"since\":1"),
        whole.replace(crate::FORMAT, "filet-log-proof/2"),
        whole.replacen("\"since\":0", "\"since\": 0", 1),
        whole.replacen("{\"format\"", "{\"since\":0,\"format\"", 1),
        whole.replace("row ", "row  "),
        piece(&all, 2, 4).replace(
            &serde_json::to_string(&point(&all, 2)).unwrap(),
            &serde_json::to_string(&point(&all, 3)).unwrap(),
        ),
    ] {
        assert!(matches!(verified(std::slice::from_ref(&text), &[]), Err(Flaw::Form(1))), "{text}");
    }
}
