//! The days of an auditor (*vérificatrice*) and of a privacy officer (*responsable de la protection des
//! renseignements personnels*).

use tests::{hand::Hand, harness::House};

use super::{lived, sits_down};

lived! {
    the_auditor_reads_who_accessed_what_on_which_basis_and_never_sees_the_content: super::audits;
    the_auditor_sees_anomalies: super::notices;
    the_privacy_officer_reads_her_registers_and_the_log: super::protects;
    the_privacy_officer_enters_an_incident_and_what_it_asks_waits_for_her: super::enters;
    the_privacy_officer_answers_a_request_of_access: super::answers;
    the_privacy_officer_rehearses_a_change_of_the_policy: super::rehearses;
}

/// Three people have read, one of them in vain.
fn read_by_three(house: &House) {
    for key in ["amina", "julie", "eric"] {
        house.sign_in(key).for_purpose("safety_planning").get(&house.file_path());
    }
}

fn sees_no_content(source: &str) {
    for value in ["819-555-0142", "Mireille", "Boisvert", "Deux armes longues"] {
        assert!(!source.contains(value), "{value}");
    }
}

fn audits(hand: Hand) {
    let house = House::estrie();
    read_by_three(&house);
    let aline = sits_down(&house, "aline", hand);
    aline.press("Journal des accès");
    aline.sees("répondu comme inexistant");
    aline.pick("Geste", "Lire un dossier");
    aline.press("Chercher");
    aline.sees("Lire un dossier");
    assert!(aline.browser.source().contains("Téléphone sécuritaire"), "which fields, folded away");
    sees_no_content(&aline.browser.source());
    // One worker, then one file, then one person, from link to link.
    aline.press("…");
    aline.sees("Tout revoir");
    sees_no_content(&aline.browser.source());
    aline.press("Tout revoir");
    aline.write("Dossier (numéro)", &house.file().id.to_string());
    aline.press("Chercher");
    aline.press("Voir aussi les accès des autres organismes à ce dossier");
    aline.sees("Les accès à un dossier");
    sees_no_content(&aline.browser.source());
}

fn protects(hand: Hand) {
    let house = House::estrie();
    read_by_three(&house);
    let yves = sits_down(&house, "yves", hand);
    yves.press("Registres");
    yves.press("Les points du registre");
    yves.sees("homicide suivi de suicide");
    yves.write("Du", "2026-11-18");
    yves.write("Au", "2026-11-20");
    yves.press("Afficher");
    yves.sees("Rien n’est inscrit pour cette période");
    let pascal = sits_down(&house, "pascal", hand);
    pascal.press("Registres");
    pascal.sees("Levées de confidentialité : le registre");
    pascal.press("Journal des accès");
    pascal.sees("Ce que les gens de votre organisme ont lu ou fait");
    sees_no_content(&pascal.browser.source());
}

fn notices(hand: Hand) {
    let house = House::estrie();
    for _ in 0..3 {
        read_by_three(&house);
    }
    let aline = sits_down(&house, "aline", hand);
    aline.press("Journal des accès");
    aline.press("Ce qui ressort du journal");
    aline.sees("Une personne récusée d’un dossier a essayé de l’ouvrir.");
    sees_no_content(&aline.browser.source());
}

fn enters(hand: Hand) {
    let house = House::estrie();
    let pascal = sits_down(&house, "pascal", hand);
    pascal.press("Registres");
    pascal.press("Incidents de confidentialité");
    pascal.press("Inscrire un incident");
    pascal.write("Renseignements concernés", "Numéro de téléphone d’une personne suivie");
    pascal.write("Circonstances", "Courriel envoyé au mauvais service");
    pascal.write("Date de l’incident", "2026-11-19");
    pascal.write("Date à laquelle l’organisme en a pris connaissance", "2026-11-20");
    pascal.write("Personnes concernées", "1");
    pascal.write("Sensibilité des renseignements", "Elle permet de la joindre");
    pascal.choose("Risque de préjudice sérieux");
    pascal.write("Mesures prises", "Courriel rappelé et détruit");
    pascal.press("Inscrire");
    pascal.sees("L’incident est inscrit.");
    pascal.press("Accueil");
    pascal.sees("Incident sérieux. Avis à donner");
}

fn answers(hand: Hand) {
    let house = House::estrie();
    let pascal = sits_down(&house, "pascal", hand);
    pascal.press("Registres");
    pascal.press("Demandes d’accès");
    pascal.press("Inscrire une demande");
    pascal.write("Reçue le", "2026-11-20");
    pascal.choose("Ce que l’organisme détient sur la personne");
    pascal.choose("La personne concernée");
    pascal.write("La demande, en bref", "Les notes de suivi de 2025");
    pascal.press("Inscrire");
    pascal.sees("La demande est inscrite.");
    pascal.press("Accueil");
    pascal.press("Ouvrir la demande");
    pascal.press("Dire ce qui a été répondu");
    pascal.write("Répondu le", "2026-11-22");
    pascal.choose("Rien n’est détenu");
    pascal.press("Inscrire la réponse");
    pascal.sees("La réponse est inscrite.");
}

fn rehearses(hand: Hand) {
    let house = House::estrie();
    let pascal = sits_down(&house, "pascal", hand);
    pascal.press("Répétition");
    pascal.press("Essayer un changement 2");
    pascal.choose("Elle disparaît");
    pascal.press("Répéter");
    pascal.sees("Ce qui changerait");
    pascal.sees("perdrait");
    pascal.sees("Rien n’a été changé.");
    sees_no_content(&pascal.browser.source());
}
