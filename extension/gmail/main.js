// The content script. Most frames of Gmail never have a compose: all but the watcher is loaded with the first one.

import { watchComposes } from "./watch_composes.js";

export function start() {
  /** @type {Promise<typeof import("./first_compose.js") | null> | null} */
  let loading = null;
  watchComposes(async (roots) => {
    if (roots.size) loading ??= import("./first_compose.js").catch(() => null); // the extension was updated
    (await loading)?.update(roots);
  });
}
