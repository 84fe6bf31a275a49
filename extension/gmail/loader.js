// The only classic script: content scripts cannot import statically (docs/decisions/019). A failure is silent, because
// the page is not ours; the popup still works.
import(chrome.runtime.getURL("extension/gmail/main.js"))
  .then((main) => main.start())
  .catch(() => {});
