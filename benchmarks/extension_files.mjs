// Reads modules as the browser does: `node extension_files.mjs LANGUAGE FILE …` prints, as JSON, each file that the given
// ones lead to, with its bytes without comments, the files that are loaded together with it, and those that its
// functions may load later. The table of one language is followed. Used by extension_sizes.py.

import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { Linter } from "eslint";

const ROOT = resolve(import.meta.dirname, "..");
const PARSED = { languageOptions: { ecmaVersion: 2023, sourceType: "module" } };

const [language, ...waiting] = process.argv.slice(2);
const found = {};
while (waiting.length) {
  const file = waiting.pop();
  if (found[file]) continue;
  found[file] = read(file);
  waiting.push(...found[file].at_once, ...found[file].later);
}
process.stdout.write(JSON.stringify(found));

function read(file) {
  const text = readFileSync(resolve(ROOT, file), "utf8");
  const linter = new Linter({ configType: "flat" });
  const [problem] = linter.verify(text, [PARSED]);
  if (problem) throw new Error(`${file}: ${problem.message}`);
  const source = linter.getSourceCode();
  const comments = source.getAllComments().map((comment) => source.getText(comment));
  const [all = 0, ...left] = [text, ...comments].map((part) => Buffer.byteLength(part));
  const imports = { at_once: [], later: [] };
  follow(source.ast, false, (address, isLater) => imports[isLater ? "later" : "at_once"].push(path(file, address)));
  return { bytes: left.reduce((bytes, comment) => bytes - comment, all), ...imports };

  /** Calls `note` with the address of each import. One in a function is made when the function is called. */
  function follow(node, isLater, note) {
    if (node.source) note(addressOf(node.source), isLater);
    const isInFunction = isLater || /Function/.test(node.type);
    for (const key of source.visitorKeys[node.type] ?? []) {
      for (const child of [node[key]].flat()) if (child) follow(child, isInFunction, note);
    }
  }
}

/** The text of an expression that is a text, a template with the language in it, or a call with a text. */
function addressOf(node) {
  if (node.type === "CallExpression") return addressOf(node.arguments[0]);
  if (node.type === "TemplateLiteral") return node.quasis.map(({ value }) => value.cooked).join(language);
  if (node.type !== "Literal") throw new Error(`cannot follow import(${node.type})`);
  return node.value;
}

/** An address in a file, as a path below the repository's root. */
function path(file, address) {
  return address.startsWith(".") ? relative(ROOT, resolve(ROOT, dirname(file), address)) : address;
}
