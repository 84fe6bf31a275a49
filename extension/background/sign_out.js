// Signing out: the tokens end on the server as well.

import { forgetSignIn, keep, kept } from "./kept.js";
import { Refusal } from "./refusal.js";
import { revoke } from "./token.js";

/** Forget the sign-in, even where the server cannot be told. */
export async function signOut() {
  const token = await kept("refreshToken");
  await forgetSignIn();
  if (!token) return {};
  await keep({ asksForAccount: true });
  try {
    await revoke(token);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
  return {};
}
