// The signed-in account, for the options page.

import { readLocal } from "./storage.js";

/**
 * The server that is set and the account that is signed in, as they are stored: the server is not asked, so a
 * sign-in that was ended there shows only at the next call.
 * @returns {Promise<{server: string | null, account: import("./storage.js").Account | null}>}
 */
export async function getAccount() {
  const isSignedIn = Boolean(await readLocal("refreshToken"));
  return {
    server: (await readLocal("server"))?.address ?? null,
    account: (isSignedIn && (await readLocal("account"))) || null,
  };
}
