// Withdrawing a link, and taking that back.

import { call } from "./api.js";

/** Withdraw a link; one that is withdrawn already stays so. @param {{id: string}} message */
export async function revokeLink({ id }) {
  await call("POST", `/links/${encodeURIComponent(id)}/revoke`);
  return {};
}

/** Let a withdrawn link be used again. @param {{id: string}} message */
export async function reactivateLink({ id }) {
  await call("POST", `/links/${encodeURIComponent(id)}/reactivate`);
  return {};
}
