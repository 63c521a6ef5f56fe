"""A stock taking from a table of SKUs and counted units: looked at whole, then written whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit import service as audit
from marketplace.domain.inventory import queries, rules, service
from marketplace.domain.inventory.models import StockReason
from marketplace.domain.inventory.service import Change
from marketplace.domain.jobs import service as jobs
from marketplace.flows.product_tables.cells import BadCell, read_whole
from marketplace.kit.errors import DomainError, Invalid, Words
from marketplace.kit.languages import N_
from marketplace.kit.tables import Table, column_letter

KIND = "stock.count"
SKU_NAMES = ("sku", "variant sku", "货号", "商家编码")
COUNT_NAMES = (
    "counted", "quantity", "on hand", "inventory quantity", "variant inventory qty", "on_hand",
    "盘点数量", "实盘数量", "数量", "现有库存",
)  # fmt: skip
"""The first of these that the header has is read; letter case does not matter."""


class CountHasFaults(DomainError):
    message = N_("Some rows have errors, so nothing was changed.")


@dataclass(frozen=True, slots=True)
class CountFault:
    row: int
    column: str
    message: str
    words: dict[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountLine:
    """A SKU whose number changes."""

    id: str
    """The variant's."""
    sku: str
    title: str
    title_zh: str
    before: int
    counted: int


@dataclass(frozen=True, slots=True)
class CountPlan:
    lines: tuple[CountLine, ...]
    unchanged: int
    faults: tuple[CountFault, ...]


def plan_count(session: Session, member: SellerMember, table: Table) -> CountPlan:
    """What a count would change. SKUs that the table does not name stay. Raises `Invalid` for a
    table without the two columns."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    sku_at, count_at = _place(table, SKU_NAMES), _place(table, COUNT_NAMES)
    known = queries.by_sku(session, member, [row.cells[sku_at].strip() for row in table.rows])
    lines: list[CountLine] = []
    faults: list[CountFault] = []
    seen: dict[str, int] = {}
    unchanged = 0
    for row in table.rows:
        sku, text = row.cells[sku_at].strip(), row.cells[count_at].strip()
        if not text:  # not counted
            continue
        stock = known.get(sku)
        if stock is None:
            faults.append(_fault(row.number, sku_at, N_("You have no SKU {sku}."), sku=sku[:80]))
            continue
        if sku in seen:
            message = N_("Row {first} counts the same SKU.")
            faults.append(_fault(row.number, sku_at, message, first=seen[sku]))
            continue
        seen[sku] = row.number
        try:
            counted = read_whole(text, most=rules.MOST)
            rules.check_on_hand(counted, reserved=stock.reserved)
        except (BadCell, rules.BelowReserved) as bad:
            faults.append(_fault(row.number, count_at, bad.message, **bad.words))
            continue
        if counted == stock.on_hand:
            unchanged += 1
        else:
            title = f"{stock.title} {stock.variant}".strip()
            title_zh = f"{stock.title_zh} {stock.variant_zh}".strip()
            lines.append(CountLine(stock.id, sku, title, title_zh, stock.on_hand, counted))
    return CountPlan(tuple(lines), unchanged, tuple(faults))


def request_count(
    session: Session, member: SellerMember, media_id: str, name: str, *, at: datetime
) -> str:
    """Queue it; returns the task's id. The worker plans again before it writes."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    parameters = {"media": media_id, "name": name[:80]}
    return jobs.request_task(session, member, KIND, N_("Stock taking"), parameters, at=at)


def write_count(
    session: Session, member: SellerMember, table: Table, *, name: str, at: datetime
) -> int:
    """Set every counted SKU in this one transaction; returns how many changed.

    Raises `CountHasFaults`: a count is whole, or it is not written.
    """
    plan = plan_count(session, member, table)
    if plan.faults:
        raise CountHasFaults
    changed = service.set_many(
        session,
        member,
        [Change(line.id, line.counted) for line in plan.lines],
        reason=StockReason.COUNTED,
        at=at,
        reference=name,
    )
    after = {"file": name, "changed": changed, "unchanged": plan.unchanged}
    audit.record(session, member, "stock.counted", "seller", member.seller_id, at=at, after=after)
    return changed


def _place(table: Table, names: Sequence[str]) -> int:
    plain = [name.strip().casefold() for name in table.header]
    place = next((plain.index(name) for name in names if name in plain), None)
    if place is None:
        raise Invalid({"": N_("The table needs a column “SKU” and a column “Counted”.")})
    return place


def _fault(row: int, place: int, message: str, **words: Words) -> CountFault:
    return CountFault(row, column_letter(place), message, words)
