"""Call Google's APIs for a user, with google-api-python-client in a bounded pool of threads."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import urlencode

import msgspec

from admitone.google.access_tokens import AccessTokens
from admitone.google.answers import Unauthorised, executed
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked, raise_for_fault
from admitone.google.free_busy import FreeBusy
from admitone.google.resources import build_resource
from admitone.google.transport import GoogleTransport

if TYPE_CHECKING:
    from admitone.google.endpoints import GoogleEndpoints

T = TypeVar("T")
Api = Literal["calendar", "gmail"]
Request = Callable[[Any], Any]
"""Builds a googleapiclient `HttpRequest` from the service resource, such as `lambda calendar:
calendar.events().get(calendarId="primary", eventId=event)`. It may be called twice."""

MOST_IN_BATCH = 50
"""Calls in one batch of Calendar's; Gmail's take more
(https://developers.google.com/workspace/calendar/api/guides/batch)."""
UNAUTHORISED = "authError"


class GoogleGrant(msgspec.Struct, frozen=True):
    """The grant of a user: the refresh token in the clear, and the scopes that Google granted."""

    refresh_token: str
    scopes: frozenset[str] = frozenset()


Call = tuple[GoogleGrant, Request]
Failure = GoogleRefused | GoogleUnreachable | GrantRevoked


class GoogleApi:
    """Calls for one OAuth client; `timeout` is in seconds and includes the wait for one of the `threads`.

    Only a call that Google answered with 401, which did nothing, is sent again automatically. After
    `GoogleUnreachable`, a write may have been done.
    """

    def __init__(
        self,
        endpoints: GoogleEndpoints,
        client_id: str,
        client_secret: str,
        *,
        threads: int = 16,
        timeout: float = 10,
    ) -> None:
        self._endpoints = endpoints
        self._timeout = timeout
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="google")
        self._own = threading.local()
        self._transports: list[GoogleTransport] = []
        self.free_busy = FreeBusy(self)
        self._tokens = AccessTokens(endpoints.token, client_id, client_secret, self._in_thread)

    async def call(self, grant: GoogleGrant, api: Api, request: Request) -> Any:
        """The JSON answer to one call.

        Raises GoogleRefused (with status and reason), GoogleUnreachable, GrantRevoked.
        """
        token = await self._tokens.of(grant.refresh_token)
        try:
            return await self._send(api, request, token)
        except Unauthorised:
            self._tokens.forget(grant.refresh_token, token)
        token = await self._tokens.of(grant.refresh_token)
        try:
            return await self._send(api, request, token)
        except Unauthorised:
            raise GoogleRefused(UNAUTHORISED, status=401) from None

    async def batch(self, calls: Sequence[Call], api: Api = "calendar") -> list[Any]:
        """For each call, in order, its answer or its failure (not raised); 50 calls go in one request.

        Each call carries its own user's token. If a whole request fails, all its calls get that failure.
        """
        parts = [calls[first : first + MOST_IN_BATCH] for first in range(0, len(calls), MOST_IN_BATCH)]
        answers = await asyncio.gather(*(self._batch(part, api) for part in parts))
        return [answer for part in answers for answer in part]

    async def revoke(self, refresh_token: str) -> None:
        """Revoke everything that the user allowed; a grant that has ended already is no error.

        https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke

        Raises GoogleUnreachable, GoogleRefused.
        """
        form = urlencode({"token": refresh_token})
        headers = {"content-type": "application/x-www-form-urlencoded"}

        def send(transport: GoogleTransport) -> tuple[Any, bytes]:
            return executed(lambda: transport.request(self._endpoints.revocation, "POST", form, headers))

        answer, _ = await self._in_thread(send)
        status = int(answer.status)
        raise_for_fault(status)
        if status not in (200, 400):  # 400: the grant has ended already
            raise GoogleRefused("revocation", status=status)

    async def close(self) -> None:
        """Start no more calls, and abort running ones: whether Google did them is then unknown."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for transport in self._transports:
            transport.abort()
        await asyncio.to_thread(self._pool.shutdown)
        for transport in self._transports:
            transport.close()

    async def _send(self, api: Api, request: Request, token: str) -> Any:
        def send(transport: GoogleTransport) -> Any:
            built = request(self._resource(api))
            built.headers["authorization"] = f"Bearer {token}"
            return executed(lambda: built.execute(http=transport))

        return await self._in_thread(send)

    async def _batch(self, calls: Sequence[Call], api: Api) -> list[Any]:
        answers = await self._batch_once(calls, api)
        again = [index for index, answer in enumerate(answers) if isinstance(answer, Unauthorised)]
        if again:
            repeated = await self._batch_once([calls[index] for index in again], api)
            for index, answer in zip(again, repeated, strict=True):
                is_refused = isinstance(answer, Unauthorised)
                answers[index] = GoogleRefused(UNAUTHORISED, status=401) if is_refused else answer
        return answers

    async def _batch_once(self, calls: Sequence[Call], api: Api) -> list[Any]:
        """As `batch`; a call whose token is not valid any more gets Unauthorised."""
        grants = [grant.refresh_token for grant, _ in calls]
        answers: list[Any] = await asyncio.gather(*(self._token_or_failure(grant) for grant in grants))
        tokens = {index: token for index, token in enumerate(answers) if isinstance(token, str)}
        if not tokens:
            return answers
        try:
            found = await self._send_batch(api, {index: calls[index][1] for index in tokens}, tokens)
        except (GoogleRefused, GoogleUnreachable, GrantRevoked) as failure:
            found = dict.fromkeys(tokens, failure)
        except Unauthorised as failure:
            found = dict.fromkeys(tokens, failure)
        for index, answer in found.items():
            if isinstance(answer, Unauthorised):
                self._tokens.forget(grants[index], tokens[index])
            answers[index] = answer
        return answers

    async def _send_batch(
        self, api: Api, requests: dict[int, Request], tokens: dict[int, str]
    ) -> dict[int, Any]:
        def send(transport: GoogleTransport) -> dict[int, Any]:
            resource = self._resource(api)
            found: dict[int, Any] = {}

            def take(part: str, answer: Any, error: Any) -> None:
                found[int(part)] = answer if error is None else error

            batch = resource.new_batch_http_request(callback=take)
            for index, request in requests.items():
                built = request(resource)
                built.headers["authorization"] = f"Bearer {tokens[index]}"
                batch.add(built, request_id=str(index))
            executed(lambda: batch.execute(http=transport))
            return {index: _outcome(found[index]) for index in requests}

        return await self._in_thread(send)

    async def _token_or_failure(self, refresh_token: str) -> str | Failure:
        try:
            return await self._tokens.of(refresh_token)
        except (GoogleRefused, GoogleUnreachable, GrantRevoked) as failure:
            return failure

    async def _in_thread(self, work: Callable[[GoogleTransport], T]) -> T:
        """Run `work` in a thread of the pool; raises GoogleUnreachable after the timeout."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self._timeout):
                return await loop.run_in_executor(self._pool, lambda: work(self._transport()))
        except TimeoutError:
            raise GoogleUnreachable("timeout") from None

    def _transport(self) -> GoogleTransport:
        """This thread's transport; transports and resources must not be shared between threads."""
        if not hasattr(self._own, "transport"):
            self._own.transport = GoogleTransport(self._timeout)
            self._transports.append(self._own.transport)
        found: GoogleTransport = self._own.transport
        return found

    def _resource(self, api: Api) -> Any:
        resources: dict[str, Any] = self._own.__dict__.setdefault("resources", {})
        if api not in resources:
            resources[api] = build_resource(api, self._endpoints.root, self._transport())
        return resources[api]


def _outcome(found: Any) -> Any:
    """A part's answer, or its error as one of ours."""

    def again() -> Any:
        if isinstance(found, Exception):
            raise found
        return found

    try:
        return executed(again)
    except (GoogleRefused, GoogleUnreachable, GrantRevoked, Unauthorised) as failure:
        return failure
