/** @type {import("./en.js").Table} */
export const es = {
  timezone: "Zona horaria del destinatario",
  noZone: "Ninguna zona horaria se llama así. Pruebe con el país.",
  earlier: "‹ Antes",
  today: "Hoy",
  later: "Después ›",
  one: "1 horario elegido",
  many: "{count} horarios elegidos",
  clear: "Borrar",
  most: "Se pueden insertar {most} horarios como máximo.",
  noTimeChosen: "Elija al menos un horario.",
};
