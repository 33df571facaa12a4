proof-title = La preuve que rien n’a été retiré du journal
proof-lead = Chaque ligne du journal reçoit une place, et l’ensemble est signé toutes les quelques secondes. Ce que vous gardez aujourd’hui permettra de montrer plus tard, sans demander à personne, qu’aucune ligne n’a été changée ni retirée.
proof-keep-title = 1. Garder le point d’aujourd’hui
proof-keep = Un point est un petit texte signé : combien de lignes, et l’empreinte de toutes. Il ne dit rien de personne. Gardez-en un de temps à autre, ailleurs que sur cet appareil : imprimé, par courriel à vous-même, chez un collègue.
proof-size = { $n ->
    [one] { $n } ligne signée
   *[other] { $n } lignes signées
}
proof-signed = le { $x }
proof-keep-do = Garder ce point
proof-take-title = 2. Prendre les lignes
proof-take = Celles que vous avez le droit de lire y sont en entier ; les autres n’y sont que par leur empreinte. Prenez tout depuis le début, ou ce qui suit le dernier point que vous avez vérifié.
proof-lines = Lignes { $x } à { $y }
proof-take-do = Prendre
proof-verify-title = 3. Vérifier, sans Filet
proof-verify = Le vérificateur est une page qui s’ouvre depuis votre disque, même sans réseau : donnez-lui les lignes, et les points que vous aviez gardés. Il dit si tout y est, ou quelle ligne manque.
proof-verify-do = Prendre le vérificateur
proof-late = Des lignes écrites depuis le { $x } ne sont pas encore signées. Elles devraient l’être en quelques secondes : demandez pourquoi à la personne qui administre la plateforme.
proof-none = Rien n’est encore signé. Les premières lignes le seront dans quelques secondes : revenez à cette page.
proof-key-title = La clé du journal
proof-key = C’est elle qui reconnaît la signature. Comparez-la à celle qu’on vous a remise à vos débuts : si elle a changé, demandez pourquoi avant de vous fier au reste.
proof-limits-title = Ce que cette preuve ne dit pas
proof-limits = Une ligne écrite il y a quelques secondes n’est peut-être pas encore signée. Une ligne que vous ne pouvez pas lire est là, mais vous ne savez pas ce qu’elle dit : une autre personne, qui en a le droit, peut le vérifier. Et le vérificateur vaut ce que vaut la main qui vous l’a donné : prenez-le d’ailleurs que d’ici si vous voulez vous passer tout à fait de la confiance.
proof-command = En ligne de commande : « filet verify-log FICHIERS --key CLÉ --kept POINT ».
act-access-log-points = Voir ce qui est signé du journal
act-access-log-prove = Prendre la preuve du journal
