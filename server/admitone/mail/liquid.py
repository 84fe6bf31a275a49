"""Liquid templates of workspaces: they see only the given values; run time and output are limited."""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from liquid import Environment
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.context import RenderContext
from liquid.exceptions import LiquidError, LiquidSyntaxError, OutputStreamLimitError, UndefinedError
from liquid.undefined import StrictUndefined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from liquid.ast import Node
    from liquid.expression import Expression
    from liquid.template import BoundTemplate

TAGS = frozenset(
    "# assign break case comment content continue echo for if illegal output unless".split()  # noqa: SIM905
)
FILTERS = frozenset(
    """
    append capitalize default downcase escape first join last lstrip newline_to_br prepend remove rstrip size
    strip strip_newlines truncate truncatewords upcase url_encode
    """.split()  # noqa: SIM905 - twenty quoted words would be harder to read
)
"""The allowed filters. No tag reads other templates, and no filter makes long output from short input."""
ITERATIONS = 500
LENGTH = 100_000
"""Characters that a template, or one filter in it, may write."""
WORK = 500_000
"""Characters that all filters of one rendering may write together; each call counts at least 100."""
_FAILURES = (LiquidError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""The errors that a template can raise; the library checks types late, so some are Python's own."""


_work: ContextVar[list[int]] = ContextVar("work")


class TemplateError(Exception):
    """A template cannot be read or rendered; `sentence` says why, to its author."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def render(source: str, values: Mapping[str, Any], *, html: bool = False) -> str:
    """Render the template with `values`, escaped if `html`; an unknown name is an error.

    Raises:
        TemplateError: the source is no template, or writes or repeats too much.
    """
    template = _parse(source, html=html)
    token = _work.set([WORK])
    try:
        return str(template.render(**values))
    except _FAILURES as error:
        raise TemplateError(_sentence(error, source)) from error
    finally:
        _work.reset(token)


@lru_cache(maxsize=256)
def _parse(source: str, *, html: bool) -> BoundTemplate:
    try:
        template = (_HTML if html else _TEXT).from_string(source)
        context = RenderContext(template)
        for node in template.nodes:
            _refuse_ranges(node, context)
    except _FAILURES as error:
        raise TemplateError(_sentence(error, source)) from error
    return template


def _refuse_ranges(node: Node, context: RenderContext) -> None:
    """Refuse `(1..n)`: some uses expand it in memory before any limit applies."""
    for expression in _expressions(node.expressions()):
        if isinstance(expression, RangeLiteral):
            raise LiquidSyntaxError("ranges such as (1..3) are not possible here", token=node.token)
    for child in node.children(context):
        _refuse_ranges(child, context)


def _expressions(found: Any) -> Iterator[Expression]:
    for expression in found:
        yield expression
        yield from _expressions(expression.children())


def _sentence(error: Exception, source: str) -> str:
    if isinstance(error, OutputStreamLimitError):
        return "This writes too much."
    if isinstance(error, RecursionError):
        return "This is nested too deeply."
    if not isinstance(error, LiquidError):
        return "This cannot be rendered."
    said = str(error.message).strip().rstrip(".") or "this cannot be rendered"
    if isinstance(error, UndefinedError):
        said = f"there is no {said.removesuffix(' is undefined').strip(chr(39))}"
    said = f"{said[0].upper()}{said[1:]}."
    if error.token is None or error.token.start_index < 0:
        return said
    line = source.count("\n", 0, error.token.start_index) + 1
    return f"Line {line}: {said}" if "\n" in source else said


class _Environment(Environment):
    loop_iteration_limit = ITERATIONS
    local_namespace_limit = LENGTH
    output_stream_limit = LENGTH
    context_depth_limit = 20

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        self.tags = {name: tag for name, tag in self.tags.items() if name in TAGS}
        self.filters = {
            name: _bounded(function) for name, function in self.filters.items() if name in FILTERS
        }


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter with a count of its output: chained filters can grow a text before any output is limited."""

    @wraps(function)
    def bounded(*args: Any, **options: Any) -> Any:
        result = function(*args, **options)
        length = len(result) if isinstance(result, str) else 0
        left = _work.get()
        left[0] -= max(length, 100)
        if length > LENGTH or left[0] < 0:
            raise OutputStreamLimitError("output limit reached", token=None)
        return result

    return bounded


_TEXT = _Environment(undefined=StrictUndefined)
_HTML = _Environment(undefined=StrictUndefined, autoescape=True)
