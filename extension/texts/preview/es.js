/** @type {import("./en.js").Table} */
export const es = {
  style: "Insertar como",
  language: "Idioma",
  pageLanguage: "El idioma de la página",
  snippet: "Texto predefinido",
  noSnippet: "Ninguno",
  addSnippet: "Añadir un texto predefinido",
  formatted: "Mensaje con formato",
  plain: "Texto sin formato",
  noLinkYet: "Una muestra. El enlace se crea al insertarlo.",
};
