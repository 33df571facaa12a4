# Le dossier, pour l’intervenante et l’intervenant.
file-active = actif
file-acts = Ce que vous pouvez faire dans ce dossier
file-record = Consigner
file-record-short = Consigner
file-add-person = Ajouter une personne
file-consents = Consentements
file-appraisals = Appréciations du risque
file-attachments = Pièces jointes
file-disclosures = Levées de confidentialité
file-timeline = Chronologie
file-circle = Cercle
file-persons = Les personnes
file-nobody = Personne n’est encore inscrit à ce dossier. Ajoutez la personne à risque, puis ce que vous savez.
file-picture = Les personnes du dossier et leurs liens
file-picture-middle = Au centre : { $x }.
file-picture-around = Autour : { $x }.
file-new = nouveau
file-new-count = { $n ->
    [one] { $n } nouveauté
   *[other] { $n } nouveautés
  }
file-merged-into = Cette situation se poursuit dans un autre dossier.
file-merged-from = Un autre dossier a été réuni à celui-ci.
back-to-file = Revenir au dossier
may-exist-ask = Ces genres de renseignements peuvent exister, ou non. Choisissez-en un pour savoir pourquoi il ne vous est pas montré, et qui pourrait le permettre.
may-exist-why = — pourquoi, et qui pourrait le permettre
circle-since = depuis le { $x }
circle-until = jusqu’au { $x }
changed-since = Ce qui a changé depuis votre dernière consultation ({ $x })
changed-nothing = Rien n’a changé dans ce qui vous est montré.
changed-gone = N’est plus montré : { $x }
changed-joined = Entrée dans le cercle : { $x }
changed-left = Sortie du cercle : { $x }

# Pourquoi.
why-title = { $x } : ce qui peut vous être montré
why-who = Qui pourrait le permettre
why-consents = Voir les consentements du dossier
why-may = Cette page dit ce qui vaudrait d’un tel renseignement. Elle ne dit pas s’il existe, ni qui le détient.
why-covers = Ce que cela comprend
why-purpose = Pour la finalité déclarée : { $x }.

# Consigner.
facts-title = Consigner ce que vous savez
facts-person = De qui s’agit-il ?
facts-lead = Remplissez ce que vous savez et laissez le reste vide. Votre organisme en est la source.
facts-submit = Consigner
facts-more = Autres renseignements
facts-add-rows = Afficher les champs choisis
facts-vault-label = Partage
facts-vault = Réserver à mon organisme
facts-vault-hint = Aucun autre organisme ne pourra recevoir ces renseignements, même avec un consentement.
facts-some-recorded = { $n ->
    [one] { $n } renseignement est consigné. Ce qui reste est à revoir.
   *[other] { $n } renseignements sont consignés. Ce qui reste est à revoir.
  }
done-facts-recorded = C’est consigné.
phone-hint = Par exemple : 819-555-0100
address-line1 = numéro et rue
address-line2 = appartement
address-municipality = municipalité
address-postal-code = code postal
fact-history-link = Historique
fact-history = { $x } : historique
fact-retracted-at = retiré le { $x }
fact-correct-link = Corriger
fact-correct = Corriger : { $x }
fact-correct-lead = La correction remplace ce qui est montré. L’ancienne version reste dans l’historique.
fact-correct-submit = Enregistrer la correction
done-fact-corrected = La correction est enregistrée.
fact-retract-link = Retirer
fact-retract = Retirer : { $x }
fact-retract-lead = À faire quand un renseignement a été inscrit à la mauvaise personne. Il ne sera plus montré à personne ; votre organisme en garde la trace. Ce geste ne peut pas être annulé.
fact-retract-submit = Retirer ce renseignement
done-fact-retracted = Le renseignement est retiré.

# Les personnes.
person-add = Ajouter une personne
person-add-submit = Ajouter la personne
person-role = Quel est son rôle dans la situation ?
person-given-name = Prénom
person-family-name = Nom
person-birth-date = Date de naissance
person-birth-date-hint = Elle sert à calculer l’âge et à retrouver la personne. Laissez vide si vous ne la connaissez pas.
person-vault = Qui peut savoir que cette personne est au dossier ?
person-vault-hint = Si vous ne cochez rien, tout le cercle peut le savoir. Sinon, seulement les organismes cochés et le vôtre.
done-person-added = La personne est ajoutée.
done-person-added-in-part = La personne est ajoutée. Une partie de ce que vous aviez écrit est à revoir.
person-correct = Corriger le rôle
person-correct-lead = Le rôle décide de ce que chaque organisme peut voir. Seul l’organisme qui a ajouté la personne peut le corriger.
person-correct-submit = Corriger le rôle
done-person-corrected = Le rôle est corrigé.
new-file-person = La personne à risque
new-file-known = Ce que vous savez déjà, s’il y a lieu ; le reste s’ajoute ensuite au dossier.

