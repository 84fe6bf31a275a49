/** The API's description is complete without scripts; these search for calls and send them. */

import { filterCalls } from "./filter.js";
import { tryCalls } from "./try.js";

filterCalls();
tryCalls();
