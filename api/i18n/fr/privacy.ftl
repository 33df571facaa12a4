# Le registre des incidents de confidentialité.
register-incidents = Incidents de confidentialité : le registre
register-incidents-lead = Tout incident s’inscrit ici, même mineur : accès, utilisation ou communication qui n’est pas permis, perte, ou toute autre atteinte. Chaque version est gardée. Vous seul·e, pour votre organisme, lisez ce registre.
incident-new = Inscrire un incident
incident-new-lead = Inscrivez ce que vous savez aujourd’hui. Vous pourrez le préciser plus tard ; ce qui était écrit avant reste au registre.
incident-nobody-named = N’écrivez le nom ni les coordonnées de personne : le registre décrit des renseignements, il n’en contient pas.
incident-enter = Inscrire
incident-none = Aucun incident n’est inscrit.
incident-newest-first = Les derniers inscrits d’abord
incident-export = Emporter le registre :
incident-title = Un incident de confidentialité
incident-of = Incident connu le { $x }
incident-number = Numéro
incident-version = Version
incident-state = État
incident-open = Ouvert
incident-closed = Fermé
incident-part-what = Ce qui est arrivé
incident-information = Renseignements concernés
incident-information-hint = De quelle nature : par exemple « adresse et numéro de téléphone d’une personne suivie ». Si vous ne pouvez pas les décrire, dites plutôt pourquoi au champ suivant.
incident-information-unknown = Pourquoi les renseignements ne peuvent pas être décrits
incident-circumstances = Circonstances
incident-occurred = Date ou période
incident-occurred-from = Date de l’incident, ou premier jour de la période
incident-occurred-to = Dernier jour de la période
incident-occurred-approximate = Cette date est approximative
incident-period = du { $from } au { $to }
incident-about = { $x } environ
incident-aware = Date à laquelle l’organisme en a pris connaissance
incident-aware-hint = Le registre garde l’incident au moins cinq ans après ce jour.
incident-persons = Personnes concernées
incident-persons-hint = Un nombre ; une estimation si vous ne savez pas mieux.
incident-persons-estimated = Ce nombre est une estimation
incident-persons-count = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
incident-part-risk = Le risque de préjudice sérieux
incident-part-risk-lead = Ce qui parle pour ou contre un tel risque. Répondez au moins à un de ces points.
incident-sensitivity = Sensibilité des renseignements
incident-malicious-use = Utilisations malveillantes possibles
incident-consequences = Conséquences appréhendées
incident-likelihood = Probabilité qu’ils soient utilisés pour nuire
incident-serious = Conclusion
incident-serious-yes = Risque de préjudice sérieux
incident-serious-yes-hint = Il faut alors aviser avec diligence la Commission d’accès à l’information et les personnes concernées.
incident-serious-no = Pas de risque de préjudice sérieux
incident-part-notices = Les avis
incident-part-notices-lead = Laissez vide ce qui n’est pas encore fait. Un incident sérieux dont un avis manque vous attend sur votre page d’accueil.
incident-cai-notified = Avis à la Commission d’accès à l’information
incident-minister-notified = Avis à la ou au ministre de la Santé
incident-minister-notified-hint = Pour un organisme du réseau de la santé et des services sociaux. À vérifier auprès d’un·e juriste.
incident-persons-notified = Avis aux personnes concernées
incident-public-notice = Avis public
incident-deferred = Pourquoi l’avis aux personnes est différé
incident-deferred-hint = Seulement s’il risque d’entraver une enquête en cours.
incident-part-measures = Les mesures
incident-measures = Mesures prises
incident-measures-hint = Ce qui a été fait pour que le risque diminue et que cela ne se reproduise pas.
incident-waits = Avis à donner
incident-awaits-authority = à la Commission d’accès à l’information ou à la ou au ministre.
incident-awaits-persons = aux personnes concernées, ou la raison de le différer.
incident-kept = À garder au registre au moins jusqu’au { $x }.
incident-amend = Préciser
incident-amend-title = Préciser un incident
incident-amend-lead = Écrivez ce qui est connu maintenant. La version d’avant reste au registre.
incident-amend-reopens = Cet incident est fermé : le préciser l’ouvre de nouveau.
incident-close = Fermer
incident-close-title = Fermer l’incident
incident-close-lead = Tout ce que l’incident demandait est fait. Il reste au registre, et pourra encore être précisé.
incident-before = Ce que le registre disait avant
incident-version-of = Version { $number }, écrite le { $at }
done-incident-entered = L’incident est inscrit.
done-incident-amended = La nouvelle version est inscrite ; la précédente est gardée.
done-incident-closed = L’incident est fermé. Il reste au registre.

