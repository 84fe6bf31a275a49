// Shadow roots in Gmail's page. No script of the page may read or press what is in them: the roots are closed, and
// only people's events get in.

/**
 * The tests load a copy of the extension in which this is "open": Playwright finds nothing in a closed root.
 * @type {ShadowRootMode}
 */
export const SHADOW_MODE = "closed";

/**
 * Attach a shadow root to an element. Events that a script made do nothing, neither in the root nor on the element:
 * they are stopped before any other listener, and `preventDefault` keeps a checkbox from changing.
 * @param {HTMLElement} host without listeners
 */
export function attachShadow(host) {
  const stop = (/** @type {Event} */ event) => {
    if (event.isTrusted) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const root = host.attachShadow({ mode: SHADOW_MODE });
  // Every event that has a handler property, so that none is forgotten when a control listens to another one.
  for (const name in host) {
    if (name.startsWith("on")) for (const one of [host, root]) one.addEventListener(name.slice(2), stop, true);
  }
  return root;
}
