"""Liquid templates of workspaces: they see only the given values; run time and output are limited.

Reading a template is limited too: the library's patterns take seconds for a text such as 20,000 braces.
"""

from __future__ import annotations

import re
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from liquid import Environment
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.context import RenderContext
from liquid.exceptions import (
    FilterArgumentError,
    LiquidError,
    LiquidSyntaxError,
    OutputStreamLimitError,
    UndefinedError,
)
from liquid.undefined import StrictUndefined

from admitone.domain.workflows.template_values import Moment
from admitone.mail.liquid_budget import Budget, BudgetedTemplate, budget, count_steps
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from liquid.ast import Node
    from liquid.expression import Expression

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
TIME_FILTERS = frozenset({"date_in", "time_in"})
"""Write a time in a zone: `{{ booking.start | date_in: contact.timezone }}`, in workflows."""
NO_TIME = "this filter is for times, such as booking.start"
ITERATIONS = 500
LENGTH = 100_000
"""Characters that a template, or one filter in it, may write."""
LONGEST_MARKUP = 1000
"""Characters between `{{` and `}}`, or `{%` and `%}`."""
_FAILURES = (LiquidError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""The errors that a template can raise; the library checks types late, so some are Python's own."""
_OPENING = re.compile(r"\{[{%]")
_WIDE = re.compile(r"\s{50}")
_VERBATIM = re.compile(r"-?\s*(raw|doc)\s*-?")


NO_RANGES = "ranges such as (1..3) are not possible here"


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
    template = parsed(source, html=html)
    token = budget.set(Budget())
    try:
        return str(template.render(**values))
    except _FAILURES as error:
        raise TemplateError(_sentence(error, source)) from error
    finally:
        budget.reset(token)


@lru_cache(maxsize=64)
def parsed(source: str, *, html: bool) -> BudgetedTemplate:
    """The template that `source` is. Raises TemplateError."""
    _refuse_slow_markup(source)
    try:
        template = (_HTML if html else _TEXT).from_string(source)
        assert isinstance(template, BudgetedTemplate)
        context = RenderContext(template)
        for node in template.nodes:
            _refuse_ranges(node, context)
        count_steps(template)
    except _FAILURES as error:
        raise TemplateError(_sentence(error, source)) from error
    return template


def _refuse_slow_markup(source: str) -> None:
    """Refuse what the library's patterns read in quadratic time: markup that is long, wide or left open."""
    end = 0
    while opening := _OPENING.search(source, end):
        start, closing = opening.end(), "}}" if opening[0] == "{{" else "%}"
        end = source.find(closing, start)
        if end < 0:
            raise TemplateError(
                _at(source, start, message("Expected '%(closing)s', found end of file.", closing=closing))
            )
        if end - start > LONGEST_MARKUP or _WIDE.search(source, start, end):
            limits = message(
                "At most %(most)s characters, and few blanks, before '%(closing)s'.",
                most=LONGEST_MARKUP,
                closing=closing,
            )
            raise TemplateError(_at(source, start, limits))
        if closing == "%}" and (verbatim := _VERBATIM.fullmatch(source, start, end)):
            ending = re.compile(rf"{{%-?\s*end{verbatim[1]}\s*-?%}}").search(source, end)
            if ending is None:
                raise TemplateError(
                    _at(source, start, message("The tag '%(tag)s' is not closed.", tag=verbatim[1]))
                )
            end = ending.end()


def _refuse_ranges(node: Node, context: RenderContext) -> None:
    """Refuse `(1..n)`: some uses expand it in memory before any limit applies."""
    for expression in _expressions(node.expressions()):
        if isinstance(expression, RangeLiteral):
            raise LiquidSyntaxError(NO_RANGES, token=node.token)
    for child in node.children(context):
        _refuse_ranges(child, context)


def _expressions(found: Any) -> Iterator[Expression]:
    for expression in found:
        yield expression
        yield from _expressions(expression.children())


def _sentence(error: Exception, source: str) -> str:
    if isinstance(error, OutputStreamLimitError):
        return message("This writes too much.")
    if isinstance(error, RecursionError):
        return message("This is nested too deeply.")
    if not isinstance(error, LiquidError):
        return message("This cannot be rendered.")
    said = _library_sentence(error)
    if error.token is None or error.token.start_index < 0:
        return said
    return _at(source, error.token.start_index, said)


def _library_sentence(error: LiquidError) -> str:
    """The sentence of an error that the library found: its own, in English, except for unknown names."""
    said = str(error.message).strip().rstrip(".")
    if isinstance(error, UndefinedError):
        return message("There is no %(name)s.", name=said.removesuffix(" is undefined").strip("'"))
    return f"{said[0].upper()}{said[1:]}." if said else message("This cannot be rendered.")


def _at(source: str, index: int, problem: str) -> str:
    """A sentence, with the line that it is about if there are several."""
    if "\n" not in source:
        return problem
    line = source.count("\n", 0, index) + 1
    return message("Line %(line)s: %(problem)s", line=line, problem=problem)


class _Environment(Environment):
    template_class = BudgetedTemplate
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
        self.filters |= {"date_in": _bounded(_date_in), "time_in": _bounded(_time_in)}


def _date_in(value: object, zone: object) -> str:
    """The date of a time, such as `Thursday, December 3, 2026`; a time that there is not is empty."""
    return "" if value is None or value == "" else _moment(value).date_in(str(zone))


def _time_in(value: object, zone: object) -> str:
    """The time of day of a time, such as `10:30`."""
    return "" if value is None or value == "" else _moment(value).time_in(str(zone))


def _moment(value: object) -> Moment:
    if not isinstance(value, Moment):
        raise FilterArgumentError(NO_TIME, token=None)
    return value


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter with a count of its output: chained filters can grow a text before any output is limited."""

    @wraps(function)
    def bounded(*args: Any, **options: Any) -> Any:
        result = function(*args, **options)
        length = len(result) if isinstance(result, str) else 0
        budget.get().take_work(length)
        if length > LENGTH:
            raise OutputStreamLimitError("output limit reached", token=None)
        return result

    return bounded


_TEXT = _Environment(undefined=StrictUndefined)
_HTML = _Environment(undefined=StrictUndefined, autoescape=True)
