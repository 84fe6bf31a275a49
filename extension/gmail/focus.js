// Restoring the focus after the panel; in a body, the caret too.

import { bodyAround } from "./compose.js";
import { putCaret } from "./insert.js";

/**
 * Remember which element has the focus.
 * @param {HTMLElement} opener gets the focus if it was in no body
 * @returns {() => void} restores the focus
 */
export function rememberFocus(opener) {
  const body = bodyAround(document.activeElement);
  return () => {
    if (body?.isConnected) putCaret(body);
    else opener.focus();
  };
}
