// Choosing the server, in the options.

import { forget, keep, kept } from "./kept.js";
import { describe, origin } from "./server.js";
import { signOut } from "./sign_out.js";

/**
 * Use this server from now on: sign out of the one before it, and forget what was chosen there.
 * @param {{address: string}} message as a person typed it
 * @throws {Refusal} `address-invalid`, `address-insecure`, `unreachable`, `not-admitone`, `address-other`
 */
export async function setServer({ address }) {
  const found = await describe(origin(String(address)));
  const before = await kept("server");
  if (before && before.address !== found.address) {
    await signOut();
    await forget("choices", "defaultPage", "asksForAccount");
  }
  await keep({ server: found });
  return { server: found.address };
}
