# La levée de confidentialité.
disclosures = Levées de confidentialité
disclosure-title = Lever la confidentialité
disclosure-new = Lever la confidentialité
disclosure-lead = Choisissez, voyez ce que chacun verra, confirmez. Si quelqu’un est en danger maintenant, composez d’abord le 911.
disclosure-closed = Ce dossier est fermé : la levée le rouvrira.
disclosure-renews = Vous attestez de nouveau la levée du { $x }. Rien n’est coché d’avance.
disclosure-renews-since = { $n ->
    [0] Rien de neuf n’a été consigné depuis.
    [one] Un renseignement a été consigné depuis ; il est signalé dans la liste.
   *[other] { $n } renseignements ont été consignés depuis ; ils sont signalés dans la liste.
}
disclosure-what = 1. Que dites-vous ?
disclosure-what-lead = Seulement ce qui vient de votre organisme, et seulement le nécessaire. Les notes professionnelles ne sont jamais communiquées ainsi.
disclosure-nothing = Votre organisme n’a rien consigné ici que ce fondement permette de dire. Consignez d’abord ce que vous savez.
disclosure-kept = { $n ->
    [one] Un renseignement n’est pas offert ici : il est sous coffre, réservé à votre organisme.
   *[other] { $n } renseignements ne sont pas offerts ici : ils sont sous coffre, réservés à votre organisme.
}
disclosure-kept-lead = Un coffre passe avant tout consentement et toute levée. Pour dire un de ces renseignements, changez d’abord son partage.
disclosure-kept-change = Changer son partage
disclosure-kept-for = Sous coffre, seulement pour : { $x }
disclosure-agreed-lead = L’entente couvre, pour chaque personne, des catégories entières : ce que votre organisme sait et ce qu’il consignera jusqu’à sa fin, sauf ce qu’un coffre réserve.
disclosure-agreed-all = Tout ce que votre organisme consigne dans cette catégorie jusqu’à la fin de l’entente
disclosure-recorded = Consigné le { $x }
disclosure-since = Consigné depuis la levée, le { $x }
disclosure-appraisal = Appréciation du risque ({ $x })
disclosure-attachment = Pièce jointe ({ $x })
disclosure-of-appraisal = Appréciation du risque ({ $x })
disclosure-of-contribution = Apport à une rencontre ({ $x })
disclosure-of-decision = Décision d’une rencontre ({ $x })
disclosure-of-reasons = Motifs d’une étape ({ $x })
disclosure-of-action = Mesure du filet ({ $x })
disclosure-of-evidence = Suivi d’une mesure ({ $x })
disclosure-of-attachment = Pièce jointe ({ $x })
disclosure-of-agenda-item = Point à l’ordre du jour ({ $x })
disclosure-document-elsewhere = à relire là où votre organisme l’a inscrit
disclosure-to = 2. À qui, et à quel titre ?
disclosure-to-lead = Choisissez un titre pour chaque organisme à informer ; les autres ne reçoivent rien.
disclosure-to-none = Ne rien dire
disclosure-to-circle = Dans le cercle du dossier
disclosure-to-others = Hors du cercle
disclosure-attest = 3. Qu’attestez-vous ?
disclosure-until = Jusqu’à quand peuvent-ils lire ?
disclosure-until-hint = Sans réponse : 30 jours. C’est aussi le plus long délai permis.
disclosure-until-agreement = La fin de l’entente.
disclosure-record = 4. Le registre
disclosure-record-lead = Il peut attendre 24 heures. Au-delà, l’inscription est marquée tardive.
disclosure-record-now = Remplir le registre maintenant
disclosure-record-points = La loi demande sept points. La date et l’heure, les destinataires et leur titre s’inscrivent d’eux-mêmes. Remplissez tous les autres, ou laissez tout vide.
disclosure-see = Voir ce que chacun verra
disclosure-confirm = Lever la confidentialité maintenant
disclosure-change = Revenir et modifier
disclosure-no-basis = Aucun fondement légal connu ne permet à votre organisme de communiquer sans consentement. Parlez-en à la personne responsable de la protection des renseignements personnels.
disclosures-made = Faites par votre organisme
disclosures-received = Reçues par votre organisme
disclosures-none-made = Votre organisme n’a levé la confidentialité de rien dans ce dossier.
disclosures-none-received = Votre organisme n’a reçu aucune levée dans ce dossier.
disclosure-in-force = En vigueur jusqu’au { $x }
disclosure-ended = Échue le { $x }
disclosure-revoked = Révoquée le { $x }
disclosure-oral = Dite à voix haute, en rencontre.
disclosure-again = Atteste de nouveau une levée antérieure.
disclosure-told = Renseignements
disclosure-to-whom = Destinataires
disclosure-basis = Fondement
disclosure-item-fact = Un renseignement qui ne vous est pas montré pour cette finalité, ou qui a été corrigé
disclosure-item-document = Un document
disclosure-item-person = une personne du dossier
disclosure-renew = Attester de nouveau
disclosure-revoke = Révoquer
disclosure-revoke-title = Révoquer cette levée
disclosure-revoke-lead = La levée du { $x } cessera aussitôt : ses destinataires ne liront plus ces renseignements, et leurs organismes en seront avisés.
disclosure-revoke-past = Ce qui a été lu l’a été. La levée et sa révocation restent au registre.
agency-gone = Organisme qui n’est plus actif
done-disclosure-made = La levée est faite et inscrite au registre. Les destinataires sont avisés.
done-disclosure-made-due = La levée est faite. Les destinataires sont avisés. Complétez le registre dans les 24 heures.
done-disclosure-made-directive = La levée est faite. Aucune directive n’était citée : la personne responsable de la protection des renseignements personnels en est avisée. Vérifiez que le registre est complet.
done-disclosure-revoked = La levée est révoquée. Les destinataires sont avisés.
done-record-completed = Le registre est complet.
done-record-completed-late = Le registre est complet ; il est marqué tardif.

