// The texts of the scripts are in the page, where the server translates them.

/** @typedef {(name: string, values?: Record<string, string>) => string} Say */

/** @returns {Say} */
export function readTexts() {
  const template = document.querySelector("template[data-texts]");
  /** @type {Map<string, string>} */
  const texts = new Map();
  if (template instanceof HTMLTemplateElement) {
    for (const element of template.content.querySelectorAll("[data-text]")) {
      texts.set(element.getAttribute("data-text") ?? "", element.textContent ?? "");
    }
  }
  return (name, values = {}) => (texts.get(name) ?? "").replace(/{(\w+)}/g, (_, key) => values[key] ?? "");
}
