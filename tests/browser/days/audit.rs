//! The days of an auditor (*vérificatrice*) and of a privacy officer (*responsable de la protection des
//! renseignements personnels*).

use tests::{hand::Hand, harness::House};

use super::{lived, sits_down};

lived! {
    the_auditor_reads_who_accessed_what_on_which_basis_and_never_sees_the_content: super::audits;
    the_privacy_officer_reads_her_registers_and_the_log: super::protects;
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
    aline.sees("Téléphone sécuritaire");
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