# La première page de la personne responsable de la protection des renseignements.
home-registers = Registres : ce qui attend
home-incident = Incident sérieux. Avis à donner :
home-incident-since = Connu depuis le { $x }
home-open-incident = Ouvrir l’incident

# Les gestes, comme le journal les nomme.
act-incident-enter = Inscrire un incident de confidentialité
act-incident-amend = Préciser un incident de confidentialité
act-incident-close = Fermer un incident de confidentialité
act-incident-list = Lire le registre des incidents
act-incident-read = Lire un incident de confidentialité
act-incident-waiting = Voir les incidents dont un avis manque

# Le registre des demandes d’accès.
register-requests = Demandes d’accès : le registre
register-requests-lead = Ce qu’une personne, ou quelqu’un qui la représente, demande à votre organisme : voir ce qu’il détient, savoir qui l’a lu, faire corriger. Vous seul·e, pour votre organisme, lisez ce registre.
request-new = Inscrire une demande
request-new-lead = N’écrivez ni nom ni coordonnées : gardez-les avec la demande elle-même, dans votre organisme. L’échéance se calcule d’après la loi de votre organisme.
request-unknown-lead = Une demande au sujet d’une personne que personne ne connaît ici s’inscrit et se traite comme toute autre : ni cette page ni la réponse ne disent si un dossier existe.
request-enter = Inscrire
request-none = Aucune demande n’est inscrite.
request-title = Une demande d’accès
request-of = Demande reçue le { $x }
request-number = Numéro
request-version = Version
request-received = Reçue le
request-received-hint = Le délai court à partir de ce jour.
request-kind = Ce qui est demandé
request-kind-held = Ce que l’organisme détient sur la personne
request-kind-readers = Qui a lu ces renseignements
request-kind-rectification = Une rectification
request-by = Qui demande
request-by-person = La personne concernée
request-by-representative = Quelqu’un qui la représente
request-subject = La demande, en bref
request-subject-hint = Par exemple « les notes de suivi de 2025 ». Ni nom ni coordonnées.
request-file = Dossier visé (numéro)
request-file-hint = Si un dossier est nommé. Rien n’est vérifié : le numéro est gardé tel quel.
request-person = Personne visée (numéro)
request-verified = Identité vérifiée
request-verified-lead = Peut suivre plus tard, mais rien ne se donne avant.
request-verified-on = Vérifiée le
request-verified-who = Par qui, dans votre organisme
request-verified-how = De quelle façon
request-verified-by = par { $by }, le { $on }
request-verified-document = Pièce d’identité vue, sans copie
request-verified-known = Personne déjà connue de l’organisme
request-verified-questions = Réponses à des questions
request-verified-mandate = Document qui permet de représenter la personne
request-due-on = Échéance
request-due = À répondre au plus tard le { $x }
request-overdue = En retard : l’échéance était le { $x }
request-answered = Répondu le { $x }, à temps
request-answered-late = Répondu le { $on }, après l’échéance du { $due }
request-to-answer = À répondre
request-late = En retard
request-term = Délai de { $days } jours ({ $source }).
request-days = { $n ->
    [one] { $n } jour de plus.
   *[other] { $n } jours de plus.
}
request-amend = Corriger l’inscription
request-amend-title = Corriger l’inscription d’une demande
request-extend = Prolonger
request-extend-title = Prolonger le délai
request-extended = Délai prolongé
request-because = Pourquoi il faut plus de temps
request-because-hint = La personne qui demande en est avisée avant l’échéance.
request-answer = Inscrire la réponse
request-answer-title = Dire ce qui a été répondu
request-answered-on = Répondu le
request-outcome = La réponse
request-outcome-hint = Ce qui est déjà donné à la personne ; le registre n’en garde pas le contenu.
request-outcome-given = Accordée
request-outcome-in-part = Accordée en partie
request-outcome-refused = Refusée
request-outcome-nothing-held = Rien n’est détenu
request-grounds = Motifs
request-grounds-hint = Au moins un, si une partie ou le tout est refusé.
request-ground-third-party = Renseignements sur un tiers dont la communication risque de lui nuire
request-ground-health = Préjudice grave pour la santé de la personne qui demande
request-ground-investigation = Enquête en cours
request-ground-proceedings = Procédure judiciaire
request-ground-privilege = Secret professionnel
request-ground-identity-unverified = Identité ou droit de représenter non établis
request-ground-other-law = Autre disposition, à nommer
request-explanation = Explication
request-explanation-hint = Sans rien dire du contenu. Nommez la disposition si le motif est « autre ».
request-journal = Voir au journal qui a lu ce dossier
request-journal-hint = Si ce dossier est connu de votre organisme.
done-request-entered = La demande est inscrite.
done-request-amended = L’inscription est corrigée ; la version d’avant est gardée.
done-request-extended = Le délai est prolongé.
done-request-answered = La réponse est inscrite.
home-request = Demande d’accès : { $x }
home-open-request = Ouvrir la demande
act-access-request-enter = Inscrire une demande d’accès
act-access-request-amend = Corriger une demande d’accès
act-access-request-extend = Prolonger le délai d’une demande d’accès
act-access-request-answer = Inscrire la réponse à une demande d’accès
act-access-request-list = Lire le registre des demandes d’accès
act-access-request-read = Lire une demande d’accès
act-access-request-waiting = Voir les demandes d’accès à répondre

