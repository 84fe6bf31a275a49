// The status of a link as a short text.

import { translate } from "../texts/popup/translate.js";
import { date, dateTime } from "./dates.js";

/** @import {SentLink} from "../messages.js" */

/** @param {SentLink} link */
export function statusText({ status, booking, opened_at, expires_at }) {
  if (status === "booked") return booking ? bookingText(booking) : "";
  if (status === "revoked" || status === "unavailable") return translate(status);
  if (status === "expired") return expires_at ? translate("expired", { when: date(expires_at) }) : "";
  const opened = opened_at ? translate("opened", { when: dateTime(opened_at) }) : translate("active");
  return expires_at ? `${opened} · ${translate("until", { when: date(expires_at) })}` : opened;
}

/** @param {NonNullable<SentLink["booking"]>} booking */
function bookingText({ status, start }) {
  return status === "cancelled" ? translate("cancelled") : translate("booked", { when: dateTime(start) });
}
