/** @type {import("./en.js").Table} */
export const pt = {
  button: "Inserir link de uso único",
  close: "Fechar",
  replaced: "A extensão foi atualizada. Recarregue o Gmail para continuar.",
};
