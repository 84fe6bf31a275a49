// The signed-in account, for the options page.

import { managedServer } from "./managed_server.js";
import { readLocal } from "./storage.js";

/**
 * The server that is set and the account that is signed in, as they are stored: the server is not asked, so a
 * sign-in that was ended there shows only at the next call.
 * @returns {Promise<{server: string | null, isManaged: boolean, account: import("./storage.js").Account | null}>}
 *   `isManaged`: an administrator has set the server
 */
export async function getAccount() {
  const isSignedIn = Boolean(await readLocal("refreshToken"));
  const managed = await managedServer();
  return {
    server: managed ?? (await readLocal("server"))?.address ?? null,
    isManaged: managed !== null,
    account: (isSignedIn && (await readLocal("account"))) || null,
  };
}
