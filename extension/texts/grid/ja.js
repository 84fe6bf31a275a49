/** @type {import("./en.js").Table} */
export const ja = {
  timezone: "受信者のタイムゾーン",
  noZone: "その名前のタイムゾーンはありません。国名で検索してみてください。",
  earlier: "‹ 前へ",
  today: "今日",
  later: "次へ ›",
  one: "1 件の時間を選択中",
  many: "{count} 件の時間を選択中",
  clear: "選択を解除",
  most: "挿入できる時間は最大 {most} 件です。",
  noTimeChosen: "時間を 1 つ以上選んでください。",
};
