// The only classic script: content scripts cannot import statically (docs/decisions/019). What fails here fails in
// silence, because the page is not ours; the toolbar's popup works all the same.
import(chrome.runtime.getURL("extension/gmail/main.js"))
  .then((main) => main.start())
  .catch(() => {});
