//! The days of an auditor (*vérificatrice*) and of a privacy officer (*responsable de la protection des
//! renseignements personnels*).

use std::path::{Path, PathBuf};

use tests::{
    hand::{Hand, Person},
    harness::House,
};

use super::{lived, sits_down};

lived! {
    the_auditor_reads_who_accessed_what_on_which_basis_and_never_sees_the_content: super::audits;
    the_auditor_sees_anomalies: super::notices;
    the_auditor_verifies_offline_that_nothing_was_removed: super::verifies;
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
    aline.sees("Le journal est réduit à ceci");
    sees_no_content(&aline.browser.source());
    aline.press("retirer");
    aline.sees("renseignements montrés");
    // The reference that others call a file by is not its number: what to do is said.
    aline.press("Chercher par numéro");
    aline.write("Dossier (numéro)", "EST-2026-0007");
    aline.press("Chercher");
    aline.sees("n’est pas son numéro");
    aline.write("Dossier (numéro)", &house.file().id.to_string());
    aline.press("Chercher");
    aline.sees("Un seul dossier");
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

/// The one file in a folder whose name begins so, once it is there in full.
fn downloaded(folder: &Path, begins: &str) -> PathBuf {
    for _ in 0..400 {
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let found = names.filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with(begins) && !name.ends_with(".crdownload")
        });
        if let Some(path) = found.max() {
            return path;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    panic!("no {begins}… in {}", folder.display())
}

/// Takes the lines of the log into a folder.
fn takes_lines(aline: &Person, folder: &Path) -> PathBuf {
    std::fs::create_dir(folder).unwrap();
    aline.browser.keep_downloads_in(folder);
    aline.press("Prendre — Lignes 1 à");
    downloaded(folder, "preuve-du-journal-1-a-")
}

fn verifies(hand: Hand) {
    let mut house = House::estrie();
    let disk = tempfile::tempdir().unwrap();
    read_by_three(&house);
    let aline = sits_down(&house, "aline", hand);
    house.sign_log();
    aline.press("Journal des accès");
    aline.press("La preuve que rien n’a été retiré");
    aline.sees("lignes signées");
    aline.browser.keep_downloads_in(disk.path());
    aline.press("Garder ce point");
    let point = downloaded(disk.path(), "point-du-journal-");
    aline.press("Prendre le vérificateur");
    let verifier = downloaded(disk.path(), "verificateur-du-journal");
    // Later, more has been read.
    read_by_three(&house);
    house.sign_log();
    aline.browser.go("/journal/preuve");
    let honest = takes_lines(&aline, &disk.path().join("honest"));
    // Somebody who rules over the database takes away that Amina read the file.
    let amina = house.loaded.users["amina"];
    let reading = format!(
        "select min(place) from log_leaf l join access_event e on e.id = l.event
         where e.act = 'file.read' and e.actor = '{amina}'"
    );
    let line = house.database.ask(&reading).parse::<u64>().unwrap() + 1;
    house.database.run(&format!(
        "delete from access_event where id = (select event from log_leaf where place = {})",
        line - 1
    ));
    let cut = takes_lines(&aline, &disk.path().join("cut"));
    // Without Filet: nobody answers any more.
    house.stop();
    for (lines, kept, said) in [
        (&honest, vec![point.clone()], "Rien n’a été retiré ni changé.".to_owned()),
        (&honest, Vec::new(), "Vous n’avez donné aucun point gardé".to_owned()),
        (&cut, vec![point], format!("La ligne {line} a été retirée")),
    ] {
        aline.browser.open_from_disk(&verifier);
        aline.pick_files("Les lignes du journal", std::slice::from_ref(lines));
        if !kept.is_empty() {
            aline.pick_files("Les points que vous aviez gardés", &kept);
        }
        aline.press("Vérifier");
        aline.sees(&said);
        assert_eq!(aline.browser.barriers(), Vec::<String>::new());
    }
    assert_eq!(aline.browser.complaints(), Vec::<String>::new(), "it asks for nothing and reaches nothing");
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
    pascal.sees("pourraient voir moins");
    pascal.sees("Rien n’a été changé.");
    sees_no_content(&pascal.browser.source());
}
