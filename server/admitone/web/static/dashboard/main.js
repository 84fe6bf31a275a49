// Scripts that make the dashboard quicker; every room works without them.

import { enableCopying } from "./copy.js";
import { sayFailures } from "./failures.js";
import { askBeforeLeaving } from "./leaving.js";
import { closeMenus } from "./menu.js";
import { enableMore } from "./more.js";
import { enableSharing } from "./share.js";
import { showCurrentTabs } from "./tabs.js";
import { enableTicking } from "./tick.js";
import { keepTyped } from "./typed.js";

sayFailures();
enableCopying(document);
closeMenus(document);
enableMore(document);
enableSharing(document);
showCurrentTabs(document);
askBeforeLeaving(document);
keepTyped(document);
enableTicking(document);
