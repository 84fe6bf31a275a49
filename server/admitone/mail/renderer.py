"""Renders templates beside the event loop: one that needs all of its budget holds no other request up."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


class Renderer:
    """One thread: Python runs one at a time, and more of them would only take more of it from requests.

    The thread starts with the first template, and ends with this object.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="templates")

    async def run(self, function: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """The result of `function`, which renders templates; its errors pass through."""
        context = copy_context()
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: context.run(function, *args, **options)
        )
