// The panel's place: near its button if there is room, else at the bottom of the window.

const GAP = 8;
/** Where less height is free, the panel's header and footer scroll with its content. */
const ROOM = 480;

/**
 * A function that places the panel, and that places it again when its button, the window or its width has changed.
 * @param {HTMLElement} panel
 * @param {Element | null} near the button; if it goes away, the panel stays where the button was
 */
export function placer(panel, near) {
  const isRightToLeft = near !== null && getComputedStyle(near).direction === "rtl";
  /** @type {DOMRect | null} */
  let button = null;
  let last = "";

  return () => {
    if (near?.getClientRects().length) button = near.getBoundingClientRect();
    // The window without scrollbars, on pages with and without a doctype.
    const { clientWidth, clientHeight } = document.scrollingElement ?? document.documentElement;
    const width = panel.offsetWidth;
    const { left, right, top, bottom } = button ?? new DOMRect((clientWidth - width) / 2, clientHeight);
    const seen = [clientWidth, clientHeight, width, left, right, top, bottom].join();
    if (seen === last) return;
    last = seen;

    const start = isRightToLeft ? right - width : left;
    const { room, ...edge } = spot(clientHeight, Math.min(top, clientHeight), Math.max(bottom, 0));
    Object.assign(panel.style, {
      inset: "auto",
      left: `${Math.max(GAP, Math.min(start, clientWidth - width - GAP))}px`,
      maxHeight: `${room}px`,
      ...edge,
    });
    panel.classList.toggle("low", room < ROOM);
  };
}

/** @param {number} height of the window @param {number} top of the button @param {number} bottom of the button */
function spot(height, top, bottom) {
  const above = top - 2 * GAP;
  const below = height - bottom - 2 * GAP;
  if (above >= ROOM) return { room: above, bottom: `${height - top + GAP}px` };
  if (below >= ROOM) return { room: below, top: `${bottom + GAP}px` };
  return { room: height - 2 * GAP, bottom: `${GAP}px` };
}
