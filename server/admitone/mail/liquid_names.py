"""What a Liquid template names, found without rendering it: so mistakes are told before anything goes out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from liquid.ast import BlockNode
from liquid.builtin.expressions import FilteredExpression, Path, StringLiteral
from liquid.builtin.tags.for_tag import ForNode
from liquid.context import RenderContext

from admitone.domain.availability.zones import zone_names
from admitone.domain.workflows.known import NameUse, TemplateUse, Trial
from admitone.mail.liquid import TIME_FILTERS, TemplateError, parsed, render
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from liquid.ast import Node
    from liquid.builtin.expressions.filtered import Filter
    from liquid.expression import Expression

LOOP = frozenset(
    f"forloop.{name}" for name in ("first", "index", "index0", "last", "length", "rindex", "rindex0")
)
"""What a template can ask of the loop that it is in."""


SECONDS_OF_ALL = 3.0
"""Time of the processor for trying all templates of a workflow: 100 mails take a fraction of it."""


class LiquidTemplates:
    """Reads and tries the templates of one workflow.

    Once trying them has taken `SECONDS_OF_ALL`, the rest is not tried: it shows its faults when it is sent.
    """

    def __init__(self) -> None:
        self._left = SECONDS_OF_ALL

    def read(self, source: str, *, html: bool = False) -> TemplateUse:
        """What the template names; with `problem`, a sentence, if it is no template."""
        try:
            template = parsed(source, html=html)
            reading = _Reading(source, RenderContext(template))
            names = tuple(reading.names(template.nodes, set()))
        except TemplateError as error:
            return TemplateUse(problem=error.sentence)
        except RecursionError:
            return TemplateUse(problem=message("This is nested too deeply."))
        return TemplateUse(names, frozenset(reading.made))

    def trial(self, source: str, values: Mapping[str, Any], *, html: bool = False) -> Trial:
        """The template rendered with these values."""
        if self._left <= 0:
            return Trial()
        begun = time.thread_time()
        try:
            return Trial(render(source, values, html=html))
        except TemplateError as error:
            return Trial(problem=error.sentence)
        finally:
            self._left -= time.thread_time() - begun


class _Reading:
    """One template as it is read; `made` are the names that it makes itself."""

    def __init__(self, source: str, context: RenderContext) -> None:
        self._source = source
        self._context = context
        self.made: set[str] = set()

    def names(self, nodes: Iterable[Node], local: set[str]) -> Iterator[NameUse]:
        """The names in nodes that follow each other; `local` are those that the template has made so far.

        What a block assigns counts in that block only: it may be passed over.
        """
        for node in nodes:
            for expression in node.expressions():
                yield from self._names_in(expression, local, node)
            for block, inner in self._blocks(node, local):
                yield from self.names(block, inner)
            made = {str(name) for name in node.template_scope()}
            self.made |= made
            local |= made

    def _blocks(self, node: Node, local: set[str]) -> Iterator[tuple[Iterable[Node], set[str]]]:
        """The blocks in a node, each with the names that exist where it begins."""
        if isinstance(node, ForNode):
            item = {str(name) for name in node.block_scope()}
            self.made |= item
            yield [node.block], local | item
            if node.default:
                yield [node.default], {*local}
        elif isinstance(node, BlockNode):
            yield node.children(self._context), {*local}
        else:
            for child in node.children(self._context):
                yield [child], {*local}

    def _names_in(self, expression: Expression, local: set[str], node: Node) -> Iterator[NameUse]:
        if isinstance(expression, Path):
            name = str(expression)
            if name not in local and not (name in LOOP and "forloop" in local):
                yield NameUse(name, self._line(expression))
        if isinstance(expression, FilteredExpression):
            self._check_zones(expression.filters or (), node)
        for child in expression.children():
            yield from self._names_in(child, local, node)

    def _check_zones(self, filters: Iterable[Filter], node: Node) -> None:
        """Refuse a zone that does not exist: the contact would be the first to notice."""
        for used in filters:
            if used.name in TIME_FILTERS and not (len(used.args) == 1 and _is_zone(used.args[0].value)):
                raise TemplateError(
                    self._at(node, message("Name a time zone, such as contact.timezone or 'Europe/Paris'."))
                )

    def _at(self, node: Node, problem: str) -> str:
        line = self._line(node)
        return problem if line is None else message("Line %(line)s: %(problem)s", line=line, problem=problem)

    def _line(self, part: Node | Expression) -> int | None:
        """The line of a part of the template, if there are several."""
        if "\n" not in self._source or part.token.start_index < 0:
            return None
        return self._source.count("\n", 0, part.token.start_index) + 1


def _is_zone(value: Expression) -> bool:
    if isinstance(value, StringLiteral):
        return value.value in zone_names()
    return isinstance(value, Path) and str(value).endswith(".timezone")
