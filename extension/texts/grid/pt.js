/** @type {import("./en.js").Table} */
export const pt = {
  timezone: "Fuso horário do destinatário",
  noZone: "Nenhum fuso horário tem esse nome. Tente o país.",
  earlier: "‹ Antes",
  today: "Hoje",
  later: "Depois ›",
  one: "1 horário escolhido",
  many: "{count} horários escolhidos",
  clear: "Limpar",
  most: "É possível inserir no máximo {most} horários.",
  noTimeChosen: "Escolha pelo menos um horário.",
};
