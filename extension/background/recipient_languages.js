// The languages that were chosen for recipients, by their mail domain. Whole addresses are not kept.

import { withValue } from "./recent_values.js";
import { readLocal, writeLocal } from "./storage.js";

/** Providers with customers everywhere: what one of them reads says nothing about the others. */
const PUBLIC = [
  "aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hotmail.com", "icloud.com",
  "live.com", "mac.com", "mail.com", "me.com", "msn.com", "outlook.com", "proton.me", "protonmail.com", "yahoo.com",
];
const LONGEST_DOMAIN = 253; // RFC 1035

export async function readLanguages() {
  return (await readLocal("languages")) ?? [];
}

/** Keep a language, if the addresses have one mail domain. @param {string} tag @param {string[]} addresses */
export async function keepLanguage(tag, addresses) {
  const domains = new Set(addresses.map((address) => String(address).replace(/^.*@/s, "").toLowerCase()));
  const [domain, other] = domains;
  if (!domain || other !== undefined || domain.length > LONGEST_DOMAIN || PUBLIC.includes(domain)) return;
  await writeLocal({ languages: withValue(await readLanguages(), domain, tag) });
}
