"""Modules are joined into one that does the same, or the server does not start."""

from __future__ import annotations

import pytest

from admitone.web.http.bundle import BundleError, join_modules

MODULES = {
    "main.js": 'import { go, stop } from "./go.js";\nimport {\n  one,\n} from "./one.js";\n\ngo(one);\n',
    "go.js": '// Go.\n\nimport { one } from "./one.js";\n\nexport async function go() {}\nconst stop = 1;\n',
    "one.js": "export const one = 1;\n",
    "unused.js": "export default 2;\n",
}


def test_what_is_imported_stands_first_and_once() -> None:
    assert join_modules(MODULES, "main.js") == (
        "const one = 1;\n\n// Go.\n\n\nasync function go() {}\nconst stop = 1;\n\ngo(one);\n"
    )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"one.js": "export default 1;\n"}, "this cannot be joined: export default 1;"),
        ({"one.js": 'import "./go.js";\n'}, 'this cannot be joined: import "./go.js";'),
        ({"one.js": 'import * as go from "./go.js";\n'}, "this cannot be joined"),
        ({"one.js": 'export { go } from "./go.js";\n'}, "this cannot be joined"),
        ({"one.js": 'import { go } from "./go.js";\n'}, "go.js imports itself by way of one.js"),
        ({"one.js": 'import { two } from "./two.js";\n'}, "one.js imports two.js, which is not there"),
        ({"one.js": "function go() {}\n"}, "more than one module has a go"),
    ],
)
def test_what_cannot_be_joined_is_found_at_once(changes: dict[str, str], why: str) -> None:
    with pytest.raises(BundleError) as found:
        join_modules(MODULES | changes, "main.js")
    assert str(found.value).startswith(why)
