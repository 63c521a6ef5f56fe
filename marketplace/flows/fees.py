"""What selling costs, by category: for people who think about a shop, and those who apply."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from marketplace.domain.catalog.queries.taxonomy import CategoryNode, tree


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One category with the commission on what is sold in it, such as `5%`; empty if none is set."""

    id: str
    name: str
    name_zh: str
    rate: str


def fees(session: Session) -> list[FeeRow]:
    """The top categories, each with the range of rates in and below it. Public."""
    nodes = tree(session)
    return fee_rows(nodes, [node.id for node in nodes if not node.parent_id])


def fee_rows(nodes: Sequence[CategoryNode], wanted: Collection[str]) -> list[FeeRow]:
    """In the order of the tree; categories that are not in it are left out."""
    return [
        FeeRow(node.id, node.name, node.name_zh, _rate(_below(node, nodes)))
        for node in nodes
        if node.id in wanted
    ]


def percent(lowest_bps: int, highest_bps: int) -> str:
    """`5%` or, for a range, both ends with an en dash: the same in both languages."""
    low, high = _share(lowest_bps), _share(highest_bps)
    return f"{low}%" if low == high else f"{low}\u2013{high}%"


def _below(top: CategoryNode, nodes: Sequence[CategoryNode]) -> list[CategoryNode]:
    return [node for node in nodes if f"{node.path}/".startswith(f"{top.path}/")]


def _rate(nodes: Sequence[CategoryNode]) -> str:
    rates = [node.commission_bps for node in nodes if node.commission_bps is not None]
    return percent(min(rates), max(rates)) if rates else ""


def _share(bps: int) -> str:
    whole, rest = divmod(bps, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)
