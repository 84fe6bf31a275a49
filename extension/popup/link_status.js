// What became of a link, in a few words.

import { onDay, say, when } from "./say.js";

/** @import {SentLink} from "../background/link_list.js" */

/** @param {SentLink} link */
export function stateOf({ status, booking, opened_at, expires_at }) {
  if (status === "booked") return booking ? bookingState(booking) : "";
  if (status === "revoked" || status === "unavailable") return say(status);
  if (status === "expired") return expires_at ? say("expired", { when: onDay(expires_at) }) : "";
  const opened = opened_at ? say("opened", { when: when(opened_at) }) : say("active");
  return expires_at ? `${opened} · ${say("until", { when: onDay(expires_at) })}` : opened;
}

/** @param {NonNullable<SentLink["booking"]>} booking */
function bookingState({ status, start }) {
  return status === "cancelled" ? say("cancelled") : say("booked", { when: when(start) });
}
