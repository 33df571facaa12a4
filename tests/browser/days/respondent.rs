//! The day of a respondent (*répondant·e*).

use tests::{hand::Hand, harness::House};

use super::{appraised, lived, sits_down};

lived! {
    she_brings_a_situation_to_the_cell_first_without_identity: super::brings;
    she_decides_for_the_agency: super::decides;
    she_makes_a_lawful_disclosure_without_consent_with_everything_the_law_asks_recorded: super::discloses;
}

fn brings(hand: Hand) {
    let house = House::estrie();
    let reference = appraised(&house).reference;
    let louise = sits_down(&house, "louise", hand);
    louise.press("Cellule");
    louise.press(&reference);
    louise.press("Présenter à la cellule");
    louise.sees("Rien ne dit qui est la personne");
    louise.press("Présenter sans identité");
    louise.sees("La situation est présentée sans identité.");
    // The coordinator reads codes, and never the word that her agency has for it.
    let karine = sits_down(&house, "karine", Hand::Mouse);
    karine.press("Cellule");
    karine.press(&reference);
    karine.sees("Menaces de mort");
    assert!(!karine.browser.source().contains("chambre bleue"));
}

fn decides(hand: Hand) {
    let house = House::estrie();
    let reference = appraised(&house).consulted(&house).in_analysis(&house).reference;
    let thomas = sits_down(&house, "thomas", hand);
    thomas.press("Cellule");
    thomas.press(&reference);
    thomas.press("Donner l’avis de mon organisme");
    thomas.choose("Déclencher la cellule");
    thomas.choose("Vie menacée");
    thomas.press("Donner cet avis");
    thomas.sees("L’avis de votre organisme est enregistré.");
    thomas.sees("Avis donnés : 1 ; quorum : 3.");
}

fn discloses(hand: Hand) {
    let house = House::estrie();
    let louise = sits_down(&house, "louise", hand);
    louise.press("Dossiers");
    louise.press("EST-2026-0007");
    louise.press("Levées de confidentialité");
    louise.press("Lever la confidentialité");
    louise.sees("RLRQ, c. P-39.1, art. 18.1");
    louise.choose("Étranglement");
    louise.choose("Agression sexuelle");
    louise.pick("Service de police (démonstration)", "Susceptible de porter secours");
    louise.press("Voir ce que chacun verra");
    // What is missing is said, and what was chosen is chosen still.
    louise.sees("Quelque chose est à revoir");
    louise.choose("J’ai un motif raisonnable de croire");
    louise.choose("La nature de la menace inspire un sentiment d’urgence.");
    louise.choose("Je ne communique que ce qui est nécessaire");
    louise.choose("Un acte de violence");
    louise.press("Remplir le registre maintenant");
    louise.choose_in("Qui est exposé ?", "Mireille Boisvert — personne à risque");
    louise.write("Quel acte faut-il prévenir ?", "Homicide conjugal");
    louise.write("Quel danger voyez-vous ?", "Étranglement, séparation récente");
    louise.write("Pourquoi est-ce urgent ?", "Il sort demain");
    louise.press("Voir ce que chacun verra");
    louise.sees("Rien n’est encore dit.");
    louise.sees("Ne verra pas");
    louise.press("Pourquoi, et que faire");
    louise.sees("demandez un consentement");
    louise.sees("Le registre en sept points sera complet.");
    louise.press("Lever la confidentialité maintenant");
    louise.sees("La levée est faite et inscrite au registre.");
    louise.press("Registres");
    louise.press("Les points du registre");
    louise.sees("Homicide conjugal");
    // And the police reads what it was told, not what the ceiling keeps from it.
    let julie = sits_down(&house, "julie", Hand::Mouse);
    julie.browser.go(&format!("/dossiers/{}", house.file().id));
    julie.sees("Étranglement");
    assert!(!julie.browser.source().contains("Rapport de contrainte sexuelle"));
}
