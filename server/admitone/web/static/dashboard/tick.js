// *Tick all on this page* without loading the page again: rows that *Show more* has added are ticked too.

/** @param {Document} root */
export function enableTicking(root) {
  root.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-tick-all]") : null;
    if (!link) return;
    event.preventDefault();
    const boxes = [...root.querySelectorAll("input[form=ticked]")].filter((box) => box instanceof HTMLInputElement);
    const areTicked = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !areTicked;
  });
}
