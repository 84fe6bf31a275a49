"""Figures for Prometheus, for those who may see them."""

from __future__ import annotations

import pytest
from aiohttp import web
from prometheus_client import generate_latest

from admitone.web.api import metrics
from admitone.web.http.metrics import Metrics
from tests.support.web.clients import client_of, open_route


async def _item(_: web.Request) -> web.Response:
    return web.Response(text="here")


ROUTES = (open_route("GET", "/metrics", metrics.get), open_route("GET", "/items/{id}", _item))


async def test_requests_are_counted_by_pattern_and_never_by_path() -> None:
    async with client_of(*ROUTES) as client:
        await client.get("/items/secret-code")
        await client.get("/nowhere/secret-code")
        figures = await (await client.get("/metrics")).text()
    assert 'admitone_requests_total{method="GET",route="/items/{id}",status="200"} 1.0' in figures
    assert 'admitone_requests_total{method="GET",route="none",status="404"} 1.0' in figures
    assert "secret-code" not in figures


def test_methods_that_nobody_knows_are_one_label() -> None:
    metrics = Metrics()
    for method in ("BREW", "WHEN"):
        metrics.requests.add(method, "/items/{id}", 405, 0.001)
    figures = generate_latest(metrics.own).decode()
    assert 'admitone_requests_total{method="other",route="/items/{id}",status="405"} 2.0' in figures
    assert "BREW" not in figures


def test_the_time_of_requests_is_counted_by_pattern() -> None:
    metrics = Metrics()
    for status, seconds in ((200, 0.002), (200, 0.003), (404, 7.0)):
        metrics.requests.add("GET", "/items/{id}", status, seconds)
    figures = generate_latest(metrics.own).decode()
    labels = 'method="GET",route="/items/{id}"'
    counted = [
        float(line.rpartition(" ")[2])
        for line in figures.splitlines()
        if line.startswith("admitone_request_seconds_bucket{")
    ]
    assert counted == [1, *[2] * 10, 3]
    assert f'admitone_request_seconds_bucket{{le="0.002",{labels}}} 1.0' in figures
    assert f'admitone_request_seconds_bucket{{le="+Inf",{labels}}} 3.0' in figures
    assert f"admitone_request_seconds_count{{{labels}}} 3.0" in figures
    assert f"admitone_request_seconds_sum{{{labels}}} 7.005" in figures


async def test_other_networks_find_nothing() -> None:
    async with client_of(*ROUTES, METRICS_NETWORKS="10.0.0.0/8") as client:
        answer = await client.get("/metrics")
    assert answer.status == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded"])
async def test_strangers_behind_a_proxy_on_this_machine_find_nothing(header: str) -> None:
    async with client_of(*ROUTES) as client:
        answer = await client.get("/metrics", headers={header: "127.0.0.1"})
    assert answer.status == 404


async def test_a_trusted_proxy_says_who_asks() -> None:
    async with client_of(*ROUTES, TRUSTED_PROXIES="127.0.0.1") as client:
        near = await client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
        far = await client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
        silent = await client.get("/metrics", headers={"X-Forwarded-Proto": "https"})
    assert (near.status, far.status, silent.status) == (200, 404, 404)
