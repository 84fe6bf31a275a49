/** @type {import("./en.js").Table} */
export const de = {
  formatted: "Formatierte Nachricht",
  plain: "Nur Text",
  noLinkYet: "Ein Muster. Der Link entsteht beim Einfügen.",
};
