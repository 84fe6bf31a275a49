// The content script. Most frames of Gmail never have a compose: all but the watcher is loaded with the first one.

import { watchComposes } from "./watch_composes.js";

/** Start. Aborting `signal` stops the script and removes its elements. @param {AbortSignal} [signal] */
export function start(signal = new AbortController().signal) {
  /** @type {ReturnType<typeof loadButtons> | null} */
  let loading = null;
  watchComposes(async (roots) => {
    if (roots.size) loading ??= loadButtons(signal);
    (await loading)?.update(roots);
  }, signal);
}

/** The buttons; null if the extension was updated since this page was loaded. @param {AbortSignal} signal */
async function loadButtons(signal) {
  try {
    const { startButtons } = await import("./first_compose.js");
    return startButtons(signal);
  } catch {
    return null;
  }
}
