"""Opening an add-on, and pressing its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp

from admitone.fakegoogle.addon.answer import AnswerRefusedError, apply
from admitone.fakegoogle.addon.draft import SCOPES, OpenDraft
from admitone.fakegoogle.addon.request import request_body
from admitone.fakegoogle.oauth.addon_tokens import TokenRequest, mint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.fakegoogle.addon.draft import Deployment
    from admitone.fakegoogle.state import State

SECONDS = 10.0
"""Google waits no longer for an answer."""


class Host:
    """Gmail with one installed add-on."""

    def __init__(self, state: State, deployment: Deployment, http: aiohttp.ClientSession) -> None:
        self.state = state
        self.deployment = deployment
        self.http = http

    async def open(self, draft: OpenDraft) -> None:
        """Open the add-on: beside the draft, or beside the inbox if none is open."""
        draft.cards = []
        await self._call(draft, {}, {})

    async def press(
        self, draft: OpenDraft, parameters: Mapping[str, str], inputs: Mapping[str, Sequence[str]]
    ) -> None:
        """Press a button, with what the fields of the card hold."""
        await self._call(draft, dict(parameters), {name: list(values) for name, values in inputs.items()})

    async def allow(self, draft: OpenDraft) -> None:
        """Allow everything that the add-on asked for. The request that asked is sent once more."""
        draft.scopes = set(SCOPES)
        if draft.waiting is not None:
            await self._call(draft, *draft.waiting)

    async def _call(self, draft: OpenDraft, parameters: dict[str, str], inputs: dict[str, list[str]]) -> None:
        answer = await self.send(draft, parameters, inputs)
        asks = apply(draft, answer, is_trigger=not parameters)
        draft.waiting = (parameters, inputs) if asks else None

    async def send(
        self, draft: OpenDraft, parameters: Mapping[str, str], inputs: Mapping[str, Sequence[str]]
    ) -> Any:
        """Send one request; raises AnswerRefusedError unless it is answered in time."""
        account = self.state.data.accounts[draft.account]
        wanted = TokenRequest(
            account=draft.account,
            endpoint=self.deployment.endpoint,
            oauth_client_id=self.deployment.oauth_client_id,
            service_account=self.deployment.service_account,
            scopes=tuple(sorted(draft.scopes)),
        )
        tokens = mint(self.state, wanted)
        headers = {"Authorization": f"Bearer {tokens['systemIdToken']}"}
        body = request_body(draft, account, tokens, parameters, inputs)
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        try:
            async with self.http.post(
                self.deployment.address, json=body, headers=headers, timeout=timeout
            ) as answer:
                if answer.status != 200:  # noqa: PLR2004
                    raise AnswerRefusedError(f"the add-on answered {answer.status}")
                return await answer.json()
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            raise AnswerRefusedError(f"the add-on did not answer: {type(error).__name__}") from None
