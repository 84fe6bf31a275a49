/** @type {import("./en.js").Table} */
export const ja = {
  formatted: "書式付きのメッセージ",
  plain: "プレーンテキスト",
  noLinkYet: "見本です。リンクは挿入するときに作成されます。",
};
