// Setting the server: in the options, or by an administrator's policy.

import { managedServer } from "./managed_server.js";
import { discoverServer } from "./server.js";
import { originOf } from "./server_address.js";
import { signOut } from "./sign_out.js";
import { readLocal, removeLocal, writeLocal } from "./storage.js";

/**
 * Use this server from now on, or the one in the policy. If another server was set, leave it.
 * @param {{address: string}} message as a person typed it
 * @throws {RefusalError} `address-invalid`, `address-insecure`, `policy-invalid` and those of `discoverServer`
 */
export async function setServer({ address }) {
  const server = await discoverServer((await managedServer()) ?? originOf(String(address)));
  await leaveOther(server.address);
  await writeLocal({ server });
  return { server: server.address };
}

/** @type {Promise<void> | undefined} */
let following;

/**
 * If the policy names another server than the one that is set, leave that one. The next sign-in is on the policy's.
 * Messages at the same time wait for the same change.
 * @throws {RefusalError} `policy-invalid`
 */
export function followPolicy() {
  following ??= managedServer()
    .then((address) => (address === null ? undefined : leaveOther(address)))
    .finally(() => { following = undefined; });
  return following;
}

/** Sign out of any other server, and forget it and the choices made there. @param {string} address */
async function leaveOther(address) {
  const server = await readLocal("server");
  if (!server || server.address === address) return;
  await signOut();
  await removeLocal("server", "choices", "linkTexts", "languages", "defaultText", "defaultPage", "asksForAccount");
}
