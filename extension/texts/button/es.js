/** @type {import("./en.js").Table} */
export const es = {
  button: "Insertar enlace de un solo uso",
  close: "Cerrar",
  replaced: "La extensión se ha actualizado. Recargue Gmail para continuar.",
};
