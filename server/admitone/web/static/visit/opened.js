// Tells the server once that a person uses the page: scanners run scripts, but do not touch or type.

const SIGNS = ["pointermove", "touchstart", "keydown"];

/** @param {string} url the address to post to */
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
