// A button in every compose, and what a press of it does.

import { afterSend } from "./button_position.js";
import { lazily } from "./lazy.js";
import { showReload } from "./reload_notice.js";
import { makeButton } from "./toolbar_button.js";
import { mayTry } from "./tries.js";
import { translate } from "../texts/button/translate.js";

/** @import {Position} from "./button_position.js" */

/** By the root of its compose. @type {Map<HTMLElement, {button: HTMLElement, rank: number}>} */
const inserted = new Map();
/**
 * Finds a place in a compose without a known Send button; loaded with the first such compose.
 * @type {((root: HTMLElement) => Position | null) | null}
 */
let findOther = null;
let isBusy = false;

/** The composes with a button. */
export const roots = () => [...inserted.keys()];

/**
 * Add buttons to composes that are new or were rebuilt, and forget closed composes.
 * @param {Set<HTMLElement>} composes their roots
 */
export function update(composes) {
  for (const root of inserted.keys()) if (!composes.has(root)) remove(root);
  for (const root of composes) {
    const known = inserted.get(root);
    const rank = known && root.contains(known.button) ? known.rank : Infinity;
    if (rank === 0) continue;
    const position = afterSend(root) ?? findOther?.(root);
    if (!position && !findOther) void loadOthers(composes);
    if (!position || position.rank >= rank) continue;
    remove(root);
    if (rank < Infinity || mayTry(root, position.beside)) add(root, position);
  }
}

/** @param {Set<HTMLElement>} composes */
async function loadOthers(composes) {
  const loaded = await lazily(() => import("./other_positions.js"));
  if (findOther || !loaded.ok) return;
  findOther = loaded.module.findOther;
  update(composes);
}

/** @param {HTMLElement} root @param {Position} position */
function add(root, { rank, put }) {
  for (const old of root.querySelectorAll("[data-admitone]")) old.remove(); // of a version before an update
  const button = makeButton(translate("button"), (isShifted) => void press(root, isShifted));
  button.ariaBusy = String(isBusy);
  put(button);
  inserted.set(root, { button, rank });
}

/**
 * What a press does is loaded when a button is pressed first. One thing at a time: meanwhile, and while a panel is open
 * or a link is on its way, other presses do nothing.
 * @param {HTMLElement} root
 * @param {boolean} isShifted
 */
export async function press(root, isShifted) {
  if (isBusy || document.querySelector('[data-admitone="panel"]')) return;
  setBusy(true);
  const loaded = await lazily(() => import("./press.js"));
  const refusal = loaded.ok ? await loaded.module.press(root, isShifted, buttonOf) : loaded;
  setBusy(false);
  if (refusal) showReload(buttonOf(root), refusal.message);
}

/** @param {HTMLElement} root */
function buttonOf(root) {
  return inserted.get(root)?.button ?? root;
}

/** @param {boolean} busy */
function setBusy(busy) {
  isBusy = busy;
  for (const { button } of inserted.values()) button.ariaBusy = String(busy);
}

/** @param {HTMLElement} root */
function remove(root) {
  const button = inserted.get(root)?.button;
  (button?.closest('[data-admitone="cell"]') ?? button)?.remove();
  inserted.delete(root);
}
