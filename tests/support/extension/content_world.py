"""The JavaScript world of the content script in a page: it shares the document, but no variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.extension.browser import world_of

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
        """The value of an expression in this world."""
        answer = await self.session.send(
            "Runtime.evaluate",
            {"expression": expression, "contextId": self.context, "returnByValue": True},
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")
