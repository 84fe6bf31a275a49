// The options page: the server, the account, and the defaults of new links.

import { sendMessage } from "../shared/send_message.js";
import { showTexts } from "../shared/document.js";
import { showAccount, showProblem } from "./account.js";
import { showServer } from "./server.js";
import { translate } from "../texts/options/translate.js";

showTexts(translate);
const found = await sendMessage({ kind: "account" });
if (found.ok) {
  showServer(found);
  await showAccount(found);
} else {
  showProblem(found.message);
}
