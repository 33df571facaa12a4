//! The administration on the pages: people, roles and their dates, four eyes, cells, agencies, instruments, texts.

use tests::harness::{Browser, House, Page, email_of};

use super::account::between;

const CHOSEN: &str = "quatre mots sans rapport aucun";

fn link(handed: &Page) -> String {
    let whole = between(handed, "<p class=\"govuk-body link-once\"><code>", "</code>");
    whole.split_once("8080").unwrap_or_else(|| panic!("{whole}")).1.to_owned()
}

/// Invites somebody on the page, who then enrols; gives her browser and the path of her account.
fn invited(house: &House, admin: &Browser, name: &str) -> (Browser, String) {
    let email = format!("{}@coordination-demo.example", name.to_lowercase());
    let form = admin.get("/administration/comptes/inviter").form("/administration/comptes/inviter");
    let handed = admin.send(form.with("name", name).with("email", &email));
    assert!(handed.says("Il ne sera plus affiché"), "{}", handed.words());
    let account = between(&handed, "class=\"govuk-button\" href=\"", "\"").to_owned();
    let person = Browser::stranger(house);
    let form = person.get(&link(&handed)).form("/invitation");
    let opened = person.send(form.with("_new", CHOSEN).with("_again", CHOSEN));
    assert_eq!(opened.path, "/compte?fait=enrolled");
    (person, account)
}

#[test]
fn an_admin_invites_gives_a_role_ends_it_and_disables_the_account() {
    let house = House::estrie();
    let admin = Browser::signed_in(&house, "admin");
    let taken = admin.get("/administration/comptes/inviter").form("/administration/comptes/inviter");
    let refused = admin.send(taken.with("name", "Karine").with("email", &email_of("karine")));
    assert_eq!(refused.status, 422);
    let (camille, account) = invited(&house, &admin, "Camille");
    assert!(admin.get("/administration/comptes").says("Camille"));
    let cell = house.loaded.cells["estrie"].to_string();
    let form = admin.get(&account).form(&format!("{account}/roles"));
    let backwards =
        form.clone().with("cell", &cell).with("role", "worker").with("until:time", "2020-01-01T08:00");
    assert_eq!(admin.send(backwards).status, 422);
    let substitute =
        form.clone().with("cell", &cell).with("role", "respondent").and("substitute:bool", "true");
    let endless = admin.send(substitute.clone());
    assert_eq!(endless.status, 422, "a substitute has an end: {}", endless.words());
    let granted = admin.send(substitute.with("until:time", "2026-12-20T17:00"));
    assert!(granted.says("Le rôle est donné") && granted.says("Substitution"), "{}", granted.words());
    assert!(camille.get("/compte").path.starts_with("/compte"));
    let ending = admin.get(&format!("{account}/fin-de-role?cell={cell}&role=respondent"));
    let ended = admin.send(ending.form(&format!("{account}/fin-de-role")));
    assert!(ended.says("La fin du rôle est inscrite"), "{}", ended.words());
    let disabled = admin.send(admin.get(&account).form(&format!("{account}/desactiver")));
    assert!(disabled.says("Le compte est désactivé"), "{}", disabled.words());
    assert!(camille.get("/messages").path.starts_with("/connexion"));
    let enabled = admin.send(admin.get(&account).form(&format!("{account}/retablir")));
    assert!(enabled.says("Le compte est rétabli"), "{}", enabled.words());
}

#[test]
fn a_reset_link_is_shown_once_and_ends_every_session() {
    let house = House::estrie();
    let admin = Browser::signed_in(&house, "admin");
    let (camille, account) = invited(&house, &admin, "Camille");
    let handed = admin.send(admin.get(&account).form(&format!("{account}/reinitialiser")));
    assert!(handed.says("Remettez ce lien à Camille"), "{}", handed.words());
    assert!(!admin.get(&account).html.contains("jeton="), "the link is shown once");
    let form = camille.get(&link(&handed)).form("/nouveau-mot-de-passe");
    let done = camille
        .send(form.with("_new", "cinq autres mots sans suite").with("_again", "cinq autres mots sans suite"));
    assert!(done.says("Votre nouveau mot de passe est enregistré"), "{}", done.words());
    assert!(camille.get("/messages").path.starts_with("/connexion"));
}

