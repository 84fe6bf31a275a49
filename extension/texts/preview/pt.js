/** @type {import("./en.js").Table} */
export const pt = {
  formatted: "Mensagem formatada",
  plain: "Texto sem formatação",
  noLinkYet: "Uma amostra. O link é criado ao ser inserido.",
};
