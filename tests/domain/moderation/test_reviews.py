"""Handing in and deciding: what is on sale, what waits, who may say so."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.models import PersonAccount, Role, RolePermission
from marketplace.domain.catalog.models import Listing, ListingStatus, ListingVersion, Variant
from marketplace.domain.catalog.queries.listings import listing_page
from marketplace.domain.catalog.rules.content import (
    Block,
    Option,
    OptionValue,
    Picture,
    VariantContent,
)
from marketplace.domain.catalog.rules.machine import NotPaused
from marketplace.domain.catalog.service import listings
from marketplace.domain.moderation import queries
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus, ReviewPolicy, Violation
from marketplace.domain.moderation.rules.codes import WordForm
from marketplace.domain.moderation.rules.machines import (
    AlreadyAppealed,
    NeedsRebase,
    NothingToAppeal,
    NothingToSubmit,
    NotYourOwn,
    Overlaps,
)
from marketplace.domain.moderation.rules.policy import is_sampled
from marketplace.domain.notifications.models import Mail, Notification
from marketplace.domain.sellers.models import SellerMembership
from marketplace.kit.errors import Invalid, NotAllowed, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.paging import ListQuery
from marketplace.kit.states import MoveNotAllowed
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import person, staff
from tests.make.sale import MODERATOR, OTHER_MODERATOR

S = ListingStatus
LATER = MONDAY + timedelta(days=1)


def live_title(session: Session, row: Listing) -> str:
    return listing_page(session, row.slug, at=LATER).content.title


def approve(session: Session, change: ChangeSet) -> None:
    moderation.approve(session, MODERATOR, change.id, version=change.version, at=LATER)


def price(row: Listing, price: int) -> list[VariantContent]:
    return [v.model_copy(update={"price": price}) for v in sale.edited(row).variants]


def test_an_edit_of_a_live_listing_leaves_it_on_sale_as_it_was_dokan_2150(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    outcome = sale.hand_in(session, shop, row, title="Green porcelain cup")
    assert outcome.policy is ReviewPolicy.PRE_REVIEW
    assert (row.status, live_title(session, row)) == (S.LIVE, "Blue porcelain cup")
    approve(session, sale.waiting(session, row.id))
    assert (row.status, live_title(session, row)) == (S.LIVE, "Green porcelain cup")


def test_resuming_never_publishes_what_waits_dokan_1439(session: Session) -> None:
    shop = sale.shop(session)
    change = sale.pending(session, shop)
    with pytest.raises(NotPaused):
        listings.resume(session, shop.member, change.listing_id, at=LATER)
    assert session.get_one(Listing, change.listing_id).status is S.PENDING


def test_resuming_shows_what_was_on_sale_not_the_edit_that_waits_dokan_1439(
    session: Session,
) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    listings.pause(session, shop.member, row.id, at=LATER)
    sale.hand_in(session, shop, row, title="Green porcelain cup")
    listings.resume(session, shop.member, row.id, at=LATER)
    assert live_title(session, row) == "Blue porcelain cup"


def test_a_seller_can_ask_for_a_review_and_withdraw_it_dokan_1405(session: Session) -> None:
    shop = sale.shop(session)
    change = sale.pending(session, shop)
    moderation.withdraw(session, shop.member, change.id, at=LATER)
    assert change.status is ChangeStatus.WITHDRAWN
    assert session.get_one(Listing, change.listing_id).status is S.DRAFT


@pytest.mark.parametrize("state", ["draft", "pending", "off_shelf", "taken_down", "archived"])
def test_nothing_but_a_live_listing_is_shown_to_buyers_multivendorx_119(
    session: Session, state: str
) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop) if state == "draft" else sale.live(session, shop)
    if state == "pending":
        row = session.get_one(Listing, sale.pending(session, shop).listing_id)
    if state == "off_shelf":
        listings.pause(session, shop.member, row.id, at=LATER)
    if state == "taken_down":
        moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=LATER)
    if state == "archived":
        listings.archive(session, shop.member, row.id, at=LATER)
    assert row.status == state
    with pytest.raises(NotFound):
        listing_page(session, row.slug, at=LATER)


def test_stock_and_shipping_fields_need_nobody(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    outcome = sale.hand_in(session, shop, row, handling_days=5)
    assert (outcome.policy, outcome.is_live) == (ReviewPolicy.AUTO, True)
    assert listing_page(session, row.slug, at=LATER).content.handling_days == 5


def test_a_description_is_on_sale_at_once_and_looked_at(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    outcome = sale.hand_in(session, shop, row, tags=["gift"])
    change = session.get_one(ChangeSet, outcome.change_set_id)
    assert (outcome.policy, change.status) == (ReviewPolicy.POST_REVIEW, ChangeStatus.APPROVED)
    assert queries.counts(session, MODERATOR)["looks"].count == 1
    moderation.look_done(session, MODERATOR, change.id, at=LATER)
    assert queries.counts(session, MODERATOR)["looks"].count == 0


@pytest.mark.parametrize(
    ("new", "policy"),
    [(6000, "auto"), (5700, "auto"), (4000, "post_review"), (9000, "pre_review")],
)
def test_a_price_is_judged_by_the_median_of_thirty_days(
    session: Session, new: int, policy: str
) -> None:
    sale.level(session, price_band_bps=500)
    shop = sale.shop(session)
    row = sale.live(session, shop)
    outcome = sale.hand_in(session, shop, row, at=LATER, variants=price(row, new))
    assert outcome.policy == policy


def test_a_price_in_its_band_goes_at_once_though_the_title_waits(session: Session) -> None:
    sale.level(session, price_band_bps=500)
    shop = sale.shop(session)
    row = sale.live(session, shop)
    outcome = sale.hand_in(
        session, shop, row, at=LATER, title="Green porcelain cup", variants=price(row, 6000)
    )
    page = listing_page(session, row.slug, at=LATER)
    assert (page.variants[0].price, page.content.title) == (6000, "Blue porcelain cup")
    change = session.get_one(ChangeSet, outcome.change_set_id)
    assert (change.status, change.fields) == (ChangeStatus.OPEN, ["title"])
    approve(session, change)
    page = listing_page(session, row.slug, at=LATER)
    assert (page.variants[0].price, page.content.title) == (6000, "Green porcelain cup")


def test_a_trusted_seller_sells_at_once_and_is_looked_at(session: Session) -> None:
    sale.level(session, "gold", trusts_images=True)
    shop = sale.shop(session, level_code="gold")
    row = sale.draft(session, shop)
    outcome = moderation.submit(session, shop.member, row.id, version=row.version, at=MONDAY)
    assert (outcome.policy, outcome.is_live, row.status) == ("post_review", True, S.LIVE)


def test_a_restricted_category_always_waits(session: Session) -> None:
    sale.level(session, "gold", trusts_images=True)
    restricted = sale.category(session, "Knives", "刀具", is_restricted=True)
    shop = sale.shop(session, level_code="gold", category_id=restricted)
    row = sale.draft(session, shop)
    outcome = moderation.submit(session, shop.member, row.id, version=row.version, at=MONDAY)
    assert (outcome.policy, row.status) == ("pre_review", S.PENDING)


@pytest.mark.parametrize(
    ("change", "policy"),
    [
        ({"title": "Bread knife"}, "pre_review"),
        ({"tags": ["sharp"]}, "pre_review"),
        ({"blocks": [Block(text="Cuts.")]}, "pre_review"),
        ({"slug": "bread-knife"}, "pre_review"),
        ({"handling_days": 5}, "auto"),
        ({"return_days": 30}, "auto"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_in_a_restricted_category_what_buyers_read_waits_of_trusted_sellers_too(
    session: Session, change: dict[str, Any], policy: str
) -> None:
    sale.level(session, "gold", trusts_images=True)
    restricted = sale.category(session, "Knives", "刀具", is_restricted=True)
    shop = sale.shop(session, level_code="gold", category_id=restricted)
    row = sale.live(session, shop)
    outcome = sale.hand_in(session, shop, row, **change)
    assert (outcome.policy, outcome.is_live) == (policy, policy == "auto")


def test_a_newer_edit_takes_the_place_of_the_one_that_waits(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    first = sale.hand_in(session, shop, row, title="Green cup")
    sale.hand_in(session, shop, row, title="Red cup")
    assert session.get_one(ChangeSet, first.change_set_id).status is ChangeStatus.SUPERSEDED
    assert sale.waiting(session, row.id).content["title"] == "Red cup"


def test_the_same_edit_is_not_handed_in_twice(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, title="Green cup")
    with pytest.raises(NothingToSubmit):
        moderation.submit(session, shop.member, row.id, version=row.version, at=LATER)


def test_changes_asked_for_are_made_and_handed_in_again(session: Session) -> None:
    shop = sale.shop(session)
    change = sale.pending(session, shop)
    moderation.request_changes(
        session, MODERATOR, change.id, version=1, comments={"title": "Which size?"}, at=LATER
    )
    row = session.get_one(Listing, change.listing_id)
    assert row.status is S.NEEDS_CHANGES
    view = queries.change_of(session, shop.member, row.id)
    assert view is not None
    assert view.comments == {"title": "Which size?"}
    sale.hand_in(session, shop, row, title="Blue porcelain cup, 200 ml")
    approve(session, sale.waiting(session, row.id))
    assert (row.status, row.reason) == (S.LIVE, "")


def test_asking_for_changes_needs_words(session: Session) -> None:
    change = sale.pending(session, sale.shop(session))
    with pytest.raises(Invalid):
        moderation.request_changes(session, MODERATOR, change.id, version=1, at=LATER)
    assert change.status is ChangeStatus.OPEN


def test_a_refusal_is_told_in_the_language_of_the_seller(session: Session) -> None:
    shop = sale.shop(session)

    _join(session, shop)
    session.get_one(PersonAccount, shop.member.id).locale = "zh-CN"
    change = sale.pending(session, shop)
    moderation.reject(
        session, MODERATOR, change.id, version=1, reason="counterfeit", note="Logo", at=LATER
    )
    note = session.exec(select(Notification)).one()
    assert note.words == {"title": "青花瓷茶杯", "reason": "假冒商品"}
    letter = session.exec(select(Mail)).one()
    assert (letter.locale, letter.template) == ("zh-CN", "listing_decided")
    assert letter.words["advice"] == "只销售正品，并保留供应商的进货凭证。"


def test_a_refused_edit_leaves_what_is_on_sale(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, title="Fake cup")
    change = sale.waiting(session, row.id)
    moderation.reject(session, MODERATOR, change.id, version=1, reason="misleading", at=LATER)
    assert (row.status, live_title(session, row)) == (S.LIVE, "Blue porcelain cup")


def test_who_works_for_the_shop_does_not_decide_about_it(session: Session) -> None:
    shop = sale.shop(session)
    change = sale.pending(session, shop)
    _join(session, shop)
    own = staff(*MODERATOR.permissions, id_=shop.member.id)
    with pytest.raises(NotYourOwn):
        moderation.approve(session, own, change.id, version=1, at=LATER)
    assert change.status is ChangeStatus.OPEN


def test_staff_without_the_permission_decide_nothing(session: Session) -> None:
    change = sale.pending(session, sale.shop(session))
    with pytest.raises(NotAllowed):
        moderation.approve(session, staff(), change.id, version=1, at=LATER)
    with pytest.raises(NotAllowed):
        queries.queue(session, staff(), ListQuery(), at=LATER)
    assert change.status is ChangeStatus.OPEN


def test_an_old_page_approves_nothing(session: Session) -> None:
    change = sale.pending(session, sale.shop(session))
    with pytest.raises(Stale):
        moderation.approve(session, MODERATOR, change.id, version=9, at=LATER)
    assert change.status is ChangeStatus.OPEN


def test_a_decision_is_made_once(session: Session) -> None:
    change = sale.pending(session, sale.shop(session))
    approve(session, change)
    with pytest.raises(MoveNotAllowed):
        moderation.reject(
            session, OTHER_MODERATOR, change.id, version=change.version, reason="other", at=LATER
        )
    assert change.status is ChangeStatus.APPROVED


def test_another_shops_change_is_not_found(session: Session) -> None:
    change = sale.pending(session, sale.shop(session))
    other = sale.shop(session)
    with pytest.raises(NotFound):
        moderation.withdraw(session, other.member, change.id, at=LATER)
    with pytest.raises(NotFound):
        moderation.submit(session, other.member, change.listing_id, version=1, at=LATER)
    with pytest.raises(NotFound):
        queries.change_of(session, other.member, change.listing_id)
    with pytest.raises(NotFound):
        moderation.appeal(session, other.member, change.listing_id, "no", at=LATER)
    assert change.status is ChangeStatus.OPEN


def test_an_edit_made_before_another_one_needs_a_rebase(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, title="Green cup")
    change = sale.waiting(session, row.id)
    live = listings.live_content(session, row)
    assert live is not None
    listings.publish(
        session, MODERATOR, row, live.model_copy(update={"return_days": 30}), how="staff", at=LATER
    )
    with pytest.raises(NeedsRebase):
        moderation.approve(session, MODERATOR, change.id, version=change.version, at=LATER)
    version = moderation.rebase(session, MODERATOR, change.id, version=change.version, at=LATER)
    moderation.approve(session, MODERATOR, change.id, version=version, at=LATER)
    page = listing_page(session, row.slug, at=LATER).content
    assert (page.title, page.return_days) == ("Green cup", 30)


def test_a_rebase_names_the_fields_both_sides_changed(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, title="Green cup")
    change = sale.waiting(session, row.id)
    live = listings.live_content(session, row)
    assert live is not None
    listings.publish(
        session, MODERATOR, row, live.model_copy(update={"title": "Cup"}), how="staff", at=LATER
    )
    with pytest.raises(Overlaps) as overlaps:
        moderation.rebase(session, MODERATOR, change.id, version=change.version, at=LATER)
    assert overlaps.value.fields == ("title",)
    assert change.content["title"] == "Green cup"
    assert queries.review(session, MODERATOR, change.id, at=LATER).overlaps == ("title",)


def test_taking_down_counts_points_and_takes_the_edit_along(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, title="Green cup")
    change = sale.waiting(session, row.id)
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="Lead", at=LATER)
    assert (row.status, row.reason, change.status) == (S.TAKEN_DOWN, "unsafe", "withdrawn")
    assert queries.points(session, shop.seller_id, at=LATER) == 12
    assert queries.points(session, shop.seller_id, at=LATER + timedelta(days=180)) == 0


def test_what_was_taken_down_comes_back_through_a_review_of_its_mending(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    moderation.take_down(session, MODERATOR, row.id, code="misleading", note="", at=LATER)
    with pytest.raises(NothingToSubmit):
        moderation.submit(session, shop.member, row.id, version=row.version, at=LATER)
    with pytest.raises(NotPaused):
        listings.resume(session, shop.member, row.id, at=LATER)
    sale.hand_in(session, shop, row, title="Honest cup")
    assert row.status is S.PENDING
    with pytest.raises(NotFound):
        listing_page(session, row.slug, at=LATER)
    approve(session, sale.waiting(session, row.id))
    assert live_title(session, row) == "Honest cup"


def test_what_waits_for_its_first_review_is_refused_and_not_taken_down(session: Session) -> None:
    change = sale.pending(session, sale.shop(session))
    with pytest.raises(MoveNotAllowed):
        moderation.take_down(
            session, MODERATOR, change.listing_id, code="unsafe", note="", at=LATER
        )
    assert session.get_one(Listing, change.listing_id).status is S.PENDING
    assert change.status is ChangeStatus.OPEN


def test_the_archive_is_no_way_around_a_taking_down(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=LATER)
    listings.archive(session, shop.member, row.id, at=LATER)
    listings.unarchive(session, shop.member, row.id, at=LATER)
    assert row.status is S.TAKEN_DOWN


def test_an_appeal_is_decided_by_somebody_else(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=LATER)
    id_ = moderation.appeal(session, shop.member, row.id, "It is safe.", at=LATER)
    with pytest.raises(AlreadyAppealed):
        moderation.appeal(session, shop.member, row.id, "Really.", at=LATER)
    with pytest.raises(NotYourOwn):
        moderation.decide_appeal(
            session, MODERATOR, id_, is_granted=False, answer="No.", version=1, at=LATER
        )
    assert row.status is S.TAKEN_DOWN
    moderation.decide_appeal(
        session, OTHER_MODERATOR, id_, is_granted=True, answer="Sorry.", version=1, at=LATER
    )
    assert (row.status, row.reason) == (S.LIVE, "")
    assert queries.points(session, shop.seller_id, at=LATER) == 0


def test_an_appeal_that_is_turned_down_changes_nothing_and_ends_it(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=LATER)
    id_ = moderation.appeal(session, shop.member, row.id, "It is safe.", at=LATER)
    moderation.decide_appeal(
        session, OTHER_MODERATOR, id_, is_granted=False, answer="No.", version=1, at=LATER
    )
    assert row.status is S.TAKEN_DOWN
    assert queries.points(session, shop.seller_id, at=LATER) == 12
    with pytest.raises(AlreadyAppealed):
        moderation.appeal(session, shop.member, row.id, "Again.", at=LATER)


def test_a_granted_appeal_against_a_refusal_sells_what_was_handed_in(session: Session) -> None:
    shop = sale.shop(session)
    change = sale.pending(session, shop)
    moderation.reject(session, MODERATOR, change.id, version=1, reason="other", at=LATER)
    row = session.get_one(Listing, change.listing_id)
    assert row.status is S.REJECTED
    id_ = moderation.appeal(session, shop.member, row.id, "Why?", at=LATER)
    moderation.decide_appeal(
        session, OTHER_MODERATOR, id_, is_granted=True, answer="Our fault.", version=1, at=LATER
    )
    assert (row.status, live_title(session, row)) == (S.LIVE, "Blue porcelain cup")


def test_there_is_no_appeal_without_a_decision(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    with pytest.raises(NothingToAppeal):
        moderation.appeal(session, shop.member, row.id, "Hello", at=LATER)


def test_staff_can_undo_a_taking_down(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    moderation.take_down(session, MODERATOR, row.id, code="unsafe", note="", at=LATER)
    moderation.restore(session, MODERATOR, row.id, note="A mistake", at=LATER)
    assert row.status is S.LIVE
    violation = session.exec(select(Violation)).one()
    assert violation.cancelled_at == LATER


def test_one_reader_reports_once(session: Session) -> None:
    row = sale.live(session, sale.shop(session))
    reader = person("per_reader")
    assert moderation.report(session, reader, row.id, "counterfeit", "Fake!", at=LATER)
    assert not moderation.report(session, reader, row.id, "counterfeit", "Fake!", at=LATER)
    assert queries.counts(session, MODERATOR)["reported"].count == 1
    page = queries.queue(session, MODERATOR, ListQuery(filters={"tab": ("reported",)}), at=LATER)
    assert [(one.id, one.reports) for one in page.rows] == [(row.id, 1)]
    assert moderation.close_reports(session, MODERATOR, row.id, at=LATER) == 1
    assert queries.counts(session, MODERATOR)["reported"].count == 0


@pytest.mark.parametrize(
    "title",
    [
        "A REPLICA cup",
        "\uff32\uff45\uff50\uff4c\uff49\uff43\uff41 cup",
        "r e p l i c a cup",
        "re-plica cup",
    ],
)
def test_a_forbidden_word_is_caught_however_it_is_spelt(session: Session, title: str) -> None:
    shop = sale.shop(session)
    form = WordForm(word="replica", code="counterfeit")
    moderation.save_word(session, MODERATOR, form, at=MONDAY)
    row = sale.draft(session, shop, title=title)
    with pytest.raises(Invalid) as refused:
        moderation.submit(session, shop.member, row.id, version=row.version, at=LATER)
    assert refused.value.fields.keys() == {"title"}
    assert row.status is S.DRAFT


def test_a_word_that_only_flags_lets_the_listing_wait_with_a_hint(session: Session) -> None:
    shop = sale.shop(session)
    form = WordForm(word="高仿", code="counterfeit", blocks=False)
    moderation.save_word(session, MODERATOR, form, at=MONDAY)
    change = sale.pending(session, shop, title_zh="高 仿茶杯")
    assert [(one["code"], one["field"]) for one in change.flags] == [("forbidden_word", "title_zh")]


def test_a_picture_of_another_shop_is_a_hint(session: Session) -> None:
    shop, other = sale.shop(session), sale.shop(session)
    sale.picture(session, other.member, fingerprint="same")
    twin = sale.picture(session, shop.member, fingerprint="same")

    change = sale.pending(session, shop, pictures=[Picture(id=twin)])
    assert [one["code"] for one in change.flags] == ["duplicate_picture"]


def test_a_price_three_times_the_usual_is_a_hint(session: Session) -> None:
    shop = sale.shop(session)
    for number, word in enumerate(["Red", "Green", "Black", "White", "Brown"]):
        sale.live(session, shop, title=f"{word} thing number {number}", title_zh="")
    change = sale.pending(
        session,
        shop,
        title="Quite another",
        title_zh="",
        variants=[VariantContent(id=new_id("var"), price=5900 * 3 + 1)],
    )
    assert [one["code"] for one in change.flags] == ["price_outlier"]


def test_nearly_the_same_title_is_a_hint(session: Session) -> None:
    shop = sale.shop(session)
    sale.live(session, shop)
    change = sale.pending(session, shop, title="Porcelain cup BLUE", title_zh="")
    assert [one["code"] for one in change.flags] == ["duplicate_title"]


def test_sampling_is_the_same_each_time_and_about_as_often_as_asked() -> None:

    ids = [f"chg_{number}" for number in range(10_000)]
    first = [is_sampled(id_, 500) for id_ in ids]
    assert first == [is_sampled(id_, 500) for id_ in ids]
    assert 400 < sum(first) < 600
    assert not any(is_sampled(id_, 0) for id_ in ids)
    assert all(is_sampled(id_, 10_000) for id_ in ids)


def test_the_queue_is_oldest_first_and_leads_on(session: Session) -> None:
    shop = sale.shop(session)
    second = sale.pending(session, shop, at=LATER)
    first = sale.pending(session, shop, at=MONDAY, title="Another thing", title_zh="")
    page = queries.queue(session, MODERATOR, ListQuery(sort="submitted"), at=LATER)
    assert [row.id for row in page.rows] == [first.id, second.id]
    assert queries.next_open(session, MODERATOR) == first.id
    assert queries.next_open(session, MODERATOR, after=first.id) == second.id
    moderation.assign(session, OTHER_MODERATOR, first.id, OTHER_MODERATOR.id, at=LATER)
    assert queries.next_open(session, MODERATOR) == second.id
    count = queries.counts(session, MODERATOR)["new"]
    assert (count.count, count.oldest) == (2, MONDAY.isoformat())


def test_many_are_approved_only_without_hints_and_from_trusted_sellers(session: Session) -> None:
    sale.level(session, "gold", position=3)
    gold, plain = sale.shop(session, level_code="gold"), sale.shop(session)
    good = sale.pending(session, gold)
    bad = sale.pending(session, plain, title="Something else", title_zh="")
    refused = moderation.approve_many(session, MODERATOR, [good.id, bad.id], at=LATER)
    assert [one.id for one in refused] == [bad.id]
    session.refresh(good)
    assert (good.status, bad.status) == (ChangeStatus.APPROVED, ChangeStatus.OPEN)


def test_figures_count_decisions_and_what_appeals_took_back(session: Session) -> None:
    shop = sale.shop(session)
    approve(session, sale.pending(session, shop))
    change = sale.pending(session, shop, title="Another thing", title_zh="")
    moderation.reject(session, MODERATOR, change.id, version=1, reason="other", at=LATER)
    id_ = moderation.appeal(session, shop.member, change.listing_id, "Why?", at=LATER)
    moderation.decide_appeal(
        session, OTHER_MODERATOR, id_, is_granted=True, answer="Right.", version=1, at=LATER
    )
    rows = queries.figures(session, MODERATOR, since=MONDAY, until=LATER + timedelta(hours=1))
    mine = next(row for row in rows if row.person_id == MODERATOR.id)
    assert (mine.decisions, mine.per_hour, mine.reversed, mine.reversal_bps) == (2, 20, 1, 5000)


def test_a_new_option_waits_and_old_variants_keep_their_ids(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    old = sale.edited(row).variants[0]
    values = [OptionValue(name="S"), OptionValue(name="L")]
    outcome = sale.hand_in(
        session,
        shop,
        row,
        options=[Option(name="Size", values=values)],
        variants=[
            old.model_copy(update={"values": ["S"]}),
            VariantContent(id=new_id("var"), values=["L"], price=5900),
        ],
    )
    assert outcome.policy is ReviewPolicy.PRE_REVIEW
    assert [v.id for v in session.exec(select(Variant)).all()] == [old.id]
    approve(session, sale.waiting(session, row.id))
    assert len(session.exec(select(Variant)).all()) == 2
    assert session.get_one(Variant, old.id).values == ["S"]


def test_each_version_that_was_on_sale_is_kept(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, handling_days=5)
    numbers = session.exec(select(ListingVersion.number, ListingVersion.how)).all()
    assert sorted(numbers) == [(1, "review"), (2, "auto")]


def _join(session: Session, shop: sale.ShopOfTests) -> None:
    """Make the member a real one, with a role that edits listings."""

    role = Role(
        id=new_id("rol"), code=new_id("rol"), audience=Audience.SELLER, name="Owner"
    )  # fmt: skip
    session.add(role)
    session.flush()
    session.add(RolePermission(role_id=role.id, permission=Permission.SHOP_LISTINGS_EDIT.value))
    session.add(
        SellerMembership(
            seller_id=shop.seller_id, person_id=shop.member.id, role_id=role.id, joined_at=MONDAY
        )
    )
    session.flush()
