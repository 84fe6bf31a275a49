// *Add* buttons: one more empty row of a list, copied from the last one, up to `data-most` rows.

/** @param {HTMLElement} list */
export function enableRows(list) {
  const button = list.parentElement?.querySelector("[data-add]");
  if (!(button instanceof HTMLButtonElement)) return;
  const most = Number(list.dataset.most ?? Infinity);
  button.hidden = list.querySelectorAll(":scope > [data-row]").length >= most;
  button.addEventListener("click", () => {
    const rows = [...list.querySelectorAll(":scope > [data-row]")];
    const last = rows.at(-1);
    if (!last) return;
    const row = copyEmpty(last, rows.length);
    list.append(row);
    button.hidden = rows.length + 1 >= most;
    const shown = [...row.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(
      (field) => field instanceof HTMLElement && field.offsetParent,
    );
    if (shown[0] instanceof HTMLElement) shown[0].focus();
  });
}

/**
 * A copy of the row without values; every name and reference in it has the number `place`.
 * @param {Element} last
 * @param {number} place
 */
function copyEmpty(last, place) {
  const row = /** @type {HTMLElement} */ (last.cloneNode(true));
  for (const error of row.querySelectorAll(".error")) error.remove();
  const windows = row.querySelectorAll("[data-window]");
  for (const window of [...windows].slice(1)) window.remove();
  for (const part of [row, ...row.querySelectorAll("*")]) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const value = part.getAttribute(name);
      if (value) part.setAttribute(name, value.replace(/^(\w+)\.\d+\./, `$1.${place}.`));
    }
    part.removeAttribute("aria-invalid");
    if (part instanceof HTMLInputElement && part.type === "checkbox") part.checked = false;
    else if (part instanceof HTMLInputElement || part instanceof HTMLTextAreaElement) part.value = "";
    if (part instanceof HTMLSelectElement) part.selectedIndex = 0;
  }
  for (const part of [row, ...row.querySelectorAll("[aria-label]")]) {
    const label = part.getAttribute("aria-label");
    if (label) part.setAttribute("aria-label", label.replace(/\d+/, String(place + 1)));
  }
  const title = row.querySelector("legend, label");
  if (title?.textContent) title.textContent = title.textContent.replace(/\d+/, String(place + 1));
  return row;
}