# Ce qui ressort du journal.
anomaly-title = Ce qui ressort du journal
anomaly-lead = Une règle n’accuse personne : elle dit où regarder. Jamais une valeur. Votre lecture s’inscrit aussi.
anomaly-lead-auditor = Dans vos cellules, d’après cinq règles fixes.
anomaly-lead-officer = Parmi les gens de votre organisme, d’après cinq règles fixes.
anomaly-longest = Au plus 92 jours à la fois.
anomaly-none = Rien.
anomaly-account = compte
anomaly-see = Voir au journal
anomaly-last = La dernière fois, { $x }
anomaly-times = { $n ->
    [one] { $n } fois.
   *[other] { $n } fois.
}
anomaly-files = { $n ->
    [one] { $n } dossier en une heure.
   *[other] { $n } dossiers en une heure.
}
anomaly-title-unknown-files = Dossiers qui n’existent pas pour la personne
anomaly-rule-unknown-files = La même personne a demandé trois fois ou plus un dossier qui n’existe pas pour elle.
anomaly-title-recused = Personnes récusées
anomaly-rule-recused = Une personne récusée d’un dossier a essayé de l’ouvrir.
anomaly-title-many-files = Beaucoup de dossiers
anomaly-rule-many-files = La même personne a ouvert plus de vingt dossiers dans une même heure de l’horloge.
anomaly-title-night = De nuit, sans mobilisation
anomaly-rule-night = Quelque chose a été montré entre 23 h et 5 h, d’un dossier pour lequel aucune cellule n’était à l’œuvre.
anomaly-title-emergency = Déclenchements d’urgence
anomaly-rule-emergency = Une cellule a été déclenchée d’urgence, avant que son comité se réunisse.
act-access-log-anomalies = Voir ce qui ressort du journal
