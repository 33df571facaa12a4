# Le cadre de chaque page.
skip = Aller au contenu
danger-label = Danger immédiat
danger = Danger immédiat : 911
danger-steps = Que faire
danger-1 = Composez le 911 si quelqu’un est en danger maintenant. Restez en ligne.
danger-2 = Ne prévenez pas l’auteur présumé et ne l’affrontez pas.
danger-3 = Demandez à la personne si elle peut parler, et convenez d’un mot pour dire que non.
danger-4 = Ensuite seulement, consignez ici ce qui s’est passé et prévenez la coordination de la cellule.
places = Où aller
place-home = Accueil
place-files = Dossiers
place-board = Cellule
place-messages = Messages
place-registers = Registres
place-log = Journal des accès
place-rehearsal = Répétition
place-statistics = Statistiques
place-admin = Administration
account = Mon compte
lock = Verrouiller
sign-out = Se déconnecter
purpose-now = Vous consultez pour :
change = Changer
change-purpose = de finalité
done = C’est fait
fictional = Les personnes et les organismes de la démonstration sont fictifs.
help = Aide
problems = Problèmes et remèdes
problems-lead = Ce que Filet répond quand une demande ne peut pas aboutir, et ce qu’il y a à faire. Les numéros et les adresses servent aux programmes.
api-docs = Documentation de l’API
back = Retour
to-home = Revenir à l’accueil
yes = Oui
no = Non
next-page = Page suivante
form-wrong = Quelque chose est à revoir
form-restored = Voici ce que vous aviez commencé à écrire.
title-wrong = À revoir :

# La première page et la connexion.
landing-title = Autour d’une personne en danger, savoir ensemble
landing-lead = Filet réunit ce que chaque organisme sait en partie, pour qu’aucun signe ne se perde.
landing-1 = Chaque renseignement n’est montré qu’à qui le consentement ou la loi le permet.
landing-2 = Chaque lecture laisse une trace que personne ne peut effacer.
landing-3 = La personne concernée peut savoir qui a vu quoi.
landing-demo = Essayer Filet avec des personnes fictives
sign-in = Se connecter
sign-in-demo = Dans la démonstration, tout le monde a le même mot de passe :
sign-in-refused = Ces renseignements ne permettent pas de vous connecter. Vérifiez-les et réessayez ; après plusieurs essais, attendez un quart d’heure.
email = Courriel
password = Mot de passe
code = Code de vérification
code-hint = Laissez vide si vous n’en avez pas. Un code de secours convient aussi.
locked = Session verrouillée
locked-lead = Rien n’est perdu : ce que vous écriviez vous attend. Donnez votre mot de passe pour continuer.
unlock = Déverrouiller

# La finalité.
purpose-title = Pourquoi consultez-vous ?
purpose-lead = La loi et la personne concernée permettent de voir certaines choses pour une raison, et non pour une autre. Votre réponse est inscrite au journal avec chaque lecture ; vous pouvez la changer en tout temps.
purpose-risk-appraisal = Apprécier le risque
purpose-risk-appraisal-hint = Comprendre le danger, remplir une appréciation.
purpose-safety-planning = Planifier la sécurité
purpose-safety-planning-hint = Convenir de gestes de protection, les suivre.
purpose-service-delivery = Offrir un service
purpose-service-delivery-hint = Accueillir, accompagner, référer.
purpose-case-review = Réviser un dossier
purpose-case-review-hint = Comité de révision ; rien ne peut être modifié.

# L’accueil et les messages.
home-hello = Bonjour { $x }
home-waiting = Ce qui vous attend
home-nothing = Rien ne vous attend. Les demandes, les retraits de consentement et les échéances apparaîtront ici.
home-all-messages = Tous les messages
home-roles = Vos rôles
home-no-role = Vous n’avez encore aucun rôle dans une cellule. L’administration de votre organisme peut vous en donner un.
role-worker = Intervenant·e
role-respondent = Répondant·e
role-committee = Comité de coordination
role-coordinator = Coordination
role-reviewer = Révision
role-privacy-officer = Protection des renseignements personnels
role-auditor = Vérification
role-admin = Administration
open-file = Ouvrir le dossier
no-messages = Aucun message pour le moment.
no-messages-more = Ce qui vous est adressé apparaît ici : retraits de consentement, convocations, échéances.
acknowledge = J’en ai pris connaissance
done-acknowledged = Votre accusé de lecture est consigné.

# Les dossiers.
no-files = Aucun dossier pour le moment. Un dossier apparaît ici quand votre organisme entre dans son cercle, ou quand vous en ouvrez un.
reference = Référence
cell = Cellule
opened = Ouvert le
closed = fermé
circle = Organismes autour du dossier
no-facts = Rien ne vous est montré ici pour cette finalité.
may-exist = Ce qui peut exister et ne vous est pas montré
read-recorded = Cette lecture est consignée sous le numéro { $x }.
withheld-refused = la personne a refusé
withheld-withdrawn = le consentement a été retiré
withheld-expired = le consentement a pris fin
withheld-no-basis = rien ne le permet pour cette finalité
basis-own = votre organisme
basis-consent = consentement
basis-disclosure = levée de confidentialité
new-file = Ouvrir un dossier
new-file-lead = Votre organisme entre aussitôt dans le cercle du dossier. Les autres n’y entrent que si vous les ajoutez.
new-file-cell = Dans quelle cellule ?
new-file-open = Ouvrir le dossier
done-file-opened = Le dossier est ouvert. Ajoutez maintenant les personnes concernées et ce que vous savez.

# Le compte.
name = Nom
agency = Organisme
second-factor = Deuxième facteur
