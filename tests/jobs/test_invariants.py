"""Every invariant is green on honest books, and red when its offender is planted."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner

from marketplace import db, integrations
from marketplace.cli.app import app
from marketplace.domain.access.models import Audience, Permission
from marketplace.domain.accounts.models import (
    AuthSession,
    PersonAccount,
    Role,
    RolePermission,
    StaffRole,
)
from marketplace.domain.audit import service as audit
from marketplace.domain.jobs import queries as job_queries
from marketplace.domain.jobs import service as jobs
from marketplace.domain.ledger import service as ledger
from marketplace.domain.ledger.models import AccountCode, LedgerAccount
from marketplace.domain.moves.service import started
from marketplace.domain.outbox import service as outbox
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Requirement,
    RequirementKind,
    Seller,
    SellerApplication,
    SellerMembership,
    SellerStatus,
    SellerSwitch,
    Submission,
    Switch,
    Verdict,
)
from marketplace.flows.verify import INVARIANTS, WITNESS, check_books, kept_witness, last_check
from marketplace.jobs import invariants, schedule
from marketplace.kit import clock
from marketplace.kit.errors import NotAllowed
from tests.conftest import MONDAY, FrozenClock
from tests.make.people import JOB, LONG_AGO, person_row, staff
from tests.make.tampering import tamper


@pytest.fixture(autouse=True)
def books(database: str, clock_at: FrozenClock) -> None:
    """A small honest market: one manager on the staff, one seller with its owner."""

    def make(session: Session) -> None:
        for code, audience, permission in (
            ("super", Audience.STAFF, Permission.ROLES_MANAGE),
            ("owner", Audience.SELLER, Permission.SHOP_READ),
        ):
            session.add(Role(id=f"rol_{code}", audience=audience, code=code, name=code))
            session.flush()
            session.add(RolePermission(role_id=f"rol_{code}", permission=permission))
        person_row(session, id="per_sam", totp_enrolled_at=LONG_AGO)
        person_row(session, id="per_mia")
        session.add(
            StaffRole(person_id="per_sam", role_id="rol_super", granted_by="x", granted_at=LONG_AGO)
        )
        session.add(
            Seller(id="sel_a", name="A", slug="a", status=SellerStatus.OPEN, created_at=LONG_AGO)
        )
        session.flush()
        session.add(
            SellerMembership(
                seller_id="sel_a", person_id="per_mia", role_id="rol_owner", joined_at=LONG_AGO
            )
        )
        ledger.open_seller_accounts(session, "sel_a", "CNY", at=LONG_AGO)
        session.add(live_session("ses_sam", "per_sam", mfa_at=LONG_AGO + timedelta(minutes=1)))
        session.add(live_session("ses_mia", "per_mia"))
        for number in range(3):
            audit.record(session, JOB, "a.b", "thing", str(number), at=clock.now())

    db.call(make)


def live_session(id_: str, person_id: str, mfa_at: datetime | None = None) -> AuthSession:
    return AuthSession(
        id=id_,
        token_hash=id_,
        person_id=person_id,
        created_at=LONG_AGO,
        last_seen_at=LONG_AGO,
        expires_at=MONDAY + timedelta(days=30),
        idle_seconds=10**9,
        mfa_at=mfa_at,
    )


def red() -> dict[str, list[str]]:
    """Ids of the offenders by invariant, of those that are red."""
    return {
        finding.id: [offender.id for offender in finding.offenders]
        for finding in invariants.findings_now()
        if not finding.is_green
    }


def late_message(session: Session) -> None:
    outbox.put(session, "mail.send", "k", {}, at=clock.now() - timedelta(minutes=16))


def dead_message(session: Session) -> None:
    outbox.put(session, "mail.send", "k", {}, at=clock.now())
    [claimed] = outbox.claim(session, "w", at=clock.now())
    outbox.mark_failed(session, "w", claimed.id, "no", at=clock.now(), rng=None, is_final=True)  # type: ignore[arg-type]


def stuck_run(session: Session) -> None:
    jobs.start_run(session, "j", LONG_AGO, at=LONG_AGO, worker="dead")


def disabled_person_signed_in(session: Session) -> None:
    session.get_one(PersonAccount, "per_mia").disabled_at = clock.now()


def second_factor_from_nowhere(session: Session) -> None:
    session.get_one(AuthSession, "ses_mia").mfa_at = clock.now()


def unknown_permission(session: Session) -> None:
    session.add(RolePermission(role_id="rol_super", permission="everything"))


def staff_right_in_a_shop_role(session: Session) -> None:
    session.add(RolePermission(role_id="rol_owner", permission=Permission.PII_READ))


def shop_role_on_the_staff(session: Session) -> None:
    session.add(
        StaffRole(person_id="per_mia", role_id="rol_owner", granted_by="x", granted_at=LONG_AGO)
    )


def nobody_manages(session: Session) -> None:
    session.delete(session.get_one(RolePermission, ("rol_super", Permission.ROLES_MANAGE)))


def ownerless_seller(session: Session) -> None:
    session.delete(session.get_one(SellerMembership, ("sel_a", "per_mia")))


def account_gone(session: Session) -> None:
    reserve = LedgerAccount.code == AccountCode.SELLER_RESERVE
    session.delete(session.exec(select(LedgerAccount).where(reserve)).one())


def application(session: Session, status: ApplicationStatus, **fields: str) -> None:
    session.add(
        SellerApplication(
            id="app_a",
            person_id="per_mia",
            status=status,
            created_at=LONG_AGO,
            updated_at=LONG_AGO,
            **fields,  # type: ignore[arg-type]
        )
    )
    session.flush()


def approved_for_nothing(session: Session) -> None:
    application(session, ApplicationStatus.APPROVED)


def opened_before_approval(session: Session) -> None:
    application(session, ApplicationStatus.IN_REVIEW, seller_id="sel_a")


def off(session: Session, switch: Switch, reason: str) -> None:
    session.add(
        SellerSwitch(
            id=f"swi_{switch}", seller_id="sel_a", switch=switch, reason=reason, off_at=LONG_AGO
        )
    )


def sold_while_suspended(session: Session) -> None:
    session.get_one(Seller, "sel_a").status = SellerStatus.SUSPENDED
    for switch in set(Switch) - {Switch.BUYABLE}:
        off(session, switch, "suspended")


def restricted_for_nothing(session: Session) -> None:
    session.get_one(Seller, "sel_a").status = SellerStatus.RESTRICTED


def two_documents(session: Session) -> None:
    kind = RequirementKind.DOCUMENT
    session.add(Requirement(id="req_a", code="a", kind=kind, name="A", name_zh="A"))
    session.flush()
    for number in "12":
        session.add(
            Submission(
                id=f"sub_{number}",
                requirement_id="req_a",
                application_id="app_a",
                verdict=Verdict.ACCEPTED,
                handed_in_at=LONG_AGO,
            )
        )


def status_set_by_hand(session: Session) -> None:
    seller = session.get_one(Seller, "sel_a")
    started(session, JOB, "seller", seller, at=clock.now())
    seller.status = SellerStatus.PAUSED


def moment_ahead(session: Session) -> None:
    session.get_one(PersonAccount, "per_mia").verified_at = clock.now() + timedelta(seconds=6)


@pytest.mark.parametrize(
    ("plant", "invariant"),
    [
        (late_message, "INV-14"),
        (dead_message, "INV-14b"),
        (stuck_run, "INV-J1"),
        (disabled_person_signed_in, "INV-19a"),
        (second_factor_from_nowhere, "INV-19b"),
        (unknown_permission, "INV-A1"),
        (staff_right_in_a_shop_role, "INV-A2"),
        (shop_role_on_the_staff, "INV-A3"),
        (nobody_manages, "INV-A4"),
        (ownerless_seller, "INV-S1"),
        (account_gone, "INV-S2"),
        (approved_for_nothing, "INV-S3"),
        (opened_before_approval, "INV-S4"),
        (sold_while_suspended, "INV-S5"),
        (restricted_for_nothing, "INV-S6"),
        (two_documents, "INV-S7"),
        (status_set_by_hand, "INV-S8"),
        (moment_ahead, "INV-20d"),
    ],
)
def test_a_planted_offender_turns_its_invariant_red_and_no_other(
    plant: Callable[[Session], None], invariant: str
) -> None:
    assert red() == {}
    db.call(plant)

    assert list(red()) == [invariant]


def test_a_changed_audit_entry_turns_red() -> None:
    tamper("UPDATE audit_entry SET actor_name = 'x' WHERE seq = 2")

    assert red() == {"INV-17": ["2"]}


def test_a_cut_tail_turns_red_against_the_head_kept_elsewhere() -> None:
    schedule.run("audit.export_head", worker="w")
    tamper(
        "DELETE FROM audit_entry WHERE seq = 3",
        "UPDATE audit_head SET seq = 2, seal = (SELECT seal FROM audit_entry WHERE seq = 2)",
    )

    assert red() == {"INV-17": ["3"]}


def test_an_unknown_status_turns_red(database: str) -> None:
    if database.startswith("postgresql"):
        tamper("ALTER TABLE seller DROP CONSTRAINT ck_seller_seller_status")
    tamper("UPDATE seller SET status = 'nonsense'")

    assert red()["INV-20c"] == ["sel_a"]
    if database.startswith("postgresql"):
        tamper(
            "UPDATE seller SET status = 'open'",
            "ALTER TABLE seller ADD CONSTRAINT ck_seller_seller_status CHECK (status IN ('open', "
            "'paused', 'restricted', 'suspended', 'closing', 'closed', 'terminated'))",
        )


def test_a_broken_reference_turns_red(database: str) -> None:
    if database.startswith("postgresql"):
        pytest.skip(
            "PostgreSQL keeps references itself; only an unvalidated constraint is looked for"
        )
    tamper("DELETE FROM person WHERE id = 'per_mia'")

    assert "INV-20a" in red()


def test_every_invariant_has_its_own_id() -> None:
    assert len({invariant.id for invariant in INVARIANTS}) == len(INVARIANTS)


def test_the_result_is_kept_with_the_run() -> None:
    db.call(ownerless_seller)
    schedule.run("books.check", worker="w")

    kept = db.call_reading(job_queries.last_result, "books.check")
    assert kept is not None
    assert (kept[1]["checked"], kept[1]["red"]) == (len(INVARIANTS), 1)
    [finding] = [one for one in kept[1]["findings"] if one["offenders"]]
    assert finding["offenders"] == [{"kind": "seller", "id": "sel_a", "detail": "A has no owner"}]


def test_the_command_says_green_and_exits_well() -> None:
    result = CliRunner().invoke(app, ["verify", "--json"])

    assert result.exit_code == 0
    assert json.loads(result.stdout)["green"] is True


def test_the_command_lists_offenders_and_exits_badly() -> None:
    db.call(ownerless_seller)
    result = CliRunner().invoke(app, ["verify", "--json"])

    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["green"] is False
    assert [one["id"] for one in answer["invariants"] if one["offenders"]] == ["INV-S1"]


def test_without_a_kept_head_the_chain_is_still_checked() -> None:
    integrations.storage().delete(WITNESS)

    assert kept_witness(integrations.storage()) is None
    assert red() == {}


def test_only_permitted_staff_see_the_books() -> None:
    with pytest.raises(NotAllowed):
        db.call_reading(last_check, staff())
    with pytest.raises(NotAllowed):
        db.call_reading(check_books, staff(), at=clock.now())


def test_the_page_shows_the_last_check_and_a_fresh_one() -> None:
    reader = staff(Permission.BOOKS_READ)
    assert db.call_reading(last_check, reader).at == ""
    schedule.run("books.check", worker="w")
    db.call(ownerless_seller)

    kept = db.call_reading(last_check, reader)
    fresh = db.call_reading(check_books, reader, at=clock.now())
    assert [finding.id for finding in kept.findings if not finding.is_green] == []
    assert [finding.id for finding in fresh.findings if not finding.is_green] == ["INV-S1"]
    assert kept.head.seq == 3
