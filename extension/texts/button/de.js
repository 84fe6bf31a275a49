/** @type {import("./en.js").Table} */
export const de = {
  button: "Einmal-Link einfügen",
  close: "Schließen",
  replaced: "Die Erweiterung wurde aktualisiert. Laden Sie Gmail neu.",
};
