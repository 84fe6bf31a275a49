// Choosing cells of the table by mouse, touch and keyboard. A free time is a cell with an id.

const SLOP = 10; // pixels that a finger moves when it taps

/** @typedef {HTMLTableCellElement} Cell */

/** Whether a key leads to a cell that is `x` and `y` away. @typedef {(x: number, y: number) => boolean} Way */

/** @type {Way} */
const up = (x, y) => !x && y < 0;
/** @type {Way} */
const down = (x, y) => !x && y > 0;
/** @type {Record<string, Way>} */
const WAYS = { ArrowUp: up, Home: up, ArrowDown: down, End: down, ArrowLeft: (x) => x < 0, ArrowRight: (x) => x > 0 };

/**
 * A click toggles a cell. Dragging gives all cells on its way the new state of the first one; a finger begins to drag
 * sideways, because up and down scroll.
 * @param {HTMLTableElement} table
 * @param {(cell: Cell, isChosen: boolean) => void} choose
 * @param {(isLater: boolean) => void} turn to the next week, or to the one before
 */
export function makeChoosable(table, choose, turn) {
  const root = () => /** @type {ShadowRoot} */ (table.getRootNode());
  const cells = () => [.../** @type {NodeListOf<Cell>} */ (table.querySelectorAll("td[id]"))];
  /** @type {{x: number, y: number, isOn: boolean, isDrag: boolean} | null} */
  let press = null;

  on("pointerdown", ({ isPrimary, button, x, y }, cell) => {
    press = isPrimary && !button && cell ? { x, y, isOn: !isChosen(cell), isDrag: false } : null;
  });
  on("pointermove", ({ buttons, pointerId, pointerType, x, y }) => {
    if (!press || !buttons) return;
    const [dx, dy] = [x - press.x, y - press.y];
    if (!press.isDrag && Math.abs(dx) + Math.abs(dy) * (pointerType === "touch" ? -1 : 1) < SLOP) return;
    press.isDrag = true;
    table.setPointerCapture(pointerId);
    const steps = Math.ceil(Math.hypot(dx, dy) / SLOP) || 1; // a fast pointer jumps over cells
    for (let step = 0; step <= steps; step++) {
      const cell = cellOf(root().elementFromPoint(press.x + (dx * step) / steps, press.y + (dy * step) / steps));
      if (!cell || isChosen(cell) === press.isOn) continue;
      choose(cell, press.isOn);
      cell.scrollIntoView({ block: "nearest" });
    }
    Object.assign(press, { x, y });
  });
  on("click", (_, cell) => {
    if (cell && !press?.isDrag) choose(cell, !isChosen(cell));
    press = null;
  });
  on("keydown", (event, cell) => {
    const { key } = event;
    if (!cell) return;
    if (key === " ") choose(cell, !isChosen(cell));
    else if (key.startsWith("Page")) turn(key === "PageDown");
    else if (WAYS[key]) {
      const next = neighbour(cell, key);
      if (next && event.shiftKey) [cell, next].forEach((one) => choose(one, true));
      next?.focus();
    } else return;
    event.preventDefault();
  });
  on("focusin", (_, cell) => {
    for (const one of cells()) one.tabIndex = one === cell ? 0 : -1;
  });

  /**
   * @template {keyof HTMLElementEventMap} Type
   * @param {Type} type
   * @param {(event: HTMLElementEventMap[Type], cell: Cell | null) => void} act
   */
  function on(type, act) {
    table.addEventListener(type, (event) => act(event, cellOf(event.target)));
  }

  /** The nearest cell to which a key leads; Home and End: the farthest one. @param {Cell} cell @param {string} key */
  function neighbour(cell, key) {
    const found = cells()
      .map((one) => ({ one, x: one.offsetLeft - cell.offsetLeft, y: one.offsetTop - cell.offsetTop }))
      .filter(({ x, y }) => WAYS[key]?.(x, y))
      .sort((a, b) => Math.abs(a.x) - Math.abs(b.x) || Math.abs(a.y) - Math.abs(b.y));
    return found.at(key.startsWith("Arrow") ? 0 : -1)?.one;
  }
}

/** @param {EventTarget | null} target @returns {Cell | null} */
function cellOf(target) {
  return /** @type {Element | null} */ (target)?.closest("td[id]") ?? null;
}

/** @param {Cell} cell */
function isChosen(cell) {
  return cell.ariaSelected === "true";
}
