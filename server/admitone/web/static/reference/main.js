/** The API's description is whole without scripts; these find calls and send them. */

import { filterCalls } from "./filter.js";
import { tryCalls } from "./try.js";

filterCalls();
tryCalls();
