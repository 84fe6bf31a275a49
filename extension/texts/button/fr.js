/** @type {import("./en.js").Table} */
export const fr = {
  button: "Insérer un lien à usage unique",
  close: "Fermer",
  replaced: "L’extension a été mise à jour. Rechargez Gmail pour continuer.",
};
