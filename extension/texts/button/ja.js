/** @type {import("./en.js").Table} */
export const ja = {
  button: "ワンタイムリンクを挿入",
  close: "閉じる",
  replaced: "拡張機能が更新されました。Gmail を再読み込みすると続けられます。",
};
