// Notices that a person uses the page: scanners run scripts, but do not move, touch or type.

const SIGNS = ["pointermove", "touchstart", "keydown", "click"];

/**
 * At the first sign of a person, gives the form the mark without which the server asks to confirm it, and tells the
 * server once that the link was opened. The served page has no such field: a program that posts all it finds lacks it.
 * @param {HTMLFormElement} form
 */
export function noticePerson(form) {
  const stop = new AbortController();
  /** @param {Event} event */
  const notice = (event) => {
    if (!event.isTrusted) return;
    stop.abort();
    const mark = document.createElement("input");
    Object.assign(mark, { type: "hidden", name: "_person", value: "1" });
    form.append(mark);
    if (form.dataset.opened) fetch(form.dataset.opened, { method: "POST", keepalive: true }).catch(() => {});
  };
  for (const sign of SIGNS) addEventListener(sign, notice, { signal: stop.signal, capture: true, passive: true });
}
