// Gmail's theme, dark or light: it does not follow the system's setting.

const MIDDLE = 0.45;

/** Whether the background behind an element is dark. @param {Element} element */
export function isDark(element) {
  for (let around = /** @type {Element | null} */ (element); around; around = around.parentElement) {
    const [red = 0, green = 0, blue = 0, alpha = 1] = numbers(getComputedStyle(around).backgroundColor);
    if (alpha >= 0.5) return (0.299 * red + 0.587 * green + 0.114 * blue) / 255 < MIDDLE;
  }
  return false;
}

/** @param {string} colour `rgb(…)` or `rgba(…)`, as browsers compute it */
function numbers(colour) {
  return (colour.match(/[\d.]+/g) ?? ["0", "0", "0", "0"]).map(Number);
}