# Le texte de loi à côté du formulaire.
law-title = Ce que dit la loi aujourd’hui
law-brief = Le texte de loi en bref.
law-own-words = Résumé dans nos mots ; seul le texte officiel fait foi.
law-from = En vigueur depuis le { $x }.
law-from-year = En vigueur depuis { $x }.
law-from-latest = En vigueur au plus tard depuis le { $x }.
law-source = Source : { $x }.
law-consulted = Texte consulté dans sa version du { $x }.
law-to-verify = À vérifier auprès d’un·e juriste.
law-others = Un autre fondement

# L’aperçu.
preview-title = Ce que chacun verra
preview-lead = Rien n’est encore dit. Relisez comme si vous étiez à leur place.
preview-inside = Dans le cercle : en plus de ce qu’un consentement lui montre déjà.
preview-outside = Hors du cercle : de ce dossier, seulement sa référence et ce qui suit.
preview-will-see = Verra
preview-will-not-see = Ne verra pas
preview-why = Pourquoi, et que faire
preview-ceiling = La règle commune ne laisse pas un organisme de ce genre recevoir ceci sans consentement. Choisissez quelqu’un d’autre, ou demandez un consentement.
preview-what = Ce qui se passera si vous confirmez
preview-until = Ces organismes pourront lire ces renseignements pour apprécier le risque ou planifier la sécurité, jusqu’au { $x }, dès maintenant.
preview-told = Chacun recevra un message disant qu’une levée le concerne ; le message ne dit rien du contenu.
preview-basis = Fondement : { $x }.
preview-record = Le registre en sept points sera complet.
preview-record-due = Le registre restera à compléter dans les 24 heures.
preview-past = Vous pourrez révoquer la levée ; ce qui aura été lu l’aura été. Ce que vous consignerez plus tard n’en fera pas partie.

# Le registre d’une levée.
record-title = Compléter le registre
record-complete = Compléter le registre
record-lead = Levée du { $x }. La date et l’heure, les destinataires et leur titre y sont déjà.
record-lead-due = À faire avant le { $x }.
record-lead-late = C’était à faire avant le { $x } : l’inscription sera marquée tardive.
record-exposed = Qui est exposé ?
record-act-feared = Quel acte faut-il prévenir ?
record-act-feared-hint = Par exemple : homicide conjugal, enlèvement d’un enfant, suicide.
record-danger = Quel danger voyez-vous ?
record-danger-hint = Les faits qui vous le font craindre.
record-urgency = Pourquoi est-ce urgent ?
record-urgency-hint = Ce qui fait que cela ne peut pas attendre un consentement.
record-information = Qu’avez-vous communiqué ?
record-information-hint = En peu de mots, sans répéter le détail. Avec la levée, vous pouvez laisser vide : ce que vous avez coché y sera nommé.
record-completed = Registre complété le { $x }
record-completed-late = Registre complété tardivement, le { $x }
record-due = Registre à compléter avant le { $x }
record-late = En retard
