"""Metrics for Prometheus: `/metrics`."""

from __future__ import annotations

from asyncio import gather
from ipaddress import ip_address
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_1_0_0

from admitone.domain.errors import NotFound, Refusal
from admitone.store.outbox.outbox_figures import read_outbox_figures
from admitone.store.redis.disk_figures import saves_to_disk
from admitone.store.redis.memory_figures import read_memory
from admitone.web.http.appkeys import CONFIG, METRICS, SERVICES, SIBLINGS
from admitone.web.http.connections.client_address import known_address

if TYPE_CHECKING:
    from admitone.setting_values import Networks


async def get(request: web.Request) -> web.Response:
    """Show the metrics to the networks of ADMITONE_METRICS_NETWORKS.

    Others get 404, also those whose address a proxy hides.
    """
    if not _is_in(known_address(request), request.app[CONFIG].metrics_networks):
        raise NotFound
    metrics, services = request.app[METRICS], request.app.get(SERVICES)
    try:
        if services:
            metrics.show_outbox(await read_outbox_figures(services.store, services.now()))
            memory, saves = await gather(read_memory(services.store), saves_to_disk(services.store))
            metrics.show_redis(memory, saves=saves)
    except Refusal:  # Redis is unreachable: the other metrics matter most then
        metrics.show_outbox(None)
        metrics.show_redis(None, saves=None)
    siblings = request.app.get(SIBLINGS)
    own = await siblings.collected() if siblings else metrics.own
    figures = generate_latest(own) + generate_latest(metrics.shared)
    return web.Response(body=figures, headers={"Content-Type": CONTENT_TYPE_PLAIN_1_0_0})


def _is_in(address: str | None, networks: Networks) -> bool:
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return False
    return any(parsed in network for network in networks)
