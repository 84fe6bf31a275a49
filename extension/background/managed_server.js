// The server that an administrator has set for everybody, by a policy of the browser (`storage.managed`).

import { RefusalError } from "./refusal.js";
import { originOf } from "./server_address.js";

/**
 * The address in the policy; null without a policy. Firefox refuses to read if there is none.
 * @returns {Promise<string | null>}
 * @throws {RefusalError} `policy-invalid`
 */
export async function managedServer() {
  const { server } = await chrome.storage.managed.get("server").catch(() => ({ server: undefined }));
  if (typeof server !== "string" || !server.trim()) return null;
  try {
    return originOf(server);
  } catch {
    throw new RefusalError("policy-invalid");
  }
}
