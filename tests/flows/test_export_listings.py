"""Everybody's listings and the queue of reviews as files: what the screens show, and no more."""

import pytest
from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.flows import export_table
from marketplace.kit.errors import NotAllowed
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import staff
from tests.make.sale import MODERATOR

KEEPER = staff(Permission.CATALOG_READ, Permission.CATALOG_MANAGE)


def written(
    session: Session, actor: Staff, table: str, **parameters: str
) -> list[dict[str, object]]:
    head = export_table.header(actor, table)
    found = export_table.rows(session, actor, table, parameters)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_listings_are_written_with_the_filters_of_the_page(session: Session) -> None:
    shop = sale.shop(session)
    on_sale = sale.live(session, shop)
    sale.draft(session, shop, title="Not yet")

    [row] = written(session, KEEPER, "listings", status="live")

    assert row["Id"] == on_sale.id
    assert (row["Title"], row["State"]) == ("Blue porcelain cup", "live")
    assert (row["Lowest price"], row["Highest price"]) == ("59.00", "59.00")
    assert len(written(session, KEEPER, "listings")) == 2
    assert export_table.count_rows(session, KEEPER, "listings", {"status": "live"}) == 1


def test_the_queue_is_written_tab_by_tab(session: Session) -> None:
    shop = sale.shop(session)
    change = sale.pending(session, shop)
    row = sale.live(session, shop, title="A bowl of clay")
    sale.hand_in(session, shop, row, title="A bowl of stone")

    [new] = written(session, MODERATOR, "reviews", tab="new")
    [edit] = written(session, MODERATOR, "reviews", tab="edits")

    assert (new["Id"], new["Kind"], new["Policy"]) == (change.id, "new", "pre_review")
    assert (edit["Listing"], edit["Kind"]) == (row.id, "edit")


@pytest.mark.parametrize(
    ("table", "held"),
    [
        ("listings", Permission.MODERATION_DECIDE),
        ("listings", Permission.CATALOG_MANAGE),
        ("reviews", Permission.CATALOG_READ),
    ],
)
def test_who_does_not_see_the_list_gets_no_file(
    session: Session, table: str, held: Permission
) -> None:
    with pytest.raises(NotAllowed):
        export_table.request_export(session, staff(held), table, {}, at=MONDAY)
    with pytest.raises(NotAllowed):
        list(export_table.rows(session, staff(held), table, {}))


def test_reading_the_list_is_not_taking_it_away(session: Session) -> None:
    reader = staff(Permission.CATALOG_READ)
    with pytest.raises(NotAllowed):
        export_table.request_export(session, reader, "listings", {}, at=MONDAY)
