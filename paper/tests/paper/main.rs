//! What comes out of the printer, read back.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::tests_outside_test_module,
    reason = "a test stops at the first surprise"
)]

mod anything;

use chrono::NaiveDate;
use lopdf::Object;
use paper::{Block, Definition, Document, Fault, Language, Section, Sheet, Table};

fn empty() -> Document {
    Document {
        title: "Rencontre de la cellule de l’Estrie".to_owned(),
        language: Language::Fr,
        classification: Some("Renseignements confidentiels — ne pas reproduire".to_owned()),
        footer: "Copie de Maison de l’Estran — 25 novembre 2026".to_owned(),
        made_on: NaiveDate::from_ymd_opt(2026, 11, 25).unwrap(),
        opening: Vec::new(),
        sections: Vec::new(),
    }
}

fn with(blocks: Vec<Block>) -> Document {
    Document {
        sections: vec![Section { heading: "Situation".to_owned(), blocks, sections: Vec::new() }],
        ..empty()
    }
}

fn definition(term: &str, text: &str) -> Definition {
    Definition { term: term.to_owned(), texts: vec![text.to_owned()] }
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|&text| text.to_owned()).collect()
}

fn sample() -> Document {
    let attendance = Table {
        caption: "Présences, par organisme".to_owned(),
        columns: texts(&["Organisme", "Personne", "Arrivée", "Départ", "Engagement lu"]),
        named_rows: true,
        rows: vec![
            texts(&["Maison de l’Estran", "Louise Gagné, intervenante", "13 h 30", "15 h 05", "oui"]),
            texts(&[
                "Service de police de Sherbrooke",
                "Marc Tremblay, sergent-détective",
                "13 h 30",
                "14 h 40",
                "oui",
            ]),
            texts(&["CIUSSS de l’Estrie", "Aïcha Benali, travailleuse sociale", "13 h 45", "15 h 05", "oui"]),
            texts(&["Direction de la protection de la jeunesse", "Étienne Roy", "13 h 30", "15 h 05", "oui"]),
        ],
    };
    let measures = Table {
        caption: "Mesures décidées".to_owned(),
        columns: texts(&["Mesure", "Responsable", "Échéance", "Si elle échoue"]),
        named_rows: true,
        rows: vec![
            texts(&[
                "Accompagner la personne pour récupérer ses effets personnels au domicile",
                "Service de police",
                "26 novembre 2026",
                "Appeler la coordination le jour même",
            ]),
            texts(&[
                "Place réservée en hébergement pour deux nuits, avec les enfants",
                "Maison de l’Estran",
                "25 novembre 2026",
                "Hébergement d’urgence à Magog",
            ]),
            texts(&[
                "Vérifier les conditions de remise en liberté",
                "Poursuites criminelles",
                "27 novembre 2026",
                "Aviser la personne et la cellule",
            ]),
        ],
    };
    Document {
        opening: vec![Block::Definitions(vec![
            definition("Rencontre", "25 novembre 2026, de 13 h 30 à 15 h 05, par visioconférence"),
            definition("Territoire", "Estrie"),
            definition("Présidence", "Aïcha Benali, coordonnatrice de la cellule"),
            definition("Dossier", "EST-2026-7KQ4"),
        ])],
        sections: vec![
            Section { heading: "Présences".to_owned(), blocks: vec![Block::Table(attendance)], sections: Vec::new() },
            Section {
                heading: "Ce qui a été partagé".to_owned(),
                blocks: vec![Block::Paragraph("Chaque renseignement est donné avec sa source, la date où il a été connu et son degré de certitude. Il ne peut servir qu’à la planification de la sécurité des personnes exposées.".to_owned())],
                sections: vec![
                    Section {
                        heading: "Antécédents de violence".to_owned(),
                        blocks: vec![Block::List(texts(&[
                            "Menaces de mort proférées devant témoins (source : Service de police de Sherbrooke ; connu le 12 novembre 2026 ; rapporté).",
                            "Étranglement au printemps 2026 (source : Maison de l’Estran ; connu le 20 novembre 2026 ; rapporté par la personne).",
                        ]))],
                        sections: Vec::new(),
                    },
                    Section {
                        heading: "Niveau de risque retenu".to_owned(),
                        blocks: vec![Block::Paragraph("Élevé, à l’unanimité. La situation sera revue dans sept jours ou dès qu’un fait nouveau est connu.".to_owned())],
                        sections: Vec::new(),
                    },
                ],
            },
            Section {
                heading: "Plan d’intervention".to_owned(),
                blocks: vec![
                    Block::Table(measures),
                    Block::Paragraph("Ce qu’il ne faut pas faire :".to_owned()),
                    Block::Steps(texts(&["Ne pas téléphoner au domicile.", "Ne laisser aucun message écrit ou vocal.", "Ne pas communiquer avec l’auteur présumé sans l’accord de la cellule."])),
                ],
                sections: Vec::new(),
            },
            Section {
                heading: "Signatures".to_owned(),
                blocks: vec![Block::Signatures(texts(&["Aïcha Benali, coordonnatrice\nDate :", "Marc Tremblay, répondant\nDate :"]))],
                sections: Vec::new(),
            },
        ],
        ..empty()
    }
}

