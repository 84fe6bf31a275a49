/** @type {import("./en.js").Table} */
export const ja = {
  style: "挿入する形式",
  language: "言語",
  pageLanguage: "ページの言語",
  snippet: "定型文",
  noSnippet: "なし",
  addSnippet: "定型文を追加",
  formatted: "書式付きのメッセージ",
  plain: "プレーンテキスト",
  noLinkYet: "見本です。リンクは挿入するときに作成されます。",
};
