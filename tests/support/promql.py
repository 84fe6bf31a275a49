"""What a query of Prometheus asks for."""

from __future__ import annotations

from typing import Any

import msgspec
import promql_parser


class Asked(msgspec.Struct, frozen=True):
    """The names in a query: of samples, with the matchers of their labels, and of labels to group by."""

    selectors: list[tuple[str, list[Any]]]
    groups: set[str]


def asked_by(query: str) -> Asked:
    """Parse a query; raises ValueError if its syntax is wrong."""
    asked = Asked([], set())

    def look(node: Any) -> None:
        if isinstance(node, promql_parser.MatrixSelector):
            look(node.vector_selector)
        elif isinstance(node, promql_parser.VectorSelector):
            asked.selectors.append((node.name or "", node.matchers.matchers))
        elif isinstance(node, promql_parser.AggregateExpr) and node.modifier:
            asked.groups.update(node.modifier.labels)

    promql_parser.walk(promql_parser.parse(query), look)
    return asked
