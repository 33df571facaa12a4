//! The catalogues of sentences: complete in both languages, all of them used, and the French one typographically
//! right.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use tests::{
    harness::{Browser, House, Plan, demonstration},
    tour::{NOBODY, walks},
};

fn files(folder: &str, ends: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../api").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ends) {
                found.push(path);
            }
        }
    }
    found
}

/// Every sentence of a language with the variables it takes, and the words as they stand.
fn catalogue(lang: &str) -> BTreeMap<String, (BTreeSet<String>, String)> {
    let mut sentences = BTreeMap::new();
    for file in files(&format!("i18n/{lang}"), ".ftl") {
        let text = std::fs::read_to_string(&file).unwrap();
        let resource =
            parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", file.display()));
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let mut variables = BTreeSet::new();
                let mut words = String::new();
                read(&message.value.unwrap(), &mut variables, &mut words);
                let twice = sentences.insert(message.id.name.clone(), (variables, words));
                assert!(twice.is_none(), "{} stands twice in {lang}", message.id.name);
            }
        }
    }
    sentences
}

fn read(pattern: &Pattern<String>, variables: &mut BTreeSet<String>, words: &mut String) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => words.push_str(value),
            PatternElement::Placeable { expression } => match expression {
                Expression::Inline(inline) => note(inline, variables),
                Expression::Select { selector, variants } => {
                    note(selector, variables);
                    for variant in variants {
                        read(&variant.value, variables, words);
                    }
                }
            },
        }
    }
}

fn note(inline: &InlineExpression<String>, variables: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        variables.insert(id.name.clone());
    }
}

#[test]
fn every_sentence_stands_in_both_languages_with_the_same_variables() {
    let (french, english) = (catalogue("fr"), catalogue("en"));
    let shape =
        |sentences: &BTreeMap<String, (BTreeSet<String>, String)>| -> BTreeMap<String, BTreeSet<String>> {
            sentences.iter().map(|(key, (variables, _))| (key.clone(), variables.clone())).collect()
        };
    assert_eq!(shape(&french), shape(&english));
    assert!(french.len() > 50);
}

#[test]
fn the_french_is_typographically_right() {
    for (key, (_, words)) in catalogue("fr") {
        for wrong in ["'", "\"", " ?", " !", " ;", " :", "« ", " »", "..."] {
            assert!(!words.contains(wrong), "{key}: “{wrong}” in “{words}”");
        }
        let mut before = ' ';
        for letter in words.chars() {
            if ['?', '!', ';'].contains(&letter) {
                assert_eq!(before, '\u{202f}', "{key}: a thin no-break space goes before “{letter}”");
            }
            before = letter;
        }
    }
}

/// Keys named whole in templates and code: `t("…")`, `n("…")`, `x("…")`, `s("…")`.
fn named() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for file in files("templates", ".html").into_iter().chain(files("src/pages", ".rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        for call in ["t(\"", "n(\"", "x(\"", "s(\""] {
            for (at, _) in text.match_indices(call) {
                let before = text[..at].chars().next_back();
                if before == Some('.') {
                    let key = text[at + call.len()..].split('"').next().unwrap();
                    keys.insert(key.to_owned());
                }
            }
        }
    }
    keys
}

#[test]
fn every_sentence_a_page_asks_for_exists_and_none_is_left_over() {
    let french = catalogue("fr");
    let named = named();
    let missing: Vec<_> = named.iter().filter(|key| !french.contains_key(*key)).collect();
    assert!(missing.is_empty(), "asked for and not there: {missing:?}");
    let code: String = files("src/pages", ".rs")
        .into_iter()
        .chain(files("templates", ".html"))
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    // Keys made of a stem and a code, such as `role-` and a role.
    let stem = |key: &str| key.match_indices('-').any(|(at, _)| code.contains(&format!("\"{}", &key[..=at])));
    let unused: Vec<_> = french
        .keys()
        .filter(|key| !named.contains(*key) && !code.contains(&format!("\"{key}\"")) && !stem(key))
        .collect();
    assert!(unused.is_empty(), "there and never asked for: {unused:?}");
}

/// A key made of a stem and a code may be named by no text of the code: the pages themselves tell.
#[test]
fn no_page_asks_for_a_sentence_that_does_not_exist() {
    let house = House::build(Plan { scenario: demonstration(), ..Plan::default() });
    for walk in walks(&house) {
        let browser = if walk.persona == NOBODY {
            Browser::stranger(&house)
        } else {
            Browser::signed_in(&house, walk.persona)
        };
        for stop in walk.stops {
            let page = browser.get(&stop.path);
            assert!(!page.html.contains("Unknown localization"), "{}: {}", stop.name, page.words());
        }
    }
}
