// On a phone a row of tabs is wider than the window: the one that is open comes into sight.

/** @param {Document} root */
export function showCurrentTabs(root) {
  for (const tab of root.querySelectorAll(".tabs [aria-current]")) {
    tab.scrollIntoView({ block: "nearest", inline: "center" });
  }
}
