/** @type {import("./en.js").Table} */
export const fr = {
  style: "Format",
  language: "Langue",
  pageLanguage: "La langue de la page",
  snippet: "Texte type",
  noSnippet: "Aucun",
  addSnippet: "Ajouter un texte type",
  formatted: "Message mis en forme",
  plain: "Texte brut",
  noLinkYet: "Un exemple. Le lien est créé lors de l’insertion.",
};
