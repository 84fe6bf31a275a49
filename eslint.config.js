// Rules for all scripts that run in a browser. Types are checked by the compiler, see tsconfig.json.

import js from "@eslint/js";
import globals from "globals";

const SCRIPTS = ["server/admitone/web/static/**/*.js", "extension/**/*.js", "tests/**/*.js"];
const MARKUP = "Text must not become markup: create elements.";

export default [
  { ignores: [".*/", "build/", "data/", "dist/", "node_modules/"] },
  {
    files: SCRIPTS,
    ...js.configs.recommended,
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...js.configs.recommended.rules,
      "no-undef": "off", // the compiler checks this
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
      eqeqeq: "error",
      "no-console": "error",
      "no-alert": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "max-len": ["error", { code: 120, ignoreUrls: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]", message: MARKUP },
        { selector: "CallExpression[callee.property.name='insertAdjacentHTML']", message: MARKUP },
        { selector: "CallExpression[callee.object.name='document'][callee.property.name='write']", message: MARKUP },
      ],
    },
  },
];
