// On a phone, a row of tabs is wider than the window: scroll the open tab into view.

/** @param {Document} root */
export function showCurrentTabs(root) {
  for (const tab of root.querySelectorAll(".tabs [aria-current]")) {
    tab.scrollIntoView({ block: "nearest", inline: "center" });
  }
}
