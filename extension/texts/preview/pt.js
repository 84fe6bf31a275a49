/** @type {import("./en.js").Table} */
export const pt = {
  style: "Inserir como",
  language: "Idioma",
  pageLanguage: "O idioma da página",
  snippet: "Texto pronto",
  noSnippet: "Nenhum",
  addSnippet: "Adicionar um texto pronto",
  formatted: "Mensagem formatada",
  plain: "Texto sem formatação",
  noLinkYet: "Uma amostra. O link é criado ao ser inserido.",
};
