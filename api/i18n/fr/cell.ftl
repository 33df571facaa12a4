# La cellule : son tableau.
cell-board = Tableau de la cellule
cell-new = Nouvelle situation
cell-all = Toutes
cell-stage = Étape
cell-stage-all = Toutes les étapes en cours
cell-table-of = Tableau : { $x }
cell-filter = Afficher
cell-none-here = Aucune situation à cette étape.
cell-whole-board = Revenir au tableau
cell-all-of = Toutes : { $x }
cell-see-closed = Fermées
cell-see-not-retained = Non retenues
cell-see-transferred = Transférées
cell-late-title = { $n ->
    [one] Une situation en retard
   *[other] { $n } situations en retard
}
cell-column-agency = Dans l’organisme
cell-column-committee = Devant le comité
cell-column-work = Cellule déclenchée
cell-column-net = Filet et suivi
cell-urgent = Urgence
cell-reappraise = Risque à apprécier de nouveau
cell-reappraise-since = Un fait nouveau demande une nouvelle appréciation du risque depuis le { $x }. Une nouvelle appréciation ou un suivi y répond.
cell-agency-gone = Organisme qui n’est plus actif
cell-nobody-named = Personne n’est nommé
cell-late-minutes = { $n ->
    [one] En retard de { $n } minute
   *[other] En retard de { $n } minutes
}
cell-late-hours = { $n ->
    [one] En retard de { $n } heure
   *[other] En retard de { $n } heures
}
cell-late-days = { $n ->
    [one] En retard de { $n } jour
   *[other] En retard de { $n } jours
}
cell-due-minutes = { $n ->
    [one] Dans { $n } minute
   *[other] Dans { $n } minutes
}
cell-due-hours = { $n ->
    [one] Dans { $n } heure
   *[other] Dans { $n } heures
}
cell-due-days = { $n ->
    [one] Dans { $n } jour
   *[other] Dans { $n } jours
}

# Les étapes d’une mobilisation.
cell-state-identified = Signalement interne
cell-state-appraised = Risque apprécié
cell-state-consulted = Consultation sans identité
cell-state-in-analysis = À l’étude du comité
cell-state-not-retained = Non retenue
cell-state-triggered = Cellule déclenchée
cell-state-meeting = Rencontre
cell-state-planned = Filet convenu
cell-state-follow-up = Suivi
cell-state-closed = Fermée
cell-state-transferred = Transférée

# Une mobilisation.
cell-next = Et maintenant
cell-nothing-for-you = Cette étape ne relève pas de votre rôle.
cell-at-work = Au travail
cell-opinions = Avis du comité
cell-opinion = Avis
cell-opinion-trigger = Déclencher la cellule
cell-opinion-dismiss = Ne pas retenir
cell-opinion-more = En savoir plus d’abord
cell-reasons = Motifs
cell-when = Quand
cell-quorum = Avis donnés : { $given } ; quorum : { $needed }.
cell-quorum-met = Le comité peut décider.
cell-quorum-missing = Il en manque pour décider.
cell-brought = Ce qui a été présenté, sans identité
cell-history = Qui a fait quoi
cell-stages = Le chemin parcouru
cell-brought-by = Présentée par
cell-own-reference = Votre repère
cell-review-at = Prochain suivi
cell-residual = Niveau qui demeure
cell-following = Continuent le suivi
cell-from = Origine
cell-from-other = Reçue d’une autre cellule
cell-repeat-of = Fait suite à
cell-repeat-see = La mobilisation précédente
cell-standing-done = Fait
cell-standing-now = En cours
cell-standing-skipped = Étape non suivie
cell-standing-next = À venir
cell-stage-identify = Signalement interne
cell-stage-appraise = Appréciation dans l’organisme
cell-stage-consult = Présentation sans identité
cell-stage-analyse = Étude par le comité
cell-stage-trigger = Déclenchement
cell-stage-identity = Ouverture de l’identité
cell-stage-convene = Rencontre de la cellule
cell-stage-plan = Filet de sécurité
cell-stage-review = Suivi
cell-stage-close = Fermeture
cell-stage-dismiss = Non retenue
cell-stage-transfer = Transfert
cell-move-identify = Situation signalée
cell-move-appraise = Risque apprécié
cell-move-consult = Présentée à la cellule
cell-move-analyse = Comité saisi
cell-move-dismiss = Non retenue
cell-move-trigger = Cellule déclenchée
cell-move-open-identity = Identité ouverte
cell-move-convene = Rencontre convoquée
cell-move-plan = Filet convenu
cell-move-review = Suivi fait
cell-move-close = Fermée
cell-move-reopen = Rouverte
cell-move-transfer = Transférée
cell-move-receive = Reçue d’une autre cellule
cell-next-identified = { $x } apprécie le risque avec sa personne répondante, à l’aide de sa propre grille.
cell-next-appraised = La personne répondante de { $x } la présente à la cellule, sans identité.
cell-next-consulted = La coordination saisit le comité. Si la vie ne peut pas attendre, elle déclenche sans lui.
cell-next-in-analysis = Chaque organisme du comité donne son avis ; la coordination décide quand le quorum est atteint.
cell-next-identity = La personne répondante de { $x } ouvre l’identité à la cellule, avec le consentement de la personne ou par une levée de confidentialité.
cell-next-triggered = La coordination convoque la rencontre dans le délai de la cellule.
cell-next-meeting = La cellule se réunit et tisse le filet de sécurité ; la coordination constate qu’il est convenu.
cell-next-planned = Les organismes agissent ; la coordination fait le suivi à la date convenue.
cell-next-follow-up = Le suivi continue jusqu’à ce que la situation puisse être fermée.
cell-next-closed = La cellule s’est arrêtée. Tout nouvel événement la ramène devant elle.
cell-next-not-retained = La situation n’a pas été retenue. Rien de ce qui permettait de la reconnaître n’est conservé.
cell-next-transferred = La suite appartient à la cellule { $x }.

