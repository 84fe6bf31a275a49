// The elements that the server marked for the scripts.

/**
 * The one element with `data-<name>`; the templates put it there.
 * @param {string} name
 * @param {ParentNode} [within]
 */
export function element(name, within = document) {
  const found = within.querySelector(`[data-${name}]`);
  if (!(found instanceof HTMLElement)) throw new Error(`the page lacks data-${name}`);
  return found;
}

/**
 * Replaces a link by a button with the same look and content.
 * @param {HTMLElement} link
 */
export function buttonFor(link) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: link.className });
  button.append(...link.childNodes);
  link.replaceWith(button);
  return button;
}

/**
 * The chosen start as the form sends it, or null.
 * @param {HTMLFormElement} form
 */
export function chosenStart(form) {
  const input = form.querySelector("input[name=start]:checked");
  return input instanceof HTMLInputElement ? input.value : null;
}
