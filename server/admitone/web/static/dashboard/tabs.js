// On a phone, a row of tabs, or of rooms, is wider than the window: scroll the open one into view.

/** @param {Document} root */
export function showCurrentTabs(root) {
  for (const tab of root.querySelectorAll(".tabs [aria-current], .rooms [aria-current]")) {
    tab.scrollIntoView({ block: "nearest", inline: "center" });
  }
}
