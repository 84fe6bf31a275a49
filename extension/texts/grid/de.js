/** @type {import("./en.js").Table} */
export const de = {
  timezone: "Zeitzone der empfangenden Person",
  noZone: "Nicht gefunden. Suchen Sie nach dem Land.",
  earlier: "‹ Früher",
  today: "Heute",
  later: "Später ›",
  one: "1 Zeit gewählt",
  many: "{count} Zeiten gewählt",
  clear: "Abwählen",
  most: "Höchstens {most} Zeiten lassen sich einfügen.",
  noTimeChosen: "Wählen Sie mindestens eine Zeit.",
};
