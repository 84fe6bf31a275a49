// Setting the server, in the options.

import { discoverServer, originOf } from "./server.js";
import { signOut } from "./sign_out.js";
import { readLocal, removeLocal, writeLocal } from "./storage.js";

/**
 * Use this server from now on. If another server was set, sign out of it and forget the choices made there.
 * @param {{address: string}} message as a person typed it
 * @throws {RefusalError} `address-invalid`, `address-insecure`, `unreachable`, `not-admitone`, `address-other`
 */
export async function setServer({ address }) {
  const server = await discoverServer(originOf(String(address)));
  const before = await readLocal("server");
  if (before && before.address !== server.address) {
    await signOut();
    await removeLocal("choices", "linkTexts", "languages", "defaultText", "defaultPage", "asksForAccount");
  }
  await writeLocal({ server });
  return { server: server.address };
}
