"""The shop's addresses and its word: changed by its members, and no other shop's."""

from sqlmodel import select

from marketplace import db
from marketplace.domain.sellers.models import Submission
from marketplace.kit.errors import Invalid
from marketplace.web.messages import MessageState
from marketplace.web.seller.store.addresses import AddressesState
from marketplace.web.seller.store.documents import DocumentsState
from marketplace.web.seller.store.profile import ProfileState
from tests.make.browsing import everything
from tests.web.demo import refusal
from tests.web.harness import Tab
from tests.web.test_staff import sent
from tests.web.test_store import FACE, OTHER, OWN, mine, shop

__all__ = ["mine"]  # the fixture

MOVED = sent(
    ("ship_street", "4 Kiln Road"), ("ship_city", "Longquan"), ("ship_region", ""),
    ("ship_postcode", ""), ("ship_country", "CN"), ("ship_phone", "+86 578 7123456"),
    ("return_same", "on"),
)  # fmt: skip


async def test_the_shop_moves_and_what_is_typed_into_its_profile_can_still_be_saved(
    mine: Tab,
) -> None:
    await mine.send(ProfileState.load)
    shown, other = mine.value(ProfileState, "shown"), shop(OTHER.slug)
    version = mine.value(ProfileState, "profile").version
    await mine.send(ProfileState.save_addresses, version=version, form_data=MOVED)
    assert shop(OWN.slug).ship_from["street"] == "4 Kiln Road"
    assert shop(OTHER.slug).ship_from == other.ship_from
    assert mine.value(ProfileState, "shown") == shown  # the profile's form was not begun anew

    version = mine.value(ProfileState, "profile").version
    await mine.send(ProfileState.save, version=version, form_data=FACE)
    assert shop(OWN.slug).name == "Blue Kiln"


async def test_an_address_without_a_street_moves_nothing_and_keeps_the_form(mine: Tab) -> None:
    await mine.send(ProfileState.load)
    await mine.send(AddressesState.edit, is_open=True)
    before, version = everything(), mine.value(ProfileState, "profile").version
    bad = {"__reflex_form_data__": [
        pair for pair in MOVED["__reflex_form_data__"] if pair[0] != "ship_street"
    ]}  # fmt: skip
    await refusal(mine, ProfileState.save_addresses, version=version, form_data=bad)
    assert list(mine.value(MessageState, "errors")) == ["ship_street"]
    assert everything() == before
    assert mine.value(AddressesState, "is_open") is True


async def test_a_word_of_the_shop_is_given_without_a_file_and_never_instead_of_one(
    mine: Tab,
) -> None:
    await mine.send(DocumentsState.load)
    rows = {row.kind: row for row in mine.value(DocumentsState, "rows")}
    before = everything()
    paper = rows["document"].requirement_id
    assert await refusal(mine, DocumentsState.confirm, requirement_id=paper) in (None, Invalid)
    assert everything() == before

    word = rows["attestation"].requirement_id
    await mine.send(DocumentsState.confirm, requirement_id=word)
    given = db.call(
        lambda s: s.exec(
            select(Submission).where(
                Submission.seller_id == shop(OWN.slug).id, Submission.requirement_id == word
            )
        ).all()
    )
    assert sorted(row.media_id for row in given) == ["", ""]
