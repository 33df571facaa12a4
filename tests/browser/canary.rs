//! Nothing in a page, shown or hidden, holds what its reader may not know.

use tests::{
    chromium::{Chromium, DESK},
    harness::{House, telling_values},
};

/// Everything a page keeps: its words, hidden ones too, its comments, titles and attributes, what its fields hold,
/// what it put aside in the browser, and the documents that it offers to take along.
const ALL_OF_IT: &str = "
    const done = arguments[arguments.length - 1];
    const kept = [document.title];
    const walk = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    for (let node = walk.currentNode; node; node = walk.nextNode()) {
        if (node.nodeType !== Node.ELEMENT_NODE) { kept.push(node.nodeValue ?? ''); continue; }
        for (const attribute of node.attributes) kept.push(attribute.value);
        if ('value' in node) kept.push(String(node.value));
        if (node.matches('template')) kept.push(node.innerHTML);
    }
    for (const store of [localStorage, sessionStorage]) kept.push(JSON.stringify({ ...store }));
    kept.push(JSON.stringify(history.state), document.cookie);
    const offered = [...document.querySelectorAll('a[href*=\"format=\"], a[download]')].map((link) => link.href);
    Promise.all(offered.map((href) => fetch(href).then((answer) => answer.text())))
        .then((taken) => done([offered.length, kept.concat(taken).join('\\u0000')]));";

#[test]
fn no_page_holds_hidden_or_shown_what_its_reader_may_not_know() {
    let house = House::estrie();
    let values = telling_values();
    let file = format!("/dossiers/{}", house.file().id);
    let (mut withheld, mut offered) = (0, 0);
    for key in ["amina", "marc", "yves", "rose", "karine", "louise", "pascal", "aline", "eric", "dominic"] {
        let reads = house.sign_in(key).for_purpose("safety_planning").get(&house.file_path());
        let reads = if reads.status == 200 { reads.text } else { String::new() };
        let browser = Chromium::open(house.address, DESK).signed_in(key);
        let of_file =
            ["", "/chronologie", "/pieces", "/cercle", "/consentements", "/appreciations", "/levees"];
        let of_file = of_file.iter().map(|page| format!("{file}{page}"));
        let writing = ["/faits/nouveau", "/levees/nouvelle"].iter().map(|page| format!("{file}{page}"));
        let journal = format!("/journal?file={}", house.file().id);
        let others =
            ["/accueil", "/dossiers", "/messages", "/cellule", "/registres", "/statistiques", &journal];
        let others = others.iter().map(|path| (*path).to_owned());
        for path in of_file.chain(writing).chain(others) {
            browser.go(&path);
            let kept = browser.ask_later(ALL_OF_IT);
            offered += kept[0].as_u64().unwrap();
            let kept = kept[1].as_str().unwrap();
            for value in values.iter().filter(|value| !reads.contains(value.as_str())) {
                withheld += 1;
                assert!(!kept.contains(value.as_str()), "{key} {path}: “{value}”");
            }
        }
        // What it shows, it holds: the look goes as deep as it says.
        if key == "amina" {
            browser.go(&file);
            let kept = browser.ask_later(ALL_OF_IT);
            assert!(kept[1].as_str().unwrap().contains("819-555-0142"));
        }
    }
    assert!(withheld > 500, "{withheld}");
    assert!(offered > 0, "documents were looked at too");
}
