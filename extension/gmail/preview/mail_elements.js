// The HTML of a mail as elements that do nothing: no links to follow, nothing to load, no scripts.

const ELEMENTS = ["table", "tbody", "tr", "td", "br", "a"];
const ATTRIBUTES = ["align", "bgcolor", "border", "cellpadding", "cellspacing", "dir", "role", "style"];
const LOADING = /[(\\]/; // such as `url(…)`: a style of the server's has neither

/** Elements that the server writes are copied without their addresses, of others the text. @param {string} html */
export function mailElements(html) {
  return copies(new DOMParser().parseFromString(html, "text/html").body);
}

/** @param {Element} parent @returns {(Node | string)[]} */
function copies(parent) {
  return [...parent.childNodes].flatMap((node) => {
    if (!(node instanceof Element)) return node instanceof Text ? node.data : [];
    if (!ELEMENTS.includes(node.localName)) return node.textContent ?? "";
    const copy = document.createElement(node.localName);
    for (const name of ATTRIBUTES) {
      const value = node.getAttribute(name);
      if (value !== null && !LOADING.test(value)) copy.setAttribute(name, value);
    }
    copy.append(...copies(node));
    return copy;
  });
}
