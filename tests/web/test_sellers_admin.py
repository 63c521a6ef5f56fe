"""Sellers as staff look after them: who may decide what, through the events a browser sends."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from marketplace import db
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import Listing
from marketplace.domain.sellers.models import Seller, SellerStatus, Submission, Verdict
from marketplace.domain.sellers.rules.standing import NotYourOwn
from marketplace.kit import clock
from marketplace.kit.errors import Invalid, Stale, StepUpNeeded
from marketplace.web.admin.sellers.directory import SellersState
from marketplace.web.admin.sellers.seller import SellerState, seller_in
from tests.make.browsing import everything
from tests.web.demo import id_of, refusal, signed_in
from tests.web.harness import Pipeline, Tab

WITHOUT_THE_RIGHT = ["emma.clark", "qiu.shan", "xu.lei"]
"""An auditor (who reads all of it), a shop's owner, a buyer."""


@pytest.fixture
def chief(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("lin.na"))


def sent(*pairs: tuple[str, str]) -> dict[str, Any]:
    """A form as Reflex's client sends it."""
    return {"__reflex_form_data__": [list(pair) for pair in pairs]}


def one_that_is(status: SellerStatus) -> Seller:
    def work(session: Session) -> Seller:
        found = select(Seller).where(Seller.status == status).order_by(col(Seller.id))
        row = session.exec(found).first()
        assert row is not None
        session.expunge(row)
        return row

    return db.call(work)


def status_of(seller_id: str) -> SellerStatus:
    return db.call(lambda session: session.get_one(Seller, seller_id).status)


def a_suspension(name: str) -> dict[str, Any]:
    return sent(("reason", "fraud"), ("note", "Orders nobody placed."), ("typed", name))


def changes() -> list[tuple[Any, dict[str, Any]]]:
    """Every event of the page that changes something, with good values."""
    shop, suspended = one_that_is(SellerStatus.OPEN), one_that_is(SellerStatus.SUSPENDED)
    closing = one_that_is(SellerStatus.CLOSING)
    note, answer = sent(("note", "As agreed.")), sent(("answer", "We looked again."))
    ending = sent(("note", "As agreed."), ("typed", suspended.name))
    off = sent(("switches", "payouts"), ("reason", "debt"), ("note", ""), ("until", ""))
    paper = a_waiting_paper()
    return [
        (SellerState.restrict, {"seller_id": shop.id, "form_data": off}),
        (SellerState.suspend, {"seller_id": shop.id, "form_data": a_suspension(shop.name)}),
        (SellerState.reinstate, {"seller_id": suspended.id, "form_data": note}),
        (SellerState.decide_appeal,
         {"seller_id": suspended.id, "is_granted": True, "form_data": answer}),
        (SellerState.begin_closing, {"seller_id": shop.id, "form_data": note}),
        (SellerState.finish_closing, {"seller_id": closing.id}),
        (SellerState.terminate, {"seller_id": suspended.id, "form_data": ending}),
        (SellerState.set_level, {"seller_id": shop.id, "form_data": sent(("level", "new"))}),
        (SellersState.set_levels, {"ids": [shop.id], "form_data": sent(("level", "new"))}),
        (SellerState.accept, {"submission_id": paper}),
        (SellerState.refuse, {"submission_id": paper, "form_data": note}),
    ]  # fmt: skip


def a_waiting_paper() -> str:
    """A document of an open shop that nobody decided on yet."""

    def work(session: Session) -> str:
        found = (
            select(Submission)
            .join(Seller, col(Seller.id) == col(Submission.seller_id))
            .where(Seller.status == SellerStatus.OPEN, col(Submission.replaced_at).is_(None))
            .order_by(col(Submission.id))
        )
        row = session.exec(found).first()
        assert row is not None
        row.verdict = Verdict.PENDING
        session.add(row)
        return row.id

    return db.call(work)


@pytest.mark.usefixtures("whole_demo")
async def test_without_the_right_nothing_can_be_changed(pipeline: Pipeline) -> None:
    tabs = [pipeline.tab(cookie=signed_in(key)) for key in WITHOUT_THE_RIGHT]
    events = changes()
    before = everything()
    for tab in (*tabs, pipeline.tab()):
        for handler, payload in events:
            await refusal(tab, handler, **payload)

    assert everything() == before


