// Scripts that make the dashboard quicker; every room works without them.

import { enableCopying } from "./copy.js";
import { closeMenus } from "./menu.js";
import { enableMore } from "./more.js";
import { enableSharing } from "./share.js";
import { showCurrentTabs } from "./tabs.js";
import { enableTicking } from "./tick.js";

enableCopying(document);
closeMenus(document);
enableMore(document);
enableSharing(document);
showCurrentTabs(document);
enableTicking(document);
