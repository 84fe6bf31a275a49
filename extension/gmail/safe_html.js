// The server's HTML, made safe for Gmail's page. What the server writes into messages passes unchanged
// (server/admitone/domain/links/inserted.py); a server that was broken into can insert no script, image, form or link
// to elsewhere, and nothing that covers the page.

const ELEMENTS = /^(a|b|br|div|em|i|li|ol|p|span|strong|table|tbody|td|th|thead|tr|ul)$/;
const ATTRIBUTES =
  /^(align|bgcolor|border|cell(padding|spacing)|(col|row)span|dir|height|href|lang|role|style|valign|width)$/;
/** A declaration whose value calls no function except a colour: `url()` would load something. */
const DECLARATION = new RegExp(
  "^\\s*(background(-color)?|border(-[a-z]+)*|color|direction|display|(max-|min-)?(height|width)|font(-[a-z]+)*" +
    "|letter-spacing|line-height|list-style(-type)?|margin(-[a-z]+)*|mso-[a-z-]+|overflow-wrap|padding(-[a-z]+)*" +
    "|table-layout|text-[a-z-]+|unicode-bidi|vertical-align|white-space|word-(break|wrap))" +
    "\\s*:([\\w\\s#.,%'\"!-]|rgba?\\([\\d\\s.,%/]*\\))*$",
);

/**
 * @param {string} html
 * @param {string} url of the server; only links to its origin stay links
 */
export function safeHtml(html, url) {
  const { body } = new DOMParser().parseFromString(html, "text/html"); // in it nothing runs and nothing is loaded
  clean(body, `${new URL(url).origin}/`);
  return body.innerHTML;
}

/** @param {Element} parent @param {string} own */
function clean(parent, own) {
  for (const child of [...parent.childNodes]) {
    if (child instanceof Text) continue;
    if (child instanceof Element && ELEMENTS.test(child.localName)) {
      for (const { name, value } of [...child.attributes]) {
        const isSafe = ATTRIBUTES.test(name) && (name !== "href" || URL.parse(value)?.href.startsWith(own));
        if (!isSafe) child.removeAttribute(name);
        else if (name === "style") child.setAttribute(name, safeStyle(value));
      }
      clean(child, own);
    } else {
      child.remove();
    }
  }
}

/** @param {string} style */
function safeStyle(style) {
  return style.split(";").filter((declaration) => DECLARATION.test(declaration)).join(";");
}
