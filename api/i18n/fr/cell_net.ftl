# Le filet de sécurité.
net-title = Filet de sécurité
net-agreed-on = Convenu le { $x }.
net-not-agreed = Le filet n’est pas encore convenu.
net-paper = Version à imprimer
net-pdf = PDF
net-open = { $n ->
    [0] Aucune mesure à faire
    [one] { $n } mesure à faire
   *[other] { $n } mesures à faire
}
net-late = { $n ->
    [one] { $n } en retard
   *[other] { $n } en retard
}
net-none = Aucune mesure ne vous est montrée.
net-actions = Filet de sécurité
net-ended = Mesures terminées
net-ended-at = Terminée le { $x }
net-never = À ne pas faire :
net-evidence = Résultat :
net-for = protège { $x }
net-told-count = { $n ->
    [one] une personne informée
   *[other] personnes informées à { $n } reprises
}
net-kind-hidden = Mesure de nature non communiquée
net-status-agreed = Convenue
net-status-under-way = En cours
net-status-done = Réalisée
net-status-impossible = Impossible
net-status-cancelled = Annulée
net-kind = Mesure
net-words = Ce qui est à faire
net-owner = Qui s’en charge
net-protects = Qui est protégé
net-due = Échéance
net-fails = Et si elle échoue ?
net-if-fails = Si elle échoue :
net-must-not = À ne pas faire
net-must-not-words = Autre chose à ne pas faire
net-add = Ajouter une mesure
net-add-do = Inscrire la mesure
net-told = Qui a été informé
net-told-who = Personne informée
net-told-how = Par quel moyen sûr ?
net-told-how-hint = Jamais un numéro ni une adresse.
net-told-when = Quand
net-told-when-hint = Laissez vide si c’est maintenant.
net-outcome = Qu’en est-il ?
net-outcome-done = Elle est réalisée
net-outcome-impossible = Elle ne peut pas être réalisée
net-outcome-why = Nécessaires si elle ne peut pas être réalisée.
net-evidence-what = Ce qui le montre
net-evidence-hint = Si elle est réalisée. Ces mots ne sont montrés qu’à qui le consentement ou la loi le permet.
net-move-agree = Convenue
net-move-start = Commencée
net-move-finish = Réalisée
net-move-give-up = Impossible
net-move-cancel = Annulée
net-move-entrust = Confiée
net-move-extend = Échéance reportée
net-title-commencer = Commencer
net-title-terminer = Dire ce qu’il en est
net-title-informer = Noter qui a été informé
net-title-confier = Confier à quelqu’un d’autre
net-title-reporter = Reporter l’échéance
net-title-annuler = Annuler la mesure
net-do-commencer = Commencer la mesure
net-do-terminer = Enregistrer
net-do-informer = Enregistrer
net-do-confier = Confier
net-do-reporter = Reporter
net-do-annuler = Annuler la mesure
done-net-added = La mesure est inscrite et la personne qui s’en charge est avisée.
done-net-commencer = La mesure est en cours.
done-net-terminer = Le résultat est enregistré.
done-net-informer = C’est noté.
done-net-confier = La mesure est confiée.
done-net-reporter = L’échéance est reportée.
done-net-annuler = La mesure est annulée.

# Les statistiques.
cell-meeting-of = Rencontre du { $x }
stat-year = Année
stat-reach = Portée
stat-of-cell = La cellule
stat-of-region = Sa région
stat-total = Situations présentées :
stat-withheld = masqué
stat-hidden = Nombres masqués : { $hidden } sur { $all }. On masque un nombre plus petit que 5, même zéro, et tout nombre qui permettrait de le calculer : ainsi, aucun tableau ne peut faire reconnaître quelqu’un.
stat-left-out = Laissés de côté, puisque tout y serait masqué : { $x }.
stat-wider = Plus il y a de situations, plus il y a de nombres à montrer. Essayez :
stat-wider-region = toute la région, en { $x }
stat-wider-year = une année entière, { $x }
stat-widest = Il n’y a rien de plus large que la région et une année entière. Les nombres paraîtront quand il y aura assez de situations.
stat-count = Nombre
stat-table-state = Étape
stat-table-level = Niveau de risque
stat-table-consulted-to-triggered = De la présentation au déclenchement
stat-table-triggered-to-met = Du déclenchement à la rencontre
stat-table-met-to-planned = De la rencontre au filet convenu
stat-table-identified-to-convened = Du signalement à la convocation
stat-table-triggered-to-first-action = Du déclenchement à la première mesure
stat-table-convened-to-first-action = De la convocation à la première mesure
stat-table-closed-for = Pourquoi les situations ont été fermées
stat-not-closed = Pas fermée
stat-within-24-hours = En 24 heures
stat-within-48-hours = En 48 heures
stat-within-7-days = En 7 jours
stat-later = Plus tard
stat-not-yet = Pas encore
stat-not-kept = Non conservé
stat-lessons = Ce que la cellule a appris
stat-lessons-none = Rien n’est encore dit par au moins cinq bilans.
stat-at-least = au moins { $x } bilans
stat-lesson-theme = Thèmes
stat-lesson-helped = Ce qui a aidé
stat-lesson-hindered = Ce qui a nui
