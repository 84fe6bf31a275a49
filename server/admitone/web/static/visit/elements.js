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
 * The start that is chosen, as the form would send it.
 * @param {HTMLFormElement} form
 */
export function chosenStart(form) {
  const input = form.querySelector("input[name=start]:checked");
  return input instanceof HTMLInputElement ? input.value : null;
}