#[test]
fn a_role_of_power_waits_on_the_page_for_another_person() {
    let house = House::estrie();
    let admin = Browser::signed_in(&house, "admin");
    let (camille, account) = invited(&house, &admin, "Camille");
    let (second, second_account) = invited(&house, &admin, "Solange");
    crate::four_eyes::make_admin(&house, second_account.rsplit('/').next().unwrap());
    let cell = house.loaded.cells["estrie"].to_string();
    let form = admin.get(&account).form(&format!("{account}/roles"));
    let asked = admin.send(form.with("cell", &cell).with("role", "coordinator"));
    assert!(asked.says("le rôle comptera quand une autre personne"), "{}", asked.words());
    let mine = admin.get("/administration/demandes");
    assert!(mine.says("Une autre personne que vous doit confirmer"), "{}", mine.words());
    // She is told so where she begins her day; who asked is not.
    let locked = second.send(second.get("/compte").form("/verrou/fermer"));
    let home = second.send(locked.form("/verrou").with("_password", CHOSEN).with("_suite", "/accueil"));
    assert!(home.says("Rôles à confirmer") && home.says("Coordination, pour Camille"), "{}", home.words());
    assert!(!admin.get("/accueil").says("Rôles à confirmer"));
    let waiting = second.get("/administration/demandes");
    let id = between(&waiting, "action=\"/administration/demandes/", "/confirmer\"").to_owned();
    let confirmed = second.send(waiting.form(&format!("/administration/demandes/{id}/confirmer")));
    assert!(confirmed.says("Le rôle est confirmé"), "{}", confirmed.words());
    let api = house.stranger().post(
        "/api/v1/session",
        &serde_json::json!({"email": "camille@coordination-demo.example", "password": CHOSEN}),
    );
    assert!(api.expect(200)["user"]["roles"].to_string().contains("coordinator"));
    drop(camille);
}

#[test]
fn cells_agencies_instruments_and_texts_are_looked_after_by_those_who_coordinate() {
    let house = House::estrie();
    let admin = Browser::signed_in(&house, "admin");
    let cell = format!("/administration/cellules/{}", house.loaded.cells["estrie"]);
    let form = admin.get(&cell).form(&cell);
    assert_eq!(admin.send(form.clone().with("quorum:int", "0")).status, 422);
    assert!(admin.send(form.clone().with("quorum:int", "5")).says("La cellule est à jour"));
    assert_eq!(
        admin.send(form.with("quorum:int", "6").with("_once", "une autre fois")).status,
        412,
        "somebody changed it meanwhile"
    );
    let new = admin.get("/administration/cellules/nouvelle").form("/administration/cellules/nouvelle");
    let made =
        admin.send(new.with("name", "Cellule de l’Outaouais").with("key", "outaouais").with("region", "07"));
    assert!(made.says("La cellule est créée") && made.says("Outaouais"), "{}", made.words());

    let agency = admin.get("/administration/organismes/nouveau").form("/administration/organismes/nouveau");
    let handed = admin.send(
        agency
            .with("name", "Maison du Fleuve")
            .with("key", "maison-du-fleuve")
            .with("kind", "shelter")
            .with("regime", "P-39.1")
            .with("cell", &house.loaded.cells["estrie"].to_string())
            .with("admin/name", "Hélène Roy")
            .with("admin/email", "helene@maison-du-fleuve.example"),
    );
    assert!(handed.says("Remettez ce lien à Hélène Roy"), "{}", handed.words());
    let list = admin.get("/administration/organismes");
    assert!(list.says("Maison du Fleuve"));
    let part = list.html.split("Maison du Fleuve").nth(1).unwrap();
    let off = part.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let off = admin.send(admin.get(off).form(off));
    assert!(off.says("L’organisme est désactivé."), "{}", off.words());
    // It stands in the list still, marked, with the way back.
    let part = off.html.split("Maison du Fleuve").nth(1).unwrap();
    assert!(part.split("</tr>").next().unwrap().contains("Désactivé"), "{part}");
    let on = part.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let asked = admin.get(on);
    assert!(asked.says("Rétablir cet organisme"), "{}", asked.words());
    let back = admin.send(asked.form(on));
    assert!(back.says("L’organisme est rétabli") && !back.says("Désactivé"), "{}", back.words());

    assert!(admin.get("/administration/textes").says("RLRQ, c. A-2.1, art. 59.1"));
    assert!(admin.get("/administration/instruments").status == 200);
}

fn danger_immediat(code: &str) -> String {
    let sound = include_str!("../../../domain/data/instruments/danger-immediat.json");
    let mut own: serde_json::Value = serde_json::from_str(sound).unwrap();
    own["code"] = code.into();
    serde_json::to_string_pretty(&own).unwrap()
}

#[test]
fn an_instrument_is_checked_before_it_is_imported_and_its_flaws_are_shown() {
    let house = House::estrie();
    let admin = Browser::signed_in(&house, "admin");
    let path = "/administration/instruments/importer";
    let form = admin.get(path).form(path);
    let broken = admin.send(form.clone().with("_definition", "{\"code\": 3}"));
    assert_eq!(broken.status, 422);
    assert!(broken.says("La vérification relève un défaut"), "{}", broken.words());
    assert_eq!(broken.form(path).get("_definition"), Some("{\"code\": 3}"));
    let sound = danger_immediat("essai-local");
    let checked = admin.send(form.with("_definition", &sound));
    assert!(checked.says("La vérification ne trouve rien à redire"), "{}", checked.words());
    let imported = admin.send(checked.form(path));
    assert!(imported.says("L’instrument est importé"), "{}", imported.words());
}

