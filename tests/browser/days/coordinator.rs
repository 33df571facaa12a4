//! The day of a coordinator (*coordonnatrice*).

use tests::{
    hand::Hand,
    harness::{House, Plan, demonstration},
};

use super::{appraised, lived, sits_down};

lived! {
    she_calls_the_coordination_committee_and_triggers_with_its_quorum: super::calls;
    she_convenes_the_meeting_within_the_time_of_the_cell: super::convenes;
    she_runs_the_meeting_and_leaves_it_with_a_safety_net: super::runs;
    every_action_has_an_owner_a_person_protected_and_a_due_time: super::weaves;
    she_follows_up_closes_and_reopens: super::follows;
    she_reads_the_statistics_of_her_cell: super::counts;
}

fn calls(hand: Hand) {
    let house = House::estrie();
    let situation = appraised(&house).consulted(&house);
    let karine = sits_down(&house, "karine", hand);
    karine.press("Cellule");
    karine.press(&situation.reference);
    karine.press("Saisir le comité");
    karine.press("Saisir le comité");
    karine.sees("Le comité est saisi.");
    karine.sees("Il en manque pour décider.");
    assert!(!karine.is_offered("Déclencher la cellule"), "the committee has not spoken");
    situation.opined(&house);
    karine.press("Cellule");
    karine.press(&situation.reference);
    karine.sees("Avis donnés : 3 ; quorum : 3.");
    karine.press("Déclencher la cellule");
    karine.choose("Vie menacée");
    karine.press("Déclencher");
    karine.sees("La cellule est déclenchée.");
}

fn convenes(hand: Hand) {
    let house = House::estrie();
    let situation = appraised(&house).consulted(&house).at_work(&house);
    let karine = sits_down(&house, "karine", hand);
    karine.press("Cellule");
    karine.press(&situation.reference);
    karine.press("Convoquer une rencontre");
    karine.sees("Un enfant est au dossier");
    karine.write("Début", "2026-11-22T15:00");
    karine.write("Lieu", "Salle 204");
    for (agency, person) in [
        ("Service de police (démonstration)", "Marc Lavallée"),
        ("Maison d’hébergement (démonstration)", "Louise Gagnon"),
        ("CIUSSS (démonstration)", "Thomas Bélanger"),
    ] {
        karine.pick_in(agency, "Personne", person);
    }
    karine.press("Convoquer");
    // Child protection was not called: nothing is convened, and who was chosen is chosen still.
    karine.sees("Quelque chose est à revoir");
    karine.pick_in("Protection de la jeunesse (démonstration)", "Personne", "Nadia Tremblay");
    karine.press("Convoquer");
    karine.sees("La rencontre est convoquée et chaque personne est avisée.");
    let marc = sits_down(&house, "marc", Hand::Mouse);
    marc.press("Accueil");
    marc.sees("Vous êtes convoqué·e à une rencontre de la cellule");
    marc.press("Voir la rencontre");
    marc.choose("J’y serai");
    marc.press("Répondre");
    marc.sees("Votre réponse est enregistrée.");
}

fn runs(hand: Hand) {
    let house = House::estrie();
    let situation = appraised(&house).consulted(&house).at_work(&house);
    let meeting = situation.convened(&house);
    let karine = sits_down(&house, "karine", hand);
    karine.press("Cellule");
    karine.press("Mes rencontres");
    karine.browser.go(&meeting);
    karine.choose_in("Ouvrir la rencontre", "Il a été lu et accepté");
    karine.press("Ouvrir");
    karine.sees("La rencontre est ouverte.");
    let louise = sits_down(&house, "louise", Hand::Mouse);
    louise.browser.go(&meeting);
    louise.choose_in("J’arrive", "Il a été lu et accepté");
    louise.press("Entrer");
    louise.sees("Votre arrivée est notée.");
    // What is typed is there still when the room is read anew by itself.
    karine.write("Ce qui est dit", "Ne pas appeler au travail.");
    karine.sees("Louise Gagnon, Maison d’hébergement (démonstration)");
    karine.choose("À ne pas faire");
    karine.press("Inscrire la décision");
    karine.sees("La décision est inscrite.");
    karine.sees("Ne pas appeler au travail.");
    karine.press("Noter une arrivée");
    karine.pick_in("Noter une arrivée", "Personne", "Service de police (démonstration) — Marc Lavallée");
    karine.choose_in("Noter une arrivée", "Il a été lu et accepté");
    karine.press("Noter l’arrivée");
    karine.sees("L’arrivée est notée.");
    louise.sees("Marc Lavallée, Service de police (démonstration)");
    // A meeting closes with the organisations that it takes.
    karine.press("Noter une arrivée");
    karine.pick_in("Noter une arrivée", "Personne", "CIUSSS (démonstration) — Thomas Bélanger");
    karine.choose_in("Noter une arrivée", "Il a été lu et accepté");
    karine.press("Noter l’arrivée");
    karine.sees("Thomas Bélanger, CIUSSS (démonstration)");
    karine.press("Ajouter un point usuel");
    karine.pick("Point", "Sécurité des enfants");
    karine.press_in("Ajouter un point usuel", "Ajouter");
    karine.sees("Le point est à l’ordre du jour.");
    karine.pick_in("Mesure du filet", "Mesure", "Patrouille ou surveillance des lieux");
    karine.pick_in("Mesure du filet", "Qui s’en charge", "Service de police (démonstration) — Julie Côté");
    karine.choose_in("Qui est protégé", "Mireille Boisvert");
    karine.write("Échéance", "2026-11-23T10:00");
    karine.press("Inscrire la mesure");
    karine.sees("La mesure est inscrite au filet.");
    karine.press("Clore la rencontre");
    karine.press("Clore : tout le monde sort");
    karine.sees("La rencontre est close.");
    karine.press("Compte rendu");
    karine.sees("Ne pas appeler au travail.");
}

