"""Each invariant of listings finds what breaks it, and nothing while nothing does."""

from collections.abc import Callable

import pytest
from sqlalchemy import text, update
from sqlmodel import Session, col

from marketplace.domain.catalog.models import Listing, Variant
from marketplace.domain.inventory import service as inventory
from marketplace.domain.inventory.queries import levels_of
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.flows.listing_follows import follow
from marketplace.flows.verify import catalogue
from marketplace.flows.verify.kinds import Moment
from tests.make import sale
from tests.make.moments import MONDAY

NOW = Moment(MONDAY)


def offenders(session: Session) -> dict[str, int]:
    found = {one.id: len(one.find(session, NOW)) for one in catalogue.INVARIANTS}
    return {id_: many for id_, many in found.items() if many}


def lose_version(session: Session, row: Listing) -> None:
    session.exec(update(Listing).values(live_version_id="ver_gone"))


def change_price(session: Session, row: Listing) -> None:
    session.exec(update(Variant).values(price=1))


def lose_variant(session: Session, row: Listing) -> None:
    session.exec(update(Variant).values(archived_at=MONDAY))


def give_away(session: Session, row: Listing) -> None:
    session.exec(update(Variant).values(price=0))


def forget_review(session: Session, row: Listing) -> None:
    session.exec(update(Listing).where(col(Listing.id) == row.id).values(status="pending"))


def two_edits(session: Session, row: Listing) -> None:
    session.execute(text("DROP INDEX uq_change_set_open"))
    for place in range(2):
        session.add(
            ChangeSet(
                id=f"chg_{place}", listing_id=row.id, seller_id=row.seller_id, kind="edit",
                status=ChangeStatus.OPEN, policy="pre_review", content={}, submitted_at=MONDAY,
            )
        )  # fmt: skip
    session.flush()


@pytest.mark.parametrize(
    ("breaking", "id_"),
    [
        (lose_version, "INV-C1"),
        (change_price, "INV-C2"),
        (lose_variant, "INV-C2"),
        (two_edits, "INV-C3"),
        (forget_review, "INV-C4"),
        (give_away, "INV-C5"),
    ],
)
def test_what_is_broken_is_found(
    session: Session, breaking: Callable[[Session, Listing], None], id_: str
) -> None:
    row = sale.live(session, sale.shop(session))
    assert offenders(session) == {}
    breaking(session, row)
    session.expire_all()
    assert id_ in offenders(session)


def test_a_new_sku_on_sale_gets_its_alert_and_the_listing_its_true_quality(
    session: Session,
) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    before = row.quality
    low = [sale.edited(row).variants[0].model_copy(update={"low_at": 4})]
    sale.hand_in(session, shop, row, variants=low)
    for _ in range(2):
        follow(session, row.id, at=MONDAY)
    assert [level.low_at for level in levels_of(session, [row.id]).values()] == [4]
    assert row.quality == before - 5  # nothing is in stock


def test_what_goes_on_sale_again_keeps_the_alert_that_was_set_in_the_inventory(
    session: Session,
) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    follow(session, row.id, at=MONDAY)
    only = sale.edited(row).variants[0]
    inventory.set_low_at(session, shop.member, only.id, 5, at=MONDAY)
    sale.hand_in(session, shop, row, variants=[only.model_copy(update={"price": 6000})])
    follow(session, row.id, at=MONDAY)
    assert levels_of(session, [row.id])[only.id].low_at == 5
