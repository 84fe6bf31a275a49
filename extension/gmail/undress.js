// The styles of what is inserted. Chromium adds styles of Gmail's page to it, such as the light text of the dark theme:
// they would be sent, and text that is typed next would get them.

const MARK = "data-admitone-part";

/**
 * Mark the elements of `html`, so that they are known in the body.
 * @param {HTMLElement} body
 * @param {string} html
 * @returns {{html: string, undress: () => void}} the marked HTML; `undress` is called when it was inserted, and removes
 *   the marks and the styles that the browser added
 */
export function marked(body, html) {
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  const styles = [...parsed.querySelectorAll("*")].map((element, place) => {
    element.setAttribute(MARK, String(place));
    return element.getAttribute("style");
  });
  const known = new Set(body.querySelectorAll("[style]"));
  // The browser may divide an element of the message in two, with the same style.
  const kept = new Set([...known].map((element) => element.getAttribute("style")));

  function undress() {
    for (const element of body.querySelectorAll(`[style], [${MARK}]`)) {
      const mark = element.getAttribute(MARK);
      if (mark !== null) {
        element.removeAttribute(MARK);
        restyle(element, styles[Number(mark)] ?? null);
      } else if (!known.has(element) && !kept.has(element.getAttribute("style")) && isOurs(element)) {
        restyle(element, null);
      }
    }
  }

  /** Whether an element, which the browser made, has no text of the message around. @param {Element} element */
  function isOurs(element) {
    return (parsed.textContent ?? "").includes((element.textContent ?? "").trim());
  }
  return { html: parsed.innerHTML, undress };
}

/** @param {Element} element @param {string | null} style */
function restyle(element, style) {
  if (style === null) element.removeAttribute("style");
  else element.setAttribute("style", style);
}
