"""What selling costs, read off the category tree."""

import pytest

from marketplace.domain.catalog.queries.taxonomy import CategoryNode
from marketplace.flows.fees import fee_rows, percent


def node(path: str, commission_bps: int | None) -> CategoryNode:
    return CategoryNode(
        id=path.rsplit("/", maxsplit=1)[-1],
        parent_id=path.rpartition("/")[0].split("/")[-1],
        depth=path.count("/"),
        path=path,
        position=0,
        name="Tea",
        name_zh="茶",
        slug=path,
        icon="",
        commission_bps=commission_bps,
        has_own_commission=commission_bps is not None,
        return_days=7,
        is_restricted=False,
        is_active=True,
        has_children=False,
    )


TREE = [
    node("tea", 500),
    node("tea/green", 450),
    node("tea/pots", 800),
    node("teaware", 9000),
    node("shoes", 600),
    node("free", None),
]


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(500, 500, "5%"), (450, 450, "4.5%"), (1205, 1205, "12.05%"), (0, 800, "0–8%")],
)
def test_rates_are_written_as_short_as_they_are_exact(low: int, high: int, shown: str) -> None:
    assert percent(low, high) == shown


def test_a_category_shows_the_range_of_everything_that_can_be_sold_below_it() -> None:
    rows = fee_rows(TREE, ["shoes", "tea"])
    assert [(row.id, row.rate) for row in rows] == [("tea", "4.5–8%"), ("shoes", "6%")]


def test_a_category_without_a_rate_shows_none() -> None:
    assert [row.rate for row in fee_rows(TREE, ["free", "gone"])] == [""]
