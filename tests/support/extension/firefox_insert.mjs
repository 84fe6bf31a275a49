// Drives Firefox with the extension: a quick insert, undo, and an insert by the panel. Run by firefox.py, which passes
// the options as JSON and reads the result as JSON. A module for Node: the compiler does not read it, because it would
// take its types for those of browsers.

import puppeteer from "puppeteer-core";

const { firefox, extension, proxy, button, word } = JSON.parse(process.argv[2] ?? "{}");
const LIMIT = 120_000;

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: firefox,
  headless: true,
  acceptInsecureCerts: true,
  extraPrefsFirefox: {
    "network.proxy.type": 1,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": proxy,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": proxy,
    "intl.accept_languages": "en",
  },
});
try {
  await browser.installExtension(extension);
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT);
  await page.goto("https://mail.google.com/mail/popup", { timeout: LIMIT });
  await page.waitForSelector(`[aria-label="${button}"]`);
  const html = () => page.$eval("[contenteditable]", (body) => body.innerHTML);
  const before = await html();
  await page.$eval(`[aria-label="${button}"]`, (element) => element.click()); // by a script: does nothing
  await page.$eval("[contenteditable]", putCaret, word);
  await page.keyboard.down("Shift");
  await page.click(`[aria-label="${button}"]`);
  await page.keyboard.up("Shift");
  await page.waitForSelector("[contenteditable] a");
  const inserted = await html();
  await page.keyboard.type("Bye");
  const typed = await html();
  const isPanelOpen = (await page.$("[data-admitone=panel]")) !== null;
  const undone = [];
  for (let step = 0; step < 5 && undone.at(-1) !== before; step++) {
    await page.keyboard.down("Control");
    await page.keyboard.press("z");
    await page.keyboard.up("Control");
    undone.push(await html());
  }

  await page.click(`[aria-label="${button}"]`);
  const inPanel = await page.evaluateHandle(insertButton);
  await inPanel.click();
  await page.waitForSelector("[contenteditable] a");
  const byPanel = await html();
  const errors = await page.evaluate(() => globalThis.errors);
  process.stdout.write(JSON.stringify({ before, inserted, typed, undone, byPanel, isPanelOpen, errors }));
} finally {
  await browser.close();
}

function putCaret(body, after) {
  const text = document.createTreeWalker(body, NodeFilter.SHOW_TEXT).nextNode();
  if (!(body instanceof HTMLElement) || !(text instanceof Text)) throw new Error("no text");
  body.focus();
  getSelection()?.collapse(text, text.data.indexOf(after) + after.length);
}

/** The panel's *Insert*, once it is there: the shadow root that it is in has no selector. */
async function insertButton() {
  for (;;) {
    const shadow = document.querySelector("[data-admitone=panel]")?.shadowRoot;
    const found = shadow?.querySelector("footer button.primary");
    if (found) return found;
    await new Promise((done) => requestAnimationFrame(done));
  }
}
