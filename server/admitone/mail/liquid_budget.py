"""What one rendering of a template may cost; every block, name and filter draws on it."""

from __future__ import annotations

import time
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TextIO

from liquid.ast import BlockNode, Node
from liquid.context import RenderContext
from liquid.exceptions import LiquidSyntaxError, ResourceLimitError
from liquid.template import BoundTemplate

if TYPE_CHECKING:
    from liquid.expression import Expression

STEPS = 20_000
"""Nodes and expressions that one rendering may go through; those in a loop count for each turn."""
WORK = 500_000
"""Characters that all filters of one rendering may write together; each call counts at least 100."""
SECONDS = 0.5
"""Time of the processor for one rendering. The steps end most; this ends those with slow comparisons."""
PARTS = 4000
"""Nodes and expressions in one template: parsed ones are kept in memory."""


class Budget:
    """What is left for the rendering in this context."""

    def __init__(self) -> None:
        self._steps = STEPS
        self._work = WORK
        self._ends = time.thread_time() + SECONDS

    def take_steps(self, count: int) -> None:
        """Count steps; raises ResourceLimitError."""
        self._steps -= count
        if self._steps < 0:
            raise ResourceLimitError("this does too much", token=None)
        self.check_time()

    def take_work(self, characters: int) -> None:
        """Count the output of a filter; raises ResourceLimitError."""
        self._work -= max(characters, 100)
        if self._work < 0:
            raise ResourceLimitError("this does too much", token=None)
        self.check_time()

    def check_time(self) -> None:
        """Raises ResourceLimitError once the time is over."""
        if time.thread_time() > self._ends:
            raise ResourceLimitError("this takes too long", token=None)


budget: ContextVar[Budget] = ContextVar("budget")
"""The budget of the rendering in this context; filters do not get the library's own context."""


class _Context(RenderContext):
    """Looks at the clock at each name: what is slow, such as `contains`, takes long texts by their names."""

    __slots__ = ()

    def get(self, path: list[object], **options: Any) -> object:
        budget.get().check_time()
        return super().get(path, **options)


class BudgetedTemplate(BoundTemplate):
    """A template whose rendering needs a `budget`."""

    context_class = _Context


class _Steps(Node):
    """Stands first in a block, and counts the block's nodes and expressions when it is rendered."""

    __slots__ = ("count",)

    def __init__(self, before: Node, count: int) -> None:
        super().__init__(before.token)
        self.count = count

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        budget.get().take_steps(self.count)
        return 0


def count_steps(template: BudgetedTemplate) -> None:
    """Let each block of a template count its steps; raises LiquidSyntaxError if there are too many parts."""
    context = RenderContext(template)
    parts = sum(_add_steps(node, context) for node in template.nodes)
    if parts > PARTS:
        raise LiquidSyntaxError("this has too many parts", token=None)
    if template.nodes:
        template.nodes.insert(0, _Steps(template.nodes[0], parts))


def _add_steps(node: Node, context: RenderContext) -> int:
    """The parts of a node with all that is in it; a block in it also counts its own when it is entered.

    So a part counts once for each block around it, which is no less than what it costs.
    """
    children = list(node.children(context))
    parts = 1 + sum(map(_parts, node.expressions())) + sum(_add_steps(child, context) for child in children)
    if isinstance(node, BlockNode):
        node.nodes.insert(0, _Steps(node, parts))
    return parts


def _parts(expression: Expression) -> int:
    return 1 + sum(map(_parts, expression.children()))
