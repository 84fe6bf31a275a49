/** @type {import("./en.js").Table} */
export const fr = {
  "signed-out": "Votre session est terminée. Reconnectez-vous pour continuer d’ici.",
  "no-server": "Aucun serveur n’est encore indiqué. Saisissez son adresse dans les options.",
  unreachable: "{server} est injoignable. Vérifiez la connexion et réessayez.",
  "not-admitone": "Ce qui répond à {server} n’est pas un serveur Admit One. Vérifiez l’adresse.",
  "address-invalid": "Ceci n’est pas une adresse de serveur. Par exemple : https://book.example.com.",
  "address-insecure": "L’adresse doit commencer par https://. Seul un serveur sur cet ordinateur peut s’en passer.",
  "address-other": "L’adresse de ce serveur est {other}. Saisissez-la.",
  "server-too-old":
    "Admit One sur {server} est trop ancien pour cette extension. Demandez à un administrateur de le mettre à jour.",
  "extension-too-old":
    "Cette extension est trop ancienne pour {server}. Mettez-la à jour sur la page des extensions du navigateur.",
  "policy-invalid":
    "L’adresse de serveur définie par votre organisation n’est pas valable. Prévenez un administrateur.",
  "sign-in-cancelled": "La connexion a été annulée. Rien n’a changé.",
  "sign-in-failed": "La connexion n’a pas abouti. Réessayez.",
  "too-many-requests": "Trop de demandes. Attendez un peu et réessayez.",
  wait: "Trop de demandes. Réessayez dans {time}.",
  forbidden: "Votre compte n’a pas ce droit. Demandez à un administrateur de votre espace de travail.",
  "account-inactive": "Ce compte a été désactivé. Demandez à un administrateur de votre espace de travail.",
  "not-yours": "Cette page ne peut pas demander cela.",
  "no-page":
    "Vous n’avez pas encore de page de réservation. Créez-en une dans le tableau de bord pour la partager ici.",
  "page-gone": "Cette page n’existe plus. Choisissez-en une autre.",
  "one-time-not-offered": "Cette page n’offre pas de liens à usage unique.",
  invalid: "Le serveur n’a pas accepté cela. Vérifiez le nom et l’adresse.",
  "not-found": "Cela n’existe plus.",
  "link-not-found": "Il n’y a pas de lien de réservation à cette adresse.",
  "link-booked": "Ce lien a déjà servi. Annulez sa réservation dans le tableau de bord.",
  "link-revoked": "Ce lien a été retiré.",
  "link-expired": "Ce lien a expiré.",
  "link-unavailable": "Ce lien ne permet pas de réserver pour le moment.",
  busy: "Le serveur est occupé. Réessayez dans un instant ; rien ne sera fait deux fois.",
  "storage-full": "Le stockage du serveur est plein. Rien n’a été modifié. Prévenez un administrateur.",
  "outcome-unknown": "La connexion a été coupée avant la réponse. Réessayez ; rien ne sera fait deux fois.",
  internal: "Quelque chose n’a pas fonctionné. Réessayez ; si cela persiste, prévenez un administrateur.",
  unexpected: "Le serveur a refusé cela ({code}).",
};
