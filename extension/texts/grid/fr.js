/** @type {import("./en.js").Table} */
export const fr = {
  timezone: "Fuseau horaire du destinataire",
  noZone: "Aucun fuseau horaire ne porte ce nom. Essayez le pays.",
  earlier: "‹ Avant",
  today: "Aujourd’hui",
  later: "Après ›",
  one: "1 horaire choisi",
  many: "{count} horaires choisis",
  clear: "Effacer",
  most: "Vous pouvez insérer {most} horaires au plus.",
  noTimeChosen: "Choisissez au moins un horaire.",
};