# Une nouvelle situation.
cell-new-which = Dans quelle cellule ?
cell-new-own = Votre repère
cell-new-own-hint = Un mot qui vous permet de la retrouver, par exemple « chambre bleue ». Seul votre organisme le voit ; n’y mettez le nom de personne.
cell-new-begin = Signaler la situation
cell-new-lead = La situation reste dans votre organisme tant que votre personne répondante ne l’a pas présentée à la cellule.
cell-new-danger = Si quelqu’un est en danger maintenant, appelez d’abord le 911.
done-cell-identified = La situation est signalée dans votre organisme. Appréciez maintenant le risque.

# Les pas d’une mobilisation.
step-reasons = Pour quels motifs ?
step-words = Précisions
step-words-hint = Ces mots ne sont montrés qu’à qui le consentement ou la loi le permet.
step-age = Groupe d’âge
step-region = Région
step-factors = Ce qui inquiète et ce qui protège
step-services = Services déjà reçus
step-level = Niveau de risque
step-level-hint = Une personne le fixe, d’après la grille de l’organisme et son jugement. Aucun pointage ne le décide.
step-review-at = Quand le filet est-il revu ?
step-review-hint = La cellule s’est donné { $n } jours.
step-apprecier = Apprécier le risque
step-apprecier-do = Enregistrer l’appréciation
step-apprecier-lead = Ces renseignements seront présentés à la cellule sans identité. C’est pourquoi il n’y a ici que des cases à cocher : aucun champ où écrire un nom, une adresse ou un récit qui ferait reconnaître quelqu’un.
step-presenter = Présenter à la cellule
step-presenter-do = Présenter sans identité
step-presenter-lead = La coordination et le comité verront le groupe d’âge, la région, les facteurs, les services et le niveau, et votre organisme comme source. Rien ne dit qui est la personne ; l’identité ne s’ouvre qu’après le déclenchement, avec un consentement ou une levée de confidentialité.
step-etudier = Saisir le comité
step-etudier-do = Saisir le comité
step-etudier-lead = Les organismes du comité de coordination sont avisés et donnent chacun leur avis.
step-avis = Donner l’avis de mon organisme
step-avis-do = Donner cet avis
step-avis-which = Que pense votre organisme ?
step-avis-lead = Chaque organisme compte une fois. Un nouvel avis remplace le précédent.
step-declencher = Déclencher la cellule
step-declencher-do = Déclencher
step-declencher-lead = La rencontre est alors due dans le délai de la cellule. La décision est la vôtre, à votre nom, avec ses motifs.
step-ecarter = Ne pas retenir
step-ecarter-do = Ne pas retenir et effacer
step-ecarter-lead = C’est une décision définitive. L’organisme qui a présenté la situation en est avisé et continue son propre travail.
step-ecarter-erased = Sont effacés : l’organisme qui l’a présentée et son repère, le groupe d’âge, les facteurs, les services, le niveau, les avis du comité et le nom de qui a fait chaque pas.
step-ecarter-kept = Sont conservés : la région, les dates et les motifs de votre décision, pour que la cellule puisse compter ses situations sans pouvoir en reconnaître une.
step-urgence = Déclencher d’urgence
step-urgence-do = Déclencher maintenant
step-urgence-lead = Sans attendre le comité, parce qu’une vie est menacée. Le comité est avisé. Appelez le 911 si le danger est immédiat.
step-identite = Ouvrir l’identité
step-identite-do = Ouvrir ce dossier à la cellule
step-identite-lead = La coordination entre dans le cercle du dossier que vous choisissez. Un niveau de risque à lui seul ne suffit jamais.
step-identite-consent = Avec consentement : la personne a dit oui à la transmission de son identité à la coordination, et ce oui est consigné au dossier.
step-identite-law = Sans consentement : une levée de confidentialité en vigueur, attestée par votre personne répondante, nomme la coordination.
step-identite-none = Aucun dossier ouvert de cette cellule n’a votre organisme dans son cercle. Ouvrez d’abord le dossier.
step-identite-open = Ouvrir un dossier
step-identite-by-consent = La personne n’a pas encore dit oui ? Menez d’abord avec elle la conversation de consentement : son oui y est consigné.
step-identite-conversation = Conversation de consentement, dossier { $x }
step-identite-by-law = Son oui n’est pas possible et le danger est sérieux ? Levez d’abord la confidentialité en nommant la coordination parmi les destinataires.
step-identite-disclosure = Lever la confidentialité, dossier { $x }
step-identite-file = Quel dossier ?
step-convenir = Constater que le filet est convenu
step-convenir-do = Le filet est convenu
step-convenir-lead = Au moins une mesure doit être inscrite au filet. La date du suivi est obligatoire.
step-suivi = Faire le suivi
step-suivi-do = Enregistrer le suivi
step-suivi-lead = Le filet est relu avec les organismes. La date du prochain suivi est obligatoire.
step-suivi-level = Niveau de risque aujourd’hui
step-fermer = Fermer
step-fermer-do = Fermer la mobilisation
step-fermer-lead = La cellule s’arrête ; les organismes que vous nommez continuent. Les mesures encore ouvertes doivent leur appartenir.
step-fermer-level = Niveau de risque qui demeure
step-fermer-following = Quels organismes continuent ?
step-fermer-following-hint = Leurs mesures ouvertes restent à faire.
step-fermer-file-title = Et le dossier ?
step-fermer-file = Fermer aussi le dossier
step-fermer-file-hint = Après le délai de la cellule, chaque organisme n’y verra plus que ce qu’il a lui-même inscrit.
step-rouvrir = Rouvrir
step-rouvrir-do = Rouvrir la mobilisation
step-rouvrir-lead = La cellule est de nouveau déclenchée et son délai repart.
step-repetition = Signaler un nouvel événement
step-repetition-do = Ramener devant la cellule
step-repetition-lead = Tout nouvel épisode dans la fenêtre de répétition revient devant la cellule, quel que soit le seuil. Ce qui s’est passé s’inscrit au dossier, comme un fait.
step-transferer = Transférer à une autre cellule
step-transferer-do = Transférer
step-transferer-lead = L’autre cellule reçoit les codes et les motifs, jamais le dossier. Ici, chacun garde ce qu’il pouvait lire.
step-transferer-to = Quelle cellule prend la suite ?
step-bilan = Tirer des leçons
step-bilan-do = Enregistrer le bilan
step-bilan-lead = En codes seulement : ils sont comptés, et rien ne ramène à cette situation.
step-bilan-themes = De quoi s’agit-il ?
step-bilan-helped = Qu’est-ce qui a aidé ?
step-bilan-hindered = Qu’est-ce qui a nui ?
done-step-apprecier = L’appréciation est enregistrée. Votre personne répondante peut présenter la situation à la cellule.
done-step-presenter = La situation est présentée sans identité. La coordination est avisée.
done-step-etudier = Le comité est saisi.
done-step-avis = L’avis de votre organisme est enregistré.
done-step-declencher = La cellule est déclenchée.
done-step-ecarter = La situation n’est pas retenue ; ce qui permettait de la reconnaître est effacé.
done-step-urgence = La cellule est déclenchée d’urgence.
done-step-identite = L’identité est ouverte à la coordination.
done-step-convenir = Le filet est convenu et son suivi est inscrit.
done-step-suivi = Le suivi est enregistré.
done-step-fermer = La mobilisation est fermée.
done-step-rouvrir = La mobilisation est rouverte.
done-step-repetition = Le nouvel événement est devant la cellule.
done-step-transferer = La situation est transférée.
done-step-bilan = Le bilan est enregistré.
