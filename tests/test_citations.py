"""Every document that code or another document cites is in the repository, with the cited section."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SUFFIXES = {".css", ".html", ".js", ".json", ".lua", ".md", ".py", ".sh", ".toml", ".yaml", ".yml"}
CODE = ("server", "extension", "tests", "benchmarks")
CITATION = re.compile(r"(?P<path>(?<![\w./*<>$-])[\w./-]*\w\.md)\b(?:#(?P<anchor>[\w-]+))?")
SECTION = re.compile(r"`?,\s+(?:[#-]+\s+)?\*(?P<section>[^*\n]+)\*(?!\*)")
"""A section in emphasis right after the path, as in `docs/rules/time.md, *Days*`."""
ADDRESS = re.compile(r"https?://\S+")
BARE = frozenset({"README.md", "CHANGELOG.md", "CONTRIBUTING.md"})
"""The documents at the root: their path from the root has no folder."""


@cache
def tracked() -> frozenset[str]:
    """Every file of the repository, those that are new included."""
    told = subprocess.run(
        ("git", "ls-files", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return frozenset(name for name in told.stdout.splitlines() if (ROOT / name).is_file())


def citing(name: str) -> bool:
    """Whether a file's citations are looked at: all code, and every document."""
    path = Path(name)
    return path.suffix in SUFFIXES and (path.parts[0] in CODE or path.suffix == ".md")


def problems(name: str, text: str) -> Iterator[str]:
    """What is wrong with the citations of a file."""
    for found in CITATION.finditer(ADDRESS.sub(lambda address: " " * len(address[0]), text)):
        line = text.count("\n", 0, found.start()) + 1
        place = f"{name}:{line}: {found[0]}"
        document = cited(name, found["path"], is_quoted=text[found.start() - 1 : found.start()] in {'"', "'"})
        if document is None:
            yield f"{place} is no file of the repository; in code, give its path from the root"
            continue
        titles = headings(document)
        if found["anchor"] and found["anchor"] not in {anchor(title) for title in titles}:
            yield f"{place} has no such heading"
        section = SECTION.match(text, found.end())
        if section and section["section"] not in titles:
            yield f"{place} has no section *{section['section']}*"


def cited(name: str, path: str, *, is_quoted: bool) -> str | None:
    """The file that `path` means in the file `name`, or None if there is none."""
    if name.endswith(".md"):
        beside = (ROOT / name).parent.joinpath(path).resolve()
        if beside.is_relative_to(ROOT) and str(beside.relative_to(ROOT)) in tracked():
            return str(beside.relative_to(ROOT))
    if path in tracked() and ("/" in path or path in BARE):
        return path
    if is_quoted and "/" not in path:
        return next((known for known in sorted(tracked()) if Path(known).name == path), None)
    return None


@cache
def headings(document: str) -> frozenset[str]:
    """The headings of a document, without emphasis and code marks."""
    titles = re.findall(r"^#+ (.+?)\s*$", (ROOT / document).read_text("utf-8"), re.MULTILINE)
    return frozenset(re.sub(r"[*`]", "", title) for title in titles)


def anchor(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def test_every_citation_leads_to_a_file_of_the_repository() -> None:
    found = [
        problem
        for name in sorted(tracked())
        if citing(name) and name != Path(__file__).relative_to(ROOT).as_posix()
        for problem in problems(name, (ROOT / name).read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("server/a.py", "# The order is product.md's."),
        ("server/a.py", "(api.md, *Bodies*)"),
        ("server/a.lua", "-- see docs/nothing.md"),
        ("server/a.py", "see docs/api.md#no-such-heading"),
        ("server/a.py", "see docs/redis.md, *No such section*"),
        ("docs/links.md", "[the rules](rules/nothing.md)"),
        ("docs/links.md", "[the rules](api.md#no-such-heading)"),
    ],
)
def test_a_citation_that_leads_nowhere_is_found(name: str, text: str) -> None:
    assert len([*problems(name, text)]) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("server/a.py", "see docs/api.md and README.md"),
        ("server/a.py", "https://example.com/spec/none.md"),
        ("tests/a.py", 'ROOT / "docs" / "mail.md"'),
        ("docs/links.md", "[the API](api.md), [the start](../README.md)"),
    ],
)
def test_a_citation_that_leads_somewhere_passes(name: str, text: str) -> None:
    assert [*problems(name, text)] == []
