//! The day of a worker (*intervenant·e*).

use tests::{
    hand::Hand,
    harness::{House, Plan},
};

use super::{lived, sits_down};

lived! {
    she_opens_a_file_from_what_she_knows: super::opens;
    she_records_facts_with_a_person_in_front_of_her: super::records;
    she_records_a_risk_appraisal_with_a_person_in_front_of_her: super::appraises;
    she_asks_for_consent_in_plain_words_and_records_exactly_what_was_said_yes_and_no_to: super::asks;
    she_refers_the_situation_to_the_cell: super::refers;
    she_sees_at_a_glance_what_she_may_know_and_why_the_rest_is_not_shown: super::sees;
}

fn opens(hand: Hand) {
    let house = House::estrie();
    let amina = sits_down(&house, "amina", hand);
    amina.press("Dossiers");
    amina.press("Ouvrir un dossier");
    amina.write("Prénom", "Sylvie");
    amina.write("Date de naissance", "1988-02-29");
    amina.press("Ouvrir le dossier");
    amina.sees("Sylvie — personne à risque");
    amina.sees("29 février 1988");
}

fn records(hand: Hand) {
    let house = House::estrie();
    let amina = sits_down(&house, "amina", hand);
    amina.press("Dossiers");
    amina.press("EST-2026-0007");
    amina.press("Consigner — Mireille Boisvert");
    amina.write("Événement", "Il l’attendait hier devant l’école.");
    amina.write("Téléphone sécuritaire", "12");
    amina.press("Consigner");
    // One is recorded, the other is to be written again, and she is told which.
    amina.sees("1 renseignement est consigné. Ce qui reste est à revoir.");
    amina.write("Téléphone sécuritaire", "819-555-0155");
    amina.press("Consigner");
    amina.sees("C’est consigné.");
    amina.sees("Il l’attendait hier devant l’école.");
    amina.sees("819-555-0155");
    amina.press("Corriger — Téléphone sécuritaire, Mireille Boisvert");
    amina.write("Téléphone sécuritaire", "819-555-0156");
    amina.press("Enregistrer la correction");
    amina.sees("La correction est enregistrée.");
    assert!(!amina.browser.says("819-555-0142"), "what is superseded is history");
}

fn appraises(hand: Hand) {
    let house = House::estrie();
    let amina = sits_down(&house, "amina", hand);
    amina.press("Dossiers");
    amina.press("EST-2026-0007");
    amina.press("Appréciations du risque");
    amina.press("Nouvelle appréciation");
    amina.choose_in("De qui s’agit-il ?", "Mireille Boisvert");
    amina.choose_in("Avec quel outil ?", "Grille");
    amina.press("Commencer");
    amina.press("Une question à la fois");
    amina.sees("Question 1 de 36");
    amina.choose("Présent");
    amina.press("Question suivante");
    amina.sees("Question 2 de 36");
    amina.choose("On ne sait pas");
    amina.press("Toutes les questions sur une page");
    amina.press("Voir ce que cela donne");
    amina.sees("Aucun score ne décide");
    amina.choose("Aggravé");
    amina.write("Raisons", "Il a retrouvé l’école.");
    amina.press("Enregistrer l’appréciation");
    amina.sees("L’appréciation est enregistrée.");
    amina.sees("Niveau établi : Aggravé");
}

fn asks(hand: Hand) {
    let house = House::estrie();
    let amina = sits_down(&house, "amina", hand);
    amina.press("Dossiers");
    amina.press("EST-2026-0007");
    amina.press("Consentements");
    amina.press("Commencer une conversation");
    amina.press("Mireille Boisvert");
    amina.sees("Si une vie est en danger, la loi me permet de dire à d’autres ce qu’il faut pour protéger");
    amina.choose("Oui, elles ont été expliquées et comprises");
    amina.choose("La personne elle-même");
    amina.choose_in("Service de police (démonstration) peut savoir", "Rien");
    amina.choose_in("CIUSSS (démonstration) peut savoir", "Certaines choses");
    amina.choose("Planifier la sécurité");
    amina.choose("notre organisme seulement");
    amina.write("Ses mots", "Pas la police, je veux d’abord respirer.");
    amina.press("Relire ensemble");
    // She was not asked about which things: said beside the question, and nothing is lost.
    amina.sees("Vous avez choisi « Certaines choses » : dites lesquelles, sujet par sujet.");
    amina.press("Choisir sujet par sujet — CIUSSS (démonstration)");
    amina.choose_in("Le plan de sécurité", "Oui");
    amina.press("Relire ensemble");
    amina.sees("Service de police (démonstration) ne pourra rien connaître.");
    amina.press("Oui, enregistrer");
    amina.sees("Le consentement est enregistré.");
    amina.press("Non, ou elle ne sait pas");
    amina.sees("Ne pas imprimer");
    // Taken back in two clicks.
    amina.press("Consentements");
    amina.press_in("CIUSSS (démonstration) pourra connaître : le plan de sécurité.", "Retirer");
    amina.sees("Tout de suite, plus rien n’est montré grâce à ce consentement.");
    amina.press("Retirer maintenant");
    amina.sees("Le consentement est retiré");
}

fn refers(hand: Hand) {
    let house = House::estrie();
    let amina = sits_down(&house, "amina", hand);
    amina.press("Cellule");
    amina.press("Nouvelle situation");
    amina.write("Votre repère", "chambre bleue");
    amina.press("Signaler la situation");
    amina.sees("La situation est signalée dans votre organisme.");
    amina.press("Apprécier le risque");
    amina.pick("Groupe d’âge", "De 30 à 44 ans");
    amina.pick("Région", "Estrie");
    amina.choose("Menaces de mort");
    amina.choose("Imminent");
    amina.press("Enregistrer l’appréciation");
    amina.sees("L’appréciation est enregistrée.");
    amina.sees("La personne répondante de Maison d’hébergement (démonstration) la présente à la cellule");
}

fn sees(hand: Hand) {
    let house = House::build(Plan::default());
    let rose = sits_down(&house, "rose", hand);
    rose.press("Dossiers");
    rose.press("EST-2026-0007");
    rose.sees("Les personnes");
    rose.press("Ce qui peut exister et ne vous est pas montré — Mireille Boisvert");
    rose.press("Violence sexuelle");
    rose.sees("Qui pourrait le permettre");
    rose.sees("Elle ne dit pas s’il existe, ni qui le détient.");
    rose.press("Revenir au dossier");
    rose.press("Chronologie");
    rose.sees("le plus récent d’abord");
    rose.press("Danger immédiat");
    rose.sees("911");
}
