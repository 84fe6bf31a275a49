"""What Lighthouse says of the customer's page on a phone, with the distribution's Chromium.

Indexing is not allowed on any customer's page (docs/rules/README.md, 5), so the audit that demands it
is left out; all others are made.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
from asyncio.subprocess import PIPE
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import uvloop

from benchmarks.processes import running_redis, running_server
from benchmarks.site import Site

LIGHTHOUSE = Path(__file__).parents[1] / "node_modules/.bin/lighthouse"
CATEGORIES = ("accessibility", "best-practices", "seo")
RUNS = 5
AIM = 98
_CHROME = "--headless=new --no-sandbox --disable-dev-shm-usage"


class Report(msgspec.Struct, frozen=True):
    """Scores from 0 to 100 by category, and what each audit that is not passed says."""

    scores: Mapping[str, int]
    failures: Sequence[str]
    numbers: Mapping[str, float]
    """What was measured, by audit: milliseconds, bytes, or without a unit."""


class Performance(msgspec.Struct, frozen=True):
    """Medians: the score, milliseconds until the first and the largest content, bytes, requests."""

    page: str
    score: int
    first_content_ms: int
    largest_content_ms: int
    bytes: int
    requests: int
    aim: int


def measure() -> list[Performance]:
    """The performance of a general link's page, by default settings: a slow phone on a slow line."""
    return uvloop.run(_measure())


async def _measure() -> list[Performance]:
    with running_redis() as redis, running_server(redis.address) as server:
        site = Site(redis.address, server.port)
        await site.prepare()
        address = f"http://127.0.0.1:{server.port}/{site.quiet_slug}"
        reports = [await audit(address, "performance") for _ in range(RUNS)]
    return [
        Performance(
            page="general link",
            score=_median(report.scores["performance"] for report in reports),
            first_content_ms=_median(report.numbers["first-contentful-paint"] for report in reports),
            largest_content_ms=_median(report.numbers["largest-contentful-paint"] for report in reports),
            bytes=_median(report.numbers["total-byte-weight"] for report in reports),
            requests=_median(report.numbers["network-requests"] for report in reports),
            aim=AIM,
        )
    ]


async def audit(address: str, *categories: str) -> Report:
    """One run; raises RuntimeError where Lighthouse could not look at the page."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = await asyncio.create_subprocess_exec(
            LIGHTHOUSE,
            address,
            "--quiet",
            "--output=json",
            "--form-factor=mobile",
            "--no-enable-error-reporting",
            "--skip-audits=is-crawlable",
            f"--only-categories={','.join(categories or CATEGORIES)}",
            f"--chrome-flags={_CHROME} --user-data-dir={folder}",
            env=os.environ | {"CHROME_PATH": shutil.which("chromium") or ""},
            stdout=PIPE,
            stderr=PIPE,
        )
        output, errors = await process.communicate()
    if process.returncode:
        raise RuntimeError(errors.decode())
    return _report(msgspec.json.decode(output))


def _report(found: Any) -> Report:
    audits: Mapping[str, Any] = found["audits"]
    return Report(
        scores={name: round(one["score"] * 100) for name, one in found["categories"].items()},
        failures=[
            f"{name}: {one['title']} {one.get('displayValue', '')} {_places(one)}".strip()
            for name, one in audits.items()
            if one["score"] is not None and one["score"] < 1
        ],
        numbers={
            name: len(one["details"]["items"]) if name == "network-requests" else one["numericValue"]
            for name, one in audits.items()
            if name == "network-requests" or "numericValue" in one
        },
    )


def _places(one: Any) -> str:
    items = one.get("details", {}).get("items", [])
    return " ".join(item["node"]["snippet"] for item in items if "node" in item)


def _median(values: Iterable[float]) -> int:
    return round(statistics.median(values))
