// Shadow roots in Gmail's page. They are closed: no script of the page reads or presses what is in them. The tests load
// a copy of the extension in which this constant is "open", because Playwright finds nothing in a closed root.

/** @type {ShadowRootMode} */
export const SHADOW_MODE = "closed";
