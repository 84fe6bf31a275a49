// Tells the server once that a person looks at the page: scanners run scripts, but they do not touch.

const SIGNS = ["pointermove", "touchstart", "keydown"];

/** @param {string} url where to tell it */
export function noteOpening(url) {
  const stop = new AbortController();
  /** @param {Event} event */
  const note = (event) => {
    if (!event.isTrusted) return;
    stop.abort();
    fetch(url, { method: "POST", keepalive: true }).catch(() => {});
  };
  for (const sign of SIGNS) addEventListener(sign, note, { signal: stop.signal, passive: true });
}
