"""The doctor's own requests to the public address, as a stranger and as one who has the secret key."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

import aiohttp
import msgspec

from admitone.sealing import Sealer
from admitone.secret_key_file import existing_secret_keys
from admitone.web.http.doctor_visit import HEADER, Arrival, sealed_visit

if TYPE_CHECKING:
    import ssl
    from types import TracebackType
    from typing import Self

    from admitone.config import Config

TIMEOUT = aiohttp.ClientTimeout(total=10)


class Answer(msgspec.Struct, frozen=True):
    """An answer of the public address; `headers` are case-insensitive."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Health(msgspec.Struct):
    """The answer of `/healthz`; `arrival` is only told to those who have the server's secret key."""

    status: str
    arrival: Arrival | None = None


class Readiness(msgspec.Struct):
    """The answer of `/readyz`."""

    status: str
    reason: str = ""


class Visitor:
    """Asks the server at `url`; to be used as an asynchronous context manager."""

    def __init__(self, config: Config, url: str, trusted: ssl.SSLContext) -> None:
        self.url = url
        keys = config.secret_key or existing_secret_keys(config.data_dir)
        self._proof = {HEADER: sealed_visit(Sealer(keys), int(time.time()))} if keys else {}
        self._http = aiohttp.ClientSession(
            timeout=TIMEOUT, connector=aiohttp.TCPConnector(ssl=trusted, force_close=True)
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def health(self, **headers: str) -> tuple[Answer, Health | None]:
        """`/healthz`, and what it means; None if that is no answer of Admit One. Raises as `get`."""
        answer = await self.get("/healthz", self._proof | headers)
        try:
            return answer, msgspec.json.decode(answer.body, type=Health)
        except msgspec.DecodeError:
            return answer, None

    async def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """One answer, without following redirects. Raises aiohttp.ClientError, TimeoutError."""
        async with self._http.get(self.url + path, headers=headers, allow_redirects=False) as answer:
            return Answer(answer.status, answer.headers, await answer.read())
