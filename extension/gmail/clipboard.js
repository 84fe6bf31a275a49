// Copying to the clipboard.

/**
 * Copy content as HTML and as plain text.
 * @param {import("./insert.js").Content} content
 * @returns {Promise<boolean>} false if the page or the browser does not allow it
 */
export async function copy({ html, text }) {
  try {
    const item = new ClipboardItem({
      "text/html": new Blob([html], { type: "text/html" }),
      "text/plain": new Blob([text], { type: "text/plain" }),
    });
    await navigator.clipboard.write([item]);
    return true;
  } catch {
    return copyByCommand(html, text);
  }
}

/** @param {string} html @param {string} text */
function copyByCommand(html, text) {
  const stop = new AbortController();
  let isDone = false;
  document.addEventListener(
    "copy",
    (event) => {
      event.clipboardData?.setData("text/html", html);
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      event.stopImmediatePropagation();
      isDone = event.clipboardData !== null;
    },
    { capture: true, signal: stop.signal },
  );
  const isAllowed = document.execCommand("copy");
  stop.abort();
  return isAllowed && isDone;
}