fn said(bytes: &[u8]) -> String {
    let pdf = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    // Lines are broken where the page asks for it; a soft break inside a word is not part of the word.
    pdf.extract_text(&pages)
        .unwrap()
        .split_whitespace()
        .collect::<String>()
        .replace(['\u{200B}', '\u{AD}'], "")
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn printed(document: &Document) -> Vec<u8> {
    paper::pdf(document, Sheet::Letter).unwrap()
}

#[test]
fn a_pdf_is_tagged_and_says_its_language_standard_and_maker() {
    let pdf = lopdf::Document::load_mem(&printed(&sample())).unwrap();
    let root = pdf.catalog().unwrap();
    assert!(root.has(b"StructTreeRoot"));
    assert_eq!(root.get(b"Lang").unwrap().as_str().unwrap(), b"fr-CA");
    let mark = pdf.dereference(root.get(b"MarkInfo").unwrap()).unwrap().1.as_dict().unwrap();
    assert!(mark.get(b"Marked").unwrap().as_bool().unwrap());
    let (_, Object::Stream(xmp)) = pdf.dereference(root.get(b"Metadata").unwrap()).unwrap() else {
        panic!("no XMP")
    };
    let xmp = String::from_utf8(xmp.get_plain_content().unwrap_or_else(|_| xmp.content.clone())).unwrap();
    assert!(xmp.contains("pdfuaid:part") && xmp.contains("Rencontre de la cellule"), "{xmp}");
    assert!(xmp.contains("<rdf:li>Filet</rdf:li>") && xmp.contains("2026-11-25T00:00:00"), "{xmp}");
    assert!(!xmp.contains("Louise") && !xmp.contains("Estran"), "{xmp}");
}

#[test]
fn a_reader_finds_headings_lists_and_header_cells_by_their_tags() {
    let pdf = lopdf::Document::load_mem(&printed(&sample())).unwrap();
    let tags: std::collections::BTreeSet<String> = (pdf.objects.values())
        .filter_map(|object| object.as_dict().ok()?.get(b"S").ok()?.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    for tag in ["H1", "H2", "P", "L", "LI", "Table", "TH", "TD", "Caption"] {
        assert!(tags.contains(tag), "{tag} is not among {tags:?}");
    }
}

#[test]
fn the_same_document_is_the_same_bytes_and_the_sheet_is_as_asked() {
    assert!(printed(&sample()) == printed(&sample()));
    let size = |sheet| {
        let pdf = lopdf::Document::load_mem(&paper::pdf(&sample(), sheet).unwrap()).unwrap();
        let page = *pdf.get_pages().values().next().unwrap();
        let sides =
            pdf.get_object(page).unwrap().as_dict().unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
        sides
            .iter()
            .map(|side| side.as_float().unwrap().round())
            .map(|side| side.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(size(Sheet::Letter), ["0", "0", "612", "792"]);
    assert_eq!(size(Sheet::A4), ["0", "0", "595", "842"]);
}

#[test]
fn what_somebody_wrote_is_printed_letter_for_letter_and_never_obeyed() {
    let hostile = [
        "#set page(width: 1pt)",
        "#panic(\"x\")",
        "#sys.inputs",
        "*bold* _emph_ `raw` $x^2$ <label> @ref",
        "] } ) \\ [ { (",
        "= Heading",
        "- item",
        "/ term: text",
        "#read(\"/etc/passwd\")",
        "#import \"@preview/a:0.1.0\"",
        "https://a.example/?q=1",
        "<script>alert(1)</script>",
        "{{ title }} {% raw %}",
        "\\u{41} ~ --- ... 'a' \"b\"",
    ];
    for text in hostile {
        let all = with(vec![
            Block::Paragraph(text.to_owned()),
            Block::List(texts(&[text])),
            Block::Definitions(vec![definition(text, text)]),
            Block::Table(Table {
                caption: text.to_owned(),
                columns: texts(&[text]),
                named_rows: true,
                rows: vec![texts(&[text])],
            }),
            Block::Signatures(texts(&[text])),
        ]);
        let all = Document {
            title: text.to_owned(),
            classification: Some(text.to_owned()),
            footer: text.to_owned(),
            ..all
        };
        let said = said(&printed(&all));
        assert_eq!(said.matches(&squeezed(text)).count(), 11, "{text}: {said}");
        let html = paper::html(&all, "paper.css").unwrap();
        assert!(!html.contains("<script"), "{html}");
    }
}

#[test]
fn names_of_all_who_live_here_are_printed() {
    for name in
        ["Zoé L’Écuyer-Bœuf", "ᐊᑎᖅ ᓴᓚᐅᑦ", "ᒥᔪᔮᔨᐎᓐ", "Ngô Thị Hạnh", "Şükran Çağlar", "Ольга Щукина", "Ελένη"]
    {
        assert!(
            said(&printed(&with(vec![Block::Paragraph(name.to_owned())]))).contains(&squeezed(name)),
            "{name}"
        );
    }
    let lost = said(&printed(&with(vec![Block::Paragraph("王小明".to_owned())])));
    assert!(
        lost.contains("\u{FFFD}\u{FFFD}\u{FFFD}") && lost.contains(&squeezed("remplacés par \u{FFFD} : 3")),
        "{lost}"
    );
}

#[test]
fn two_hundred_pages_are_printed_and_what_is_longer_is_read_and_not_typeset() {
    let many = with((0..9_000).map(|_| Block::Paragraph("Vu.".to_owned())).collect());
    let pages = lopdf::Document::load_mem(&printed(&many)).unwrap().get_pages().len();
    assert!(pages >= 200, "{pages}");
    let refused = |document: &Document| {
        [paper::pdf(document, Sheet::A4).err(), paper::html(document, "").err(), paper::json(document).err()]
    };
    let long = with(vec![Block::Paragraph("a".repeat((1 << 20) + 1))]);
    let lines = with(vec![Block::Paragraph("\n".repeat(30_001))]);
    let items = with(vec![Block::List(vec![String::new(); 30_001])]);
    for document in [long, lines, items] {
        assert_eq!(refused(&document), [Some(Fault::TooLong), None, None]);
    }
    let footer = "ᐊ".repeat(300);
    assert_eq!(refused(&Document { footer: footer.clone(), ..empty() }), [None; 3]);
    assert_eq!(refused(&Document { footer: footer + "ᐊ", ..empty() }), [Some(Fault::TooLong); 3]);
    let uneven = Table {
        caption: "a".to_owned(),
        columns: texts(&["a", "b"]),
        named_rows: false,
        rows: vec![texts(&["a"])],
    };
    assert_eq!(refused(&with(vec![Block::Table(uneven)])), [Some(Fault::Uneven); 3]);
    assert_eq!(refused(&Document { title: " ".to_owned(), ..empty() }), [Some(Fault::Unnamed); 3]);
    let mut deep = Section { heading: "a".to_owned(), blocks: Vec::new(), sections: Vec::new() };
    for _ in 0..4 {
        deep = Section { heading: "a".to_owned(), blocks: Vec::new(), sections: vec![deep] };
    }
    assert_eq!(refused(&Document { sections: vec![deep], ..empty() }), [Some(Fault::TooDeep); 3]);
}

#[test]
fn the_page_needs_nothing_inline_and_names_its_cells() {
    let html = paper::html(&sample(), "/assets/paper.css").unwrap();
    assert!(
        html.contains("<html lang=\"fr\">") && html.contains("<h1>Rencontre de la cellule de l’Estrie</h1>")
    );
    assert!(
        html.contains("<h3>Antécédents de violence</h3>")
            && html.contains("<th scope=\"row\">CIUSSS de l’Estrie</th>")
    );
    assert!(
        html.contains("<th scope=\"col\">Organisme</th>") && html.contains("coordonnatrice<br>Date"),
        "{html}"
    );
    for inline in ["<style", "style=", "<script", " on", "javascript:"] {
        assert!(
            !html.split('<').any(|tag| tag.split('>').next().unwrap_or_default().contains(inline)),
            "{inline}"
        );
    }
    let quoted =
        paper::html(&with(vec![Block::Paragraph("\"><img src=x onerror=alert(1)> & 'a'".to_owned())]), "/a")
            .unwrap();
    assert!(
        !quoted.contains("<img") && quoted.contains("&#60;img") || quoted.contains("&lt;img"),
        "{quoted}"
    );
    let read: serde_json::Value = serde_json::from_slice(&paper::json(&sample()).unwrap()).unwrap();
    assert_eq!(read.pointer("/opening/0/content/0/term").unwrap(), "Rencontre");
}
