# La répétition d’un changement de la règle commune.
rehearsal-title = Répéter un changement de la règle
rehearsal-lead = La règle commune dit ce qu’aucun consentement et aucune levée ne peuvent ouvrir davantage. Essayez ici un changement sur les vrais dossiers de vos cellules : vous verrez qui gagnerait ou perdrait quoi, en nombres seulement. Rien n’est changé, aucune valeur n’est ouverte, et la répétition s’inscrit au journal.
rehearsal-rules = Les règles telles qu’elles sont
rehearsal-rule = Règle
rehearsal-add = Essayer une règle de plus
rehearsal-try = Essayer un changement
rehearsal-form = Le changement à essayer
rehearsal-how = Que devient cette règle ?
rehearsal-change = Elle change
rehearsal-remove = Elle disparaît
rehearsal-remove-hint = Le reste du formulaire ne compte alors pas.
rehearsal-effect = Effet
rehearsal-allow = Permet
rehearsal-deny = Interdit
rehearsal-deny-hint = Une interdiction l’emporte sur toute permission.
rehearsal-roles = Rôles
rehearsal-kinds = Genres d’organismes
rehearsal-categories = Catégories
rehearsal-subjects = Personnes concernées
rehearsal-purposes = Finalités
rehearsal-bases = Fondements
rehearsal-any = Tous
rehearsal-all-but = Tous sauf : { $x }
rehearsal-go = Répéter
rehearsal-result = Ce qui changerait
rehearsal-files = { $n ->
    [one] Au moins { $n } dossier a été examiné (500 au plus, les derniers ouverts).
   *[other] Au moins { $n } dossiers ont été examinés (500 au plus, les derniers ouverts).
}
rehearsal-few-files = Moins de cinq dossiers ont été examinés.
rehearsal-nothing-changed = Rien n’a été changé.
rehearsal-no-move = Ce changement ne donnerait et n’ôterait rien à personne : la règle dirait la même chose.
rehearsal-gain = { $n ->
    [one] Un genre d’organismes pourrait voir davantage :
   *[other] { $n } genres d’organismes pourraient voir davantage :
}
rehearsal-gain-none = Personne ne pourrait voir davantage.
rehearsal-lose = { $n ->
    [one] Un genre d’organismes pourrait voir moins :
   *[other] { $n } genres d’organismes pourraient voir moins :
}
rehearsal-lose-none = Personne ne pourrait voir moins.
rehearsal-says = { $who } : { $what }. Dans les dossiers examinés, au moins { $count } renseignements.
rehearsal-says-few = { $who } : { $what }. Dans les dossiers examinés, moins de 5 renseignements de chaque catégorie, ou aucun.
rehearsal-detail = Le détail, par organisme et par catégorie
rehearsal-who = Organismes
rehearsal-what = Catégorie
rehearsal-move = Effet
rehearsal-count = Renseignements
rehearsal-gains = gagnerait
rehearsal-loses = perdrait
rehearsal-few = moins de 5, ou aucun
rehearsal-at-least = { $n ->
    [one] au moins { $n }
   *[other] au moins { $n }
}
rehearsal-counts = Un renseignement compte une fois pour chaque organisme autour du dossier qui le verrait ou ne le verrait plus. Les nombres vont de cinq en cinq et ne sont jamais donnés sous cinq.
