/** @type {import("./en.js").Table} */
export const es = {
  formatted: "Mensaje con formato",
  plain: "Texto sin formato",
  noLinkYet: "Una muestra. El enlace se crea al insertarlo.",
};
