// Withdrawing a link.

import { call } from "./api.js";

/** Withdraw a link; one that is withdrawn already stays so. @param {{id: string}} message */
export async function revokeLink({ id }) {
  await call("POST", `/links/${encodeURIComponent(id)}/revoke`);
  return {};
}
