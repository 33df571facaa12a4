//! Help: each legal and clinical term in plain words, with the source of each legal rule.

use actix_web::{HttpResponse, get};
use askama::Template;
use domain::law::{BasisVersion, Law};

use super::{
    frame::{Frame, show},
    oops::Oops,
    visit::Passerby,
};

/// The terms, in the order they are met; with the bases of the law that speak of each.
const TERMS: [(&str, &[&str]); 20] = [
    ("dossier", &[]),
    ("cercle", &[]),
    ("finalite", &[]),
    ("consentement", &[]),
    ("retrait", &[]),
    ("levee", &["QC_A21_59_1", "QC_P391_18_1", "QC_LPJ_72_8", "QC_R221_74", "QC_C26_60_4"]),
    ("risque-serieux", &["QC_A21_59_1", "QC_P391_18_1"]),
    ("signalement", &["QC_LPJ_39"]),
    ("arme", &["QC_P38_FIREARM"]),
    ("entente", &["QC_A21_68"]),
    ("ordonnance", &["COURT_ORDER", "CORONER"]),
    ("retenu", &[]),
    ("coffre", &[]),
    ("recusation", &[]),
    ("registre", &[]),
    ("journal", &[]),
    ("appreciation", &[]),
    ("mobilisation", &[]),
    ("quorum", &[]),
    ("filet", &[]),
];

#[derive(Template)]
#[template(path = "help.html")]
struct Help {
    frame: Frame,
    terms: Vec<Term>,
}

struct Term {
    key: &'static str,
    name: String,
    text: String,
    sources: Vec<(String, String)>,
}

/// The newest version of a basis.
fn newest(code: &str) -> Option<&'static BasisVersion> {
    Law::all().iter().filter(|basis| basis.code == code).max_by_key(|basis| basis.version)
}

/// The terms.
#[get("/aide")]
pub(super) async fn help(passerby: Passerby) -> Result<HttpResponse, Oops> {
    let (p, lang) = (passerby.p, passerby.p.lang());
    let terms = TERMS.iter().map(|(key, bases)| Term {
        key,
        name: p.t(&format!("term-{key}")),
        text: p.t(&format!("term-{key}-text")),
        sources: bases
            .iter()
            .filter_map(|code| newest(code))
            .map(|basis| (basis.statute.get(lang).to_owned(), basis.title.get(lang).to_owned()))
            .collect(),
    });
    let terms = terms.collect();
    let frame = match passerby.signed_in() {
        Ok(visit) => Frame::of(&visit)?,
        Err(passerby) => Frame::outside(&passerby)?,
    };
    let page = Help { frame, terms };
    show(&page.frame, &page)
}

#[cfg(test)]
mod tests {
    use super::{TERMS, newest};

    #[test]
    fn every_source_that_help_names_is_in_the_law() {
        for code in TERMS.iter().flat_map(|(_, bases)| bases.iter()) {
            assert!(newest(code).is_some(), "{code}");
        }
    }
}