fn weaves(hand: Hand) {
    let house = House::estrie();
    let situation = appraised(&house).consulted(&house).at_work(&house);
    let karine = sits_down(&house, "karine", hand);
    karine.press("Cellule");
    karine.press(&situation.reference);
    karine.press("Filet de sécurité");
    karine.pick("Mesure", "Patrouille ou surveillance des lieux");
    karine.press("Inscrire la mesure");
    karine.sees("Quelque chose est à revoir");
    karine.pick("Qui s’en charge", "Service de police (démonstration) — Julie Côté");
    karine.choose_in("Qui est protégé", "Mireille Boisvert");
    karine.write("Échéance", "2026-11-23T10:00");
    karine.press("Inscrire la mesure");
    karine.sees("La mesure est inscrite");
    karine.sees("Dans 24 heures");
    karine.press("Constater que le filet est convenu");
    karine.press("Le filet est convenu");
    karine.sees("Le filet est convenu et son suivi est inscrit.");
    let julie = sits_down(&house, "julie", hand);
    julie.press("Accueil");
    julie.sees("Vos mesures du filet de sécurité");
    julie.press("Voir le filet");
    julie.sees("1 mesure à faire");
    julie.press("Patrouille ou surveillance des lieux");
    julie.press("Commencer la mesure");
    julie.sees("La mesure est en cours.");
    julie.choose("Elle est réalisée");
    julie.press_in("Dire ce qu’il en est", "Enregistrer");
    julie.sees("Le résultat est enregistré.");
}

fn follows(hand: Hand) {
    let house = House::build(Plan { scenario: demonstration(), ..Plan::default() });
    let karine = sits_down(&house, "karine", hand);
    karine.press("Cellule");
    karine.press("M-DEMO-SUIVI");
    karine.press("Faire le suivi");
    karine.pick("Niveau de risque aujourd’hui", "Modéré");
    karine.write("Quand le filet est-il revu ?", "2026-12-06T10:00");
    karine.press("Enregistrer le suivi");
    // A review says why: what is missing is said, and the day that was written stands there still.
    karine.sees("Cette information est nécessaire");
    karine.choose("Risque réduit");
    karine.press("Enregistrer le suivi");
    karine.sees("Le suivi est enregistré");
    karine.press("Fermer");
    karine.choose("Filet de sécurité stable");
    karine.pick("Niveau de risque qui demeure", "À surveiller");
    karine.choose_in("Quels organismes continuent ?", "Maison d’hébergement (démonstration)");
    karine.choose_in("Quels organismes continuent ?", "Service de police (démonstration)");
    karine.press("Fermer la mobilisation");
    karine.sees("La cellule s’est arrêtée.");
    karine.press("Rouvrir");
    karine.choose("Nouvel événement");
    karine.press("Rouvrir la mobilisation");
    karine.sees("La coordination convoque la rencontre dans le délai de la cellule.");
}

fn counts(hand: Hand) {
    let house = House::build(Plan { scenario: demonstration(), ..Plan::default() });
    let karine = sits_down(&house, "karine", hand);
    karine.press("Statistiques");
    karine.sees("masqué");
    karine.pick("Portée", "Sa région");
    karine.press("Afficher");
    karine.sees("Niveau de risque");
}
