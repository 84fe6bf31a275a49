// The texts of the week grid.

export const en = {
  timezone: "Time zone of the recipient",
  noZone: "No time zone with that name. Try the country.",
  earlier: "‹ Earlier",
  today: "Today",
  later: "Later ›",
  one: "1 time chosen",
  many: "{count} times chosen",
  clear: "Clear",
  most: "At most {most} times can be inserted.",
  noTimeChosen: "Choose at least one time.",
};

/** @typedef {Record<keyof typeof en, string>} Table */
