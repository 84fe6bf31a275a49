/** @type {import("./en.js").Table} */
export const fr = {
  formatted: "Message mis en forme",
  plain: "Texte brut",
  noLinkYet: "Un exemple. Le lien est créé lors de l’insertion.",
};
