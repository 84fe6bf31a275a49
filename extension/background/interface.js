// Whether this extension and a server fit. The API that the extension depends on is numbered: a change without which
// the extension does not work raises the number. A server names the oldest and the newest number that it serves.

import { RefusalError } from "./refusal.js";

const INTERFACE = 2;

/**
 * @param {any} metadata of the server; a server that names no numbers is older than they are, and serves the first
 * @param {Record<string, string>} values the names for the sentence
 * @throws {RefusalError} `server-too-old`, `extension-too-old`
 */
export function assertFits({ admitone_extension_interfaces: served }, values) {
  const { oldest = 1, newest = 1 } = served ?? {};
  if (newest < INTERFACE) throw new RefusalError("server-too-old", { values });
  if (oldest > INTERFACE) throw new RefusalError("extension-too-old", { values });
}
