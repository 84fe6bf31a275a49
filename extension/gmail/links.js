// Links that are in the message already: nothing is inserted or typed into them.

/**
 * The caret or selection without parts of links, because a link cannot be in a link: a caret in a link goes behind it.
 * A link that is selected as a whole is replaced.
 * @param {HTMLElement} body
 * @param {Range} range
 */
export function outsideLinks(body, range) {
  const first = linkAround(body, range.startContainer);
  const last = linkAround(body, range.endContainer);
  const isFromStart = first !== null && textBefore(first, range) === "";
  const isToEnd = last !== null && textAfter(last, range) === "";
  if (first && first === last && !(isFromStart && isToEnd)) {
    const isBefore = range.collapsed && isFromStart;
    range.selectNode(first);
    range.collapse(isBefore);
    return range;
  }
  if (first) range[isFromStart ? "setStartBefore" : "setStartAfter"](first);
  if (last) range[isToEnd ? "setEndAfter" : "setEndBefore"](last);
  return range;
}

/** Firefox leaves the caret in the link, where text that is typed next would be. @param {HTMLElement} body */
export function leaveLink(body) {
  const selection = document.getSelection();
  const next = linkAround(body, selection?.anchorNode ?? null)?.nextSibling;
  if (next) selection?.collapse(next, 0);
}

/** @param {HTMLElement} body @param {Node | null} node */
function linkAround(body, node) {
  const link = (node instanceof Element ? node : node?.parentElement)?.closest("a");
  return link && body.contains(link) ? link : null;
}

/** @param {Element} link @param {Range} range */
function textBefore(link, { startContainer, startOffset }) {
  const part = document.createRange();
  part.setStart(link, 0);
  part.setEnd(startContainer, startOffset);
  return part.toString();
}

/** @param {Element} link @param {Range} range */
function textAfter(link, { endContainer, endOffset }) {
  const part = document.createRange();
  part.selectNodeContents(link);
  part.setStart(endContainer, endOffset);
  return part.toString();
}
