/** @type {import("./en.js").Table} */
export const de = {
  style: "Einfügen als",
  language: "Sprache",
  pageLanguage: "Sprache der Seite",
  snippet: "Textbaustein",
  noSnippet: "Keiner",
  addSnippet: "Textbaustein anlegen",
  formatted: "Formatierte Nachricht",
  plain: "Nur Text",
  noLinkYet: "Ein Muster. Der Link entsteht beim Einfügen.",
};
