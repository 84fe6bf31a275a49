// What is needed when a link is inserted or copied. The panel loads it when one of its buttons is pressed, and before a
// link is made: a link is never made that cannot be delivered.

export { copy } from "./clipboard.js";
export { deliver } from "./deliver.js";
export { createLinks, revokeLinks } from "./link_create.js";
export { showNotice } from "./panel/notice.js";