@pytest.mark.usefixtures("whole_demo")
async def test_levels_of_many_shops_change_each_with_its_entry(chief: Tab) -> None:
    def levels() -> dict[str, str]:
        rows = db.call(lambda s: s.exec(select(Seller.id, Seller.level).order_by(Seller.id)).all())
        return dict(map(tuple, rows))

    before = levels()
    new, trusted = (
        next(i for i, at in before.items() if at == code) for code in ("new", "trusted")
    )
    ids = [new, trusted, "sel_00000000000000000000000000"]
    await chief.send(SellersState.set_levels, ids=ids, form_data=sent(("level", "trusted")))
    assert levels() == before | {new: "trusted"}
    entries = db.call(
        lambda s: s.exec(select(AuditEntry).where(AuditEntry.action == "sellers.level_set")).all()
    )
    changed = [
        (one.object_id, one.before, one.after) for one in entries if one.actor_id == id_of("lin.na")
    ]
    assert changed[-1:] == [(new, {"level": "new"}, {"level": "trusted"})]
    assert trusted not in [one[0] for one in changed]

    await chief.send(SellersState.set_levels, ids=[new], form_data=sent(("level", "nonsense")))
    assert levels() == before | {new: "trusted"}


@pytest.mark.usefixtures("whole_demo")
async def test_the_list_counts_what_each_shop_has_on_sale(chief: Tab) -> None:
    chief.path = "/admin/sellers"
    await chief.send(SellersState.load)
    rows = chief.value(SellersState, "rows")

    def on_sale(seller_id: str) -> int:
        live = select(func.count()).where(Listing.seller_id == seller_id, Listing.status == "live")
        return db.call(lambda s: s.exec(live).one())

    assert chief.value(SellersState, "live") == {row.id: on_sale(row.id) for row in rows}


@pytest.mark.usefixtures("demo")
async def test_to_suspend_needs_a_fresh_proof_of_identity(chief: Tab) -> None:
    shop = one_that_is(SellerStatus.OPEN)
    before = everything()
    later = clock.now() + timedelta(minutes=11)
    with clock.running_on(lambda: later):
        refused = await refusal(
            chief, SellerState.suspend, seller_id=shop.id, form_data=a_suspension(shop.name)
        )

    assert refused is StepUpNeeded
    assert everything() == before


@pytest.mark.usefixtures("demo")
async def test_a_shop_is_suspended_once_its_name_is_typed(chief: Tab) -> None:
    shop = one_that_is(SellerStatus.OPEN)
    before = everything()
    wrong = a_suspension("Another shop")
    refused = await refusal(chief, SellerState.suspend, seller_id=shop.id, form_data=wrong)
    assert refused is Invalid
    assert everything() == before

    await chief.send(SellerState.suspend, seller_id=shop.id, form_data=a_suspension(shop.name))
    assert status_of(shop.id) is SellerStatus.SUSPENDED


@pytest.mark.usefixtures("demo")
async def test_who_suspended_a_shop_does_not_decide_on_its_appeal(chief: Tab) -> None:
    shop, chief_id = one_that_is(SellerStatus.OPEN), id_of("lin.na")
    await chief.send(SellerState.suspend, seller_id=shop.id, form_data=a_suspension(shop.name))

    def theirs(session: Session) -> None:
        row = session.get_one(Seller, shop.id)
        assert row.suspended_by == chief_id
        row.appeal = "Look again."
        session.add(row)

    db.call(theirs)
    before = everything()
    answer = sent(("answer", "We looked again."))
    refused = await refusal(
        chief, SellerState.decide_appeal, seller_id=shop.id, is_granted=True, form_data=answer
    )

    assert refused is NotYourOwn
    assert everything() == before


@pytest.mark.usefixtures("whole_demo")
async def test_a_document_is_decided_on_once(chief: Tab) -> None:
    paper = a_waiting_paper()
    await chief.send(SellerState.accept, submission_id=paper)
    before = everything()
    note = sent(("note", "The name differs."))

    assert await refusal(chief, SellerState.refuse, submission_id=paper, form_data=note) is Stale
    assert everything() == before


def test_the_address_names_the_seller_in_both_languages() -> None:
    assert seller_in("/admin/sellers/sel_1") == "sel_1"
    assert seller_in("/zh/admin/sellers/sel_1/") == "sel_1"
