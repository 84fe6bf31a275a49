// The focus, in a body with its caret: putting it there, and restoring it after the panel.

import { caretIn } from "./caret.js";
import { bodyAround } from "./compose.js";

/**
 * Remember which element has the focus.
 * @param {HTMLElement} opener gets the focus if it was in no body
 * @returns {() => void} restores the focus
 */
export function rememberFocus(opener) {
  const body = bodyAround(document.activeElement);
  return () => {
    if (body?.isConnected) select(body, caretOf(body));
    else opener.focus();
  };
}

/** The last caret of a body, or its start. @param {HTMLElement} body @returns {Range} */
export function caretOf(body) {
  const caret = caretIn(body)?.cloneRange() ?? document.createRange();
  if (!body.contains(caret.startContainer)) caret.setStart(body, 0);
  return caret;
}

/** Focus a body and put the caret or selection there. @param {HTMLElement} body @param {Range} range */
export function select(body, range) {
  body.focus({ preventScroll: true });
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
