"""A link by mail makes its reader a colleague: once, and only the one it was written to."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, SellerMember
from marketplace.domain.accounts.models import Invitation
from marketplace.domain.accounts.service import invitations, roles
from marketplace.domain.sellers.models import SellerMembership
from tests.conftest import FrozenClock
from tests.http.conftest import PASSWORD, a_person, a_shop, letters_to, token_in
from tests.make import people as made
from tests.make.browsing import Browser, everything

ADA, BO = "ada@example.com", "bo@example.com"


@pytest.fixture
def owner(app: object, clock_at: FrozenClock) -> SellerMember:
    person_id = a_person("mia@example.com", "Mia Torres", clock_at.moment)
    seller_id = a_shop("Strider Lab", "strider-lab", person_id, clock_at.moment)
    return SellerMember(
        id=person_id,
        name="Mia Torres",
        permissions=frozenset(Permission),
        seller_id=seller_id,
        seller_name="Strider Lab",
        role="Owner",
        proved_at=clock_at.moment,
    )


def invited_to_shop(owner: SellerMember, email: str, role: str = "catalogue") -> str:
    def invite(session):  # type: ignore[no-untyped-def]
        wanted = roles.role_by_code(session, Audience.SELLER, role)
        invitations.invite_member(
            session, owner, email=email, role_id=wanted.id, at=owner.proved_at
        )

    db.call(invite)
    return token_in(letters_to(email)[-1])


def invited_to_staff(sam: str, email: str, clock_at: FrozenClock) -> str:
    actor = made.staff(*Permission, id_=sam, proved_at=clock_at.moment)

    def invite(session):  # type: ignore[no-untyped-def]
        wanted = roles.role_by_code(session, Audience.STAFF, "support")
        invitations.invite_staff(session, actor, email=email, role_id=wanted.id, at=clock_at.moment)

    db.call(invite)
    return token_in(letters_to(email)[-1])


def memberships(person_id: str) -> list[str]:
    with db.transaction() as session:
        held = select(SellerMembership.seller_id).where(SellerMembership.person_id == person_id)
        return list(session.exec(held))


async def test_a_person_with_an_account_accepts_and_runs_the_shop(
    web: Browser, ada: str, owner: SellerMember
) -> None:
    token = invited_to_shop(owner, ADA)
    await web.sign_in(ADA, PASSWORD)
    page = await web.open(f"/invitation?token={token}")

    answer = await web.post("/invitation", token=token)

    assert "Join Strider Lab" in page.text
    assert answer.headers["location"] == "/seller"
    assert memberships(ada) == [owner.seller_id]


async def test_an_invitation_is_accepted_once(web: Browser, ada: str, owner: SellerMember) -> None:
    token = invited_to_shop(owner, ADA)
    await web.sign_in(ADA, PASSWORD)
    await web.post("/invitation", token=token)
    before = everything()

    answer = await web.post("/invitation", token=token)

    assert answer.status_code == 410
    assert everything() == before


async def test_an_invitation_for_another_address_is_refused(
    web: Browser, ada: str, owner: SellerMember
) -> None:
    token = invited_to_shop(owner, BO)
    await web.sign_in(ADA, PASSWORD)
    before = everything()

    answer = await web.post("/invitation", token=token)

    assert answer.status_code == 404
    assert everything() == before


async def test_an_invitation_taken_back_is_refused(
    web: Browser, ada: str, owner: SellerMember
) -> None:
    token = invited_to_shop(owner, ADA)
    with db.transaction() as session:
        row = session.exec(select(Invitation)).one()
        invitations.revoke_member_invitation(session, owner, row.id, at=row.invited_at)
    await web.sign_in(ADA, PASSWORD)

    assert (await web.post("/invitation", token=token)).status_code == 410
    assert memberships(ada) == []


@pytest.mark.parametrize(("days", "status"), [(6, 303), (7, 410)])
async def test_an_invitation_lasts_a_week(
    days: int, status: int, web: Browser, ada: str, owner: SellerMember, clock_at: FrozenClock
) -> None:
    token = invited_to_shop(owner, ADA)
    clock_at.advance(days=days)
    await web.sign_in(ADA, PASSWORD)

    assert (await web.post("/invitation", token=token)).status_code == status


async def test_a_newcomer_makes_the_account_and_is_signed_in(
    web: Browser, owner: SellerMember
) -> None:
    token = invited_to_shop(owner, BO)

    answer = await web.post("/invitation", token=token, name="Bo Li", password="seven-blue-kites")

    assert answer.headers["location"] == "/seller"
    assert BO in (await web.open("/account")).text


async def test_a_newcomer_needs_a_password_nobody_guesses(
    web: Browser, owner: SellerMember
) -> None:
    token = invited_to_shop(owner, BO)
    before = everything()

    answer = await web.post("/invitation", token=token, name="Bo Li", password="password")

    assert answer.status_code == 422
    assert 'value="Bo Li"' in answer.text
    assert everything() == before


async def test_nobody_takes_over_an_account_by_an_invitation(
    web: Browser, ada: str, owner: SellerMember
) -> None:
    """Not signed in, with an address that has an account: no second one, no new password."""
    token = invited_to_shop(owner, ADA)
    before = everything()

    answer = await web.post("/invitation", token=token, name="Eve", password="seven-blue-kites")

    assert answer.status_code == 422
    assert everything() == before


async def test_who_joins_the_staff_is_signed_out_everywhere(
    web: Browser, open_browser: Callable[..., Browser], ada: str, sam: str, clock_at: FrozenClock
) -> None:
    elsewhere = open_browser()
    await elsewhere.sign_in(ADA, PASSWORD)
    await web.sign_in(ADA, PASSWORD)
    token = invited_to_staff(sam, ADA, clock_at)

    answer = await web.post("/invitation", token=token)

    assert answer.headers["location"] == "/sign-in?done=joined"
    assert (await elsewhere.open("/account")).status_code == 303
    assert (await web.sign_in(ADA, PASSWORD)).headers["location"] == "/account/two-step"


async def test_an_owner_who_accepts_a_lesser_role_stays_owner(
    web: Browser, owner: SellerMember
) -> None:
    token = invited_to_shop(owner, "mia@example.com")
    await web.sign_in("mia@example.com", PASSWORD)
    before = everything()["seller_membership"]

    await web.post("/invitation", token=token)

    assert everything()["seller_membership"] == before


async def test_the_letter_names_the_inviter_and_the_shop(owner: SellerMember) -> None:
    invited_to_shop(owner, BO)

    assert letters_to(BO)[0].words == {"inviter": "Mia Torres", "place": "Strider Lab"}
