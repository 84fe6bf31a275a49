"""The JavaScript world of the content script in a page: it shares the document, but no variables."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.support.extension.browser import world_of
from tests.support.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.async_api import CDPSession

    from tests.support.extension.gmail import Gmail


class ContentWorld:
    """The content script's world in a tab."""

    def __init__(self, session: CDPSession, context: int) -> None:
        self.session = session
        self.context = context

    @classmethod
    async def of(cls, window: Gmail) -> ContentWorld:
        """The world in this tab, once the browser has created it."""
        session = await window.page.context.new_cdp_session(window.page)
        return cls(session, await world_of(session))

    async def run(self, expression: str) -> Any:
        """The value of an expression in this world; that of a promise once it is kept."""
        answer = await self.session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": self.context,
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    async def settle(self) -> None:
        """Wait until the script has looked at the page after its last change, and no look is due.

        From now on, `timers.started` and `timers.pending` in this world count the script's timers.
        """
        async with asyncio.timeout(PATIENCE):
            await self.run(SETTLE)


# A look is a timer. While one is due that was started before timers are counted, a change starts no other.
SETTLE = """(async () => {
  if (!globalThis.timers) {
    const start = setTimeout.bind(globalThis);
    globalThis.timers = { started: 0, pending: 0, start };
    globalThis.setTimeout = (run, ...given) => {
      timers.started++;
      timers.pending++;
      return start(() => { timers.pending--; run(); }, ...given);
    };
  }
  const moment = () => new Promise((done) => timers.start(done, 10));
  timers.started = 0;
  while (!timers.started) {
    document.body.append(document.createComment(""));
    await moment();
  }
  while (timers.pending) await moment();
})()"""