#[test]
fn every_flaw_of_an_instrument_is_a_sentence_with_its_place_in_both_languages() {
    let house = House::estrie();
    let admin = Browser::signed_in(&house, "admin");
    let path = "/administration/instruments/importer";
    let sound = danger_immediat("essai-local");
    let mut own: serde_json::Value = serde_json::from_str(&sound).unwrap();
    own["version"] = 0.into();
    own["items"][1]["id"] = own["items"][0]["id"].clone();
    let ruled = own.to_string();
    let unknown = sound.replacen("\"code\"", "\"couleur\": 1,\n  \"code\"", 1);
    let cut = sound.get(..20).unwrap().to_owned();
    let flaws = [
        (&ruled, "/version", "dépasse les limites permises", "outside the allowed limits"),
        (&ruled, "/items", "deux fois", "twice"),
        (
            &unknown,
            "/couleur",
            "Personne ne connaît le membre « couleur »",
            "Nobody knows the member “couleur”",
        ),
        (&cut, "ligne ", "Le document s’arrête trop tôt", "The document ends too early"),
    ];
    for (text, place, french, english) in flaws {
        admin.get("/langue?vers=fr&suite=/accueil");
        let page = admin.send(admin.get(path).form(path).with("_definition", text));
        let summary = page.html.split("govuk-error-summary").nth(1).unwrap();
        assert!(page.says(place) && page.says(french), "{french}: {}", page.words());
        assert!(!summary.contains("lang=\"en\"") && !page.says("unknown member"), "{}", page.words());
        admin.get("/langue?vers=en&suite=/accueil");
        let page = admin.send(admin.get(path).form(path).with("_definition", text));
        assert!(page.says(english), "{english}: {}", page.words());
        assert_eq!(page.form(path).get("_definition"), Some(text.as_str()), "nothing pasted is lost");
    }
}

#[test]
fn the_definition_of_an_instrument_may_be_sent_as_a_file() {
    let house = House::estrie();
    let admin = Browser::signed_in(&house, "admin");
    let path = "/administration/instruments/importer";
    let page = admin.get(path);
    assert!(page.html.contains("enctype=\"multipart/form-data\""));
    let form = page.form(path);
    let nothing = admin.send_with_file(&form, "_file", b"");
    assert_eq!(nothing.status, 422);
    assert!(nothing.says("Choisissez un fichier ou collez son contenu."), "{}", nothing.words());
    let sound = danger_immediat("essai-en-fichier");
    // What was pasted is there still, whatever is wrong with the file.
    let both =
        admin.send_with_file(&form.clone().with("_definition", "{\"code\": 3}"), "_file", sound.as_bytes());
    assert_eq!(both.status, 422);
    assert!(both.says("pas les deux"), "{}", both.words());
    assert_eq!(both.form(path).get("_definition"), Some("{\"code\": 3}"));
    let picture = admin.send_with_file(&form, "_file", &[0xff, 0xd8, 0xff, 0xe0]);
    assert!(picture.says("n’est pas du texte en UTF-8"), "{}", picture.words());
    // A file with a flaw is corrected on the page.
    let flawed = sound.replace("\"essai-en-fichier\"", "\"Essai en fichier\"");
    let shown = admin.send_with_file(&form, "_file", flawed.as_bytes());
    assert_eq!(shown.status, 422);
    assert!(shown.says("/code"), "{}", shown.words());
    let mended = shown.form(path).get("_definition").unwrap().replace("Essai en fichier", "essai-en-fichier");
    let checked = admin.send(shown.form(path).with("_definition", &mended));
    assert!(checked.says("La vérification ne trouve rien à redire"), "{}", checked.words());
    let checked = admin.send_with_file(&form, "_file", sound.as_bytes());
    assert!(checked.says("La vérification ne trouve rien à redire"), "{}", checked.words());
    let imported = admin.send(checked.form(path));
    assert!(imported.says("L’instrument est importé"), "{}", imported.words());
}

#[test]
fn whoever_is_no_admin_sees_nothing_of_the_administration_and_an_agencys_admin_only_her_own() {
    let house = House::estrie();
    let amina = Browser::signed_in(&house, "amina");
    for page in [
        "/administration",
        "/administration/comptes",
        "/administration/comptes/inviter",
        "/administration/demandes",
        "/administration/cellules",
        "/administration/organismes",
        "/administration/instruments",
    ] {
        let seen = amina.get(page);
        assert_eq!(seen.status, 403, "{page}");
        assert!(!seen.html.contains("karine@"), "{page}");
    }
    house.database.run(&format!(
        "insert into role_grant (account_id, cell_id, role, valid_from, granted_at)
         select '{}', cell_id, role, valid_from, granted_at from role_grant where account_id = '{}'",
        house.loaded.users["louise"], house.loaded.users["admin"]
    ));
    let louise = Browser::signed_in(&house, "louise");
    let list = louise.get("/administration/comptes");
    assert!(list.says("Amina Haddad") && !list.html.contains("karine@"), "{}", list.words());
    let foreign = louise.get(&format!("/administration/comptes/{}", house.loaded.users["karine"]));
    let nobody = louise.get("/administration/comptes/0199aaaa-0000-7000-8000-000000000000");
    assert_eq!((foreign.status, nobody.status), (404, 404));
    assert_eq!(foreign.words(), nobody.words());
    assert_eq!(louise.get("/administration/organismes").status, 403);
}
