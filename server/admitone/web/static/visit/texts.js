// The texts of the scripts are in the page, where the server translates them. A text with a count has a form for each
// plural category of the language: `free.one`, `free.other`.

/** @typedef {(name: string, values?: Record<string, string>) => string} Say */

/** @returns {Say} */
export function readTexts() {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const template of document.querySelectorAll("template")) {
    for (const element of template.content.querySelectorAll("[data-text]")) {
      texts.set(element.getAttribute("data-text") ?? "", element.textContent ?? "");
    }
  }
  const plural = new Intl.PluralRules(document.documentElement.lang || "en");
  return (name, values = {}) => {
    const form = values.count === undefined ? name : `${name}.${plural.select(Number(values.count))}`;
    return (texts.get(form) ?? "").replace(/{(\w+)}/g, (_, key) => values[key] ?? "");
  };
}