# Le cercle et la récusation.
circle-bring = Faire entrer un organisme
circle-agency = Quel organisme ?
circle-agency-hint = Il saura que le dossier existe et qui s’y trouve. Le contenu ne lui est montré que si un consentement ou la loi le permet.
circle-join = Faire entrer dans le cercle
circle-end-link = Mettre fin
circle-end = Mettre fin à la place de { $x }
circle-end-lead = Cet organisme ne verra plus que les renseignements dont il est la source. Il pourra revenir dans le cercle si un répondant ou une répondante l’y fait entrer.
circle-end-submit = Mettre fin à sa place
done-circle-joined = L’organisme est entré dans le cercle.
done-circle-ended = L’organisme n’est plus dans le cercle.
done-circle-left = Votre organisme n’est plus dans le cercle de ce dossier.
recusal-link = Je connais l’une de ces personnes : me récuser
recusal-title = Me récuser du dossier { $x }
recusal-lead = Récusez-vous si un lien vous unit à l’une des personnes du dossier : famille, amitié, travail, voisinage ou tout autre lien. La coordination en est avisée, ou la personne répondante de votre organisme si le dossier n’a pas encore été présenté à la cellule ; elle n’apprend pas pourquoi.
recusal-final = Aussitôt, ce dossier n’existe plus pour vous, dans tous vos comptes. Vous ne pourrez pas l’annuler.
recusal-submit = Me récuser
done-recused = Votre récusation est consignée.

# La chronologie et les pièces jointes.
timeline-lead = Ce qui vous est montré, selon la date ; le plus récent d’abord.
timeline-kind-fact = Consigné
timeline-kind-happened = Date d’un fait
timeline-kind-circle = Cercle
timeline-kind-attachment = Pièce
timeline-kind-appraisal = Risque
timeline-kind-consent = Consentement
timeline-kind-disclosure = Levée
timeline-attachment = Pièce jointe
timeline-appraisal = Appréciation du risque
timeline-consent = Consentement ou refus donné
timeline-withdrawal = Consentement retiré
timeline-disclosure = Levée de confidentialité
timeline-revocation = Levée de confidentialité révoquée
attachment-none = Aucune pièce jointe ne vous est montrée pour cette finalité.
attachment-add = Joindre une pièce
attachment-category = Que contient-elle de plus délicat ?
attachment-category-hint = La pièce sera montrée comme un renseignement de cette catégorie.
attachment-name = Comment l’appeler ?
attachment-name-hint = Par exemple : Ordonnance de protection
attachment-file = Fichier
attachment-file-hint = PDF, image, texte ou document de bureau sans macros ; 10 Mo au plus.
attachment-submit = Joindre
attachment-download = Télécharger
attachment-waiting = contenu absent
attachment-size = { $n } Ko
attachment-retract = Retirer la pièce jointe
attachment-retract-lead = Son contenu est effacé pour tout le monde ; son nom reste dans l’historique de votre organisme. Ce geste ne peut pas être annulé.
attachment-retract-submit = Retirer et effacer
done-attachment-added = La pièce est jointe.
done-attachment-retracted = La pièce est retirée et son contenu, effacé.

# La liste, la recherche, l’accueil.
files-filter = Choisir parmi les dossiers
files-any-cell = Toutes les cellules
files-status = État
files-any-status = Actifs et fermés
files-narrow = Filtrer
files-none-so = Aucun dossier ne répond à ce choix.
files-outside = hors du cercle
search-link = Chercher une personne
search-title = Chercher une personne
search-lead = Donnez au moins un nom, et la date ou l’année de naissance. La recherche porte sur les dossiers que vous pouvez connaître, et seulement sur ce qui vous y serait montré.
search-year = Ou l’année de naissance
search-year-hint = Par exemple : 1991
search-submit = Chercher
search-found = { $n ->
    [0] Personne n’a été trouvé
    [one] { $n } personne trouvée
   *[other] { $n } personnes trouvées
  }
search-nobody = Aucun dossier que vous pouvez connaître ne montre cette personne. Cela ne veut pas dire qu’aucun autre organisme ne la connaît.
home-actions = Vos mesures du filet de sécurité
home-action = Une mesure vous est confiée
home-open-net = Voir le filet
home-due = avant le { $x }
home-late = en retard
home-soon = bientôt
home-ask-purpose = Dites pourquoi vous consultez pour voir les mesures qui vous sont confiées
home-meetings = Vos rencontres
home-meeting-convened = Vous êtes convoqué·e à une rencontre de la cellule
home-meeting-open = Une rencontre de la cellule est en cours
home-meeting-closed = Une rencontre de la cellule a eu lieu
home-meeting-cancelled = Une rencontre de la cellule est annulée
home-open-meeting = Voir la rencontre
home-records = Levées de confidentialité à documenter
home-record = Levée de confidentialité au dossier { $x }
home-write-record = Remplir le registre
home-messages = Messages à lire
