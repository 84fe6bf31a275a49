"""Finds sentences in Python code that are not marked for translation."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from tests.support.texts.names import without_names

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKED = frozenset({"message", "count_message", "phrase"})
"""The functions that mark a text."""
SENTENCE = re.compile(r"[A-Z“\0].* .*[.?!]|[A-Z]\w+ \w.*", re.DOTALL)
"""A text for people, not a name in the code."""
VALUE = "\0"


def unmarked_in_code(source: str) -> list[str]:
    """The sentences and labels in Python code that are not marked, with a mark for each value in them."""
    return list(_walk(ast.parse(source)))


def _walk(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue  # a docstring
        if isinstance(child, ast.Call) and _name(child.func) in MARKED:
            continue
        text = _text(child)
        if text is None:
            yield from _walk(child)
        elif SENTENCE.fullmatch(without_names(text)):
            yield text


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _text(node: ast.AST) -> str | None:
    """The literal text, with a mark for each value; None if the node is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or VALUE for part in node.values)
    return None
