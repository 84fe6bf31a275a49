// Who is signed in, and where.

import { kept } from "./kept.js";

/** Without asking the server: whether the sign-in still holds is known by the next call. */
export async function getAccount() {
  const isSignedIn = Boolean(await kept("refreshToken"));
  return {
    server: (await kept("server"))?.address ?? null,
    account: (isSignedIn && (await kept("account"))) || null,
  };
}
