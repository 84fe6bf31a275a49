// The options page: which server, who is signed in, and how new links begin.

import { ask } from "../pages/ask.js";
import { fillIn } from "../pages/page.js";
import { showAccount } from "./account.js";
import { showServer } from "./server.js";
import { say } from "./say.js";

fillIn(say);
const found = await ask({ kind: "account" });
if (found.ok) {
  showServer(found);
  await showAccount(found);
}
