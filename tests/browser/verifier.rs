//! The page that verifies the log from a disk and the command that does are two; they must never disagree.

use std::io::Cursor;

use proof::{Bundle, Checkpoint, Frontier, Hash, Leaf, Signer, verify};
use serde_json::{Value, json};
use tests::{
    chromium::{Chromium, DESK},
    harness::House,
};

/// A log of some lines, with its pieces and a kept text of two points.
struct Log {
    signer: Signer,
    pieces: [String; 2],
    kept: String,
}

fn log() -> Log {
    let signer = Signer::new("filet/journal/essai", &[9; 32]);
    let leaf = |n: usize| {
        let row = format!("{{\"act\":\"file.read\",\"n\":{n},\"policy\":\"é\u{2028}\"}}");
        let hash = Hash::of_leaf(row.as_bytes());
        if n % 4 == 3 { Leaf::Hidden(hash) } else { Leaf::Row(hash, row) }
    };
    let leaves: Vec<Leaf> = (0..13).map(leaf).collect();
    let tree = |size: usize| {
        let mut tree = Frontier::empty();
        for leaf in &leaves[..size] {
            tree.push(leaf.hash());
        }
        tree
    };
    let point = |size: usize| {
        let signed_at = "2026-11-22T15:00:00.123456Z".parse().unwrap();
        signer.sign(&Checkpoint { size: tree(size).size(), root: tree(size).root(), signed_at })
    };
    let piece = |since: usize, size: usize| {
        let key = signer.verifier().to_string();
        let from = (since > 0).then(|| point(since));
        let leaves = leaves[since..size].to_vec();
        Bundle { key, start: tree(since), from, checkpoint: point(size), leaves }.to_string()
    };
    let pieces = [piece(0, 6), piece(6, 13)];
    let kept = format!("{}\n{}", point(2), point(9));
    Log { pieces, kept, signer }
}

/// Damages a text in one of many ways, each number another.
fn damaged(text: &str, number: usize) -> String {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let at = places[(number * 7919) % places.len()];
    let (before, rest) = text.split_at(at);
    let mut rest = rest.chars();
    let here = rest.next().unwrap();
    let rest = rest.as_str();
    let put = [' ', '0', '1', 'a', 'Z', '+', '-', '=', '"', '\n', '\r', ',', '\u{2028}'][number % 13];
    match number % 5 {
        0 => format!("{before}{rest}"),
        1 => format!("{before}{here}{here}{rest}"),
        2 => format!("{before}{put}{here}{rest}"),
        3 => {
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            let (one, other) = (number % lines.len(), (number / 3) % lines.len());
            lines.swap(one, other);
            lines.concat()
        }
        _ => format!("{before}{put}{rest}"),
    }
}

#[test]
fn the_page_and_the_command_agree_on_every_text_however_damaged() {
    let log = log();
    let [first, second] = log.pieces.clone();
    let mut cases = vec![
        (vec![first.clone(), second.clone()], log.kept.clone()),
        (vec![second.clone(), first.clone(), first.clone()], log.kept.clone()),
        (vec![first.replace('\n', "\r\n"), second.clone()], log.kept.replace('\n', "\r\n")),
        (vec![first.trim_end().to_owned(), second.clone()], format!("Bonjour,\n\n{}", log.kept)),
        (vec![first.clone()], log.kept.clone()),
        (vec![second.clone()], log.kept.clone()),
        (vec![first.replace("row ", "row  "), second.clone()], log.kept.clone()),
        (vec![first.replace("hidden", "altered"), second.clone()], log.kept.clone()),
        (vec![first.replace("\"since\":0", "\"since\":0.0"), second.clone()], log.kept.clone()),
        (vec![first.clone(), second.replace("\"since\":6", "\"since\":9007199254740993")], log.kept.clone()),
        (vec![format!("\u{feff}{first}"), second.clone()], log.kept.clone()),
        (vec![first.clone(), second.clone()], "rien".to_owned()),
    ];
    for number in 0..600 {
        cases.push(match number % 3 {
            0 => (vec![damaged(&first, number), second.clone()], log.kept.clone()),
            1 => (vec![first.clone(), damaged(&second, number)], log.kept.clone()),
            _ => (vec![first.clone(), second.clone()], damaged(&log.kept, number)),
        });
    }
    let key = log.signer.verifier();
    let by_command: Vec<bool> = cases
        .iter()
        .map(|(pieces, kept)| {
            let pieces = pieces.iter().map(|text| Cursor::new(text.clone())).collect();
            verify(pieces, Some(key.clone()), std::slice::from_ref(kept)).is_ok()
        })
        .collect();
    assert!(by_command[..4].iter().all(|whole| *whole), "what is undamaged is whole: {:?}", &by_command[..4]);
    let whole = by_command.iter().filter(|whole| **whole).count();
    assert!(whole < cases.len() / 4, "{whole} of {} damaged texts still say the same", cases.len());

    let disk = tempfile::tempdir().unwrap();
    let page = disk.path().join("verificateur.html");
    std::fs::write(&page, proof::PAGE).unwrap();
    let house = House::estrie();
    let chromium = Chromium::open(house.address, DESK);
    chromium.open_from_disk(&page);
    let given: Vec<Value> = cases.iter().map(|(pieces, kept)| json!([pieces, kept])).collect();
    let script = format!(
        "const done = arguments[arguments.length - 1];
         (async () => {{
            const told = [];
            for (const [pieces, kept] of {}) {{
                try {{ await verify(pieces, {}, [kept], () => {{}}); told.push(true); }}
                catch (error) {{ told.push(error instanceof Flaw ? false : String(error)); }}
            }}
            done(told);
         }})();",
        json!(given),
        json!(key.to_string())
    );
    let by_page = chromium.ask_later(&script);
    for (n, (command, page)) in by_command.iter().zip(by_page.as_array().unwrap()).enumerate() {
        assert_eq!(&json!(command), page, "case {n}: {:?}", cases[n]);
    }
    assert_eq!(by_page.as_array().unwrap().len(), cases.len());
}
