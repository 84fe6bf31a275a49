// Signing out: the tokens are revoked on the server as well.

import { RefusalError } from "./refusal.js";
import { forgetSignIn, readLocal, writeLocal } from "./storage.js";
import { revokeToken } from "./tokens.js";

/** Forget the sign-in, even if the server cannot be reached. */
export async function signOut() {
  const token = await readLocal("refreshToken");
  await forgetSignIn();
  if (!token) return {};
  await writeLocal({ asksForAccount: true });
  try {
    await revokeToken(token);
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
  }
  return {};
}
