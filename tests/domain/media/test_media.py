"""Files: who may bring which, whose they are, what uses them, and what becomes of the rest."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Actor, Permission, System
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.media import queries, rules, service
from marketplace.domain.media.models import Media, MediaStatus, MediaUse, Purpose
from marketplace.domain.media.service import Findings
from marketplace.domain.outbox.models import OutboxMessage
from marketplace.kit.errors import NotAllowed, NotFound, Throttled
from tests.conftest import MONDAY
from tests.make.people import member, person, person_row, staff

LOOK = Findings("image/jpeg", 1000, "a" * 64, 700, 500, (160, 480, 960), "0f" * 8, "#aabbcc")
JOB = System(id="test", name="A test")
PICTURE = {"name": "cup.jpg", "size": 1000, "content_type": "image/jpeg"}
EDITS = Permission.SHOP_LISTINGS_EDIT
MANAGES = Permission.SHOP_MANAGE


@pytest.fixture(autouse=True)
def people(session: Session) -> None:
    for id_ in ("per_ada", "per_bob", "per_member", "per_other", "per_staff"):
        person_row(session, id=id_)


def uploaded(
    session: Session, actor: Actor, purpose: Purpose = Purpose.PICTURE, **how: object
) -> str:
    given = service.permit(session, actor, purpose, **{**PICTURE, "at": MONDAY, **how})  # type: ignore[arg-type]
    service.arrived(session, actor, given.media_id, at=MONDAY)
    service.accept(session, given.media_id, LOOK, at=MONDAY)
    session.flush()
    return given.media_id


def uses(session: Session) -> set[tuple[str, str]]:
    return {(use.owner_id, use.media_id) for use in session.exec(select(MediaUse))}


def owed(session: Session, topic: str) -> set[str]:
    found = session.exec(select(OutboxMessage).where(OutboxMessage.topic == topic))
    return {next(iter(message.payload.values())) for message in found}


def test_a_permit_names_one_new_key_and_the_limits_of_its_purpose(session: Session) -> None:
    one = service.permit(session, member(EDITS), Purpose.PICTURE, **PICTURE, at=MONDAY)
    other = service.permit(session, member(EDITS), Purpose.PICTURE, **PICTURE, at=MONDAY)

    assert one.key.startswith("private/incoming/") and len(one.key.rpartition("/")[2]) == 32
    assert one.key != other.key
    assert (one.content_type, one.least_bytes, one.most_bytes) == ("image/jpeg", 1, 10_000_000)


@pytest.mark.parametrize(
    ("actor", "purpose", "may"),
    [
        (person(), Purpose.PICTURE, True),
        (person(), Purpose.DOCUMENT, True),
        (person(), Purpose.TABLE, False),
        (member(EDITS), Purpose.PICTURE, True),
        (member(EDITS), Purpose.TABLE, True),
        (member(EDITS), Purpose.DOCUMENT, False),
        (member(MANAGES), Purpose.DOCUMENT, True),
        (member(MANAGES), Purpose.TABLE, False),
        (member(Permission.SHOP_LISTINGS_READ), Purpose.PICTURE, False),
        (staff(Permission.CATALOG_MANAGE), Purpose.PICTURE, True),
        (staff(Permission.CATALOG_READ), Purpose.PICTURE, False),
        (staff(Permission.PII_READ, Permission.SELLERS_MANAGE), Purpose.DOCUMENT, False),
    ],
    ids=lambda value: getattr(value, "kind", str(value)),
)
def test_each_hat_may_bring_what_it_needs(actor: Actor, purpose: Purpose, may: bool) -> None:
    if may:
        rules.require_may_upload(actor, purpose)
    else:
        with pytest.raises(NotAllowed):
            rules.require_may_upload(actor, purpose)


@pytest.mark.parametrize(
    ("purpose", "content_type", "size", "refusal"),
    [
        (Purpose.PICTURE, "image/svg+xml", 100, rules.WrongType),
        (Purpose.PICTURE, "image/gif", 100, rules.WrongType),
        (Purpose.PICTURE, "text/html", 100, rules.WrongType),
        (Purpose.PICTURE, "application/pdf", 100, rules.WrongType),
        (Purpose.PICTURE, "IMAGE/JPEG", 100, rules.WrongType),
        (Purpose.PICTURE, "image/jpeg", 10_000_001, rules.TooLarge),
        (Purpose.DOCUMENT, "application/pdf", 300_000_000, rules.TooLarge),
        (Purpose.DOCUMENT, "text/csv", 10, rules.WrongType),
        (Purpose.TABLE, "text/csv", 50_000_001, rules.TooLarge),
        (Purpose.TABLE, "application/vnd.ms-excel", 100, rules.WrongType),
        (Purpose.PICTURE, "image/png", 0, rules.Empty),
    ],
)
def test_what_is_too_large_or_of_another_kind_gets_no_permit(
    session: Session, purpose: Purpose, content_type: str, size: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        service.permit(
            session, JOB, purpose, name="x", size=size, content_type=content_type, at=MONDAY
        )

    assert session.exec(select(Media)).all() == []


def test_one_person_begins_so_many_uploads_an_hour(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_AN_HOUR", 2)
    for _ in range(2):
        service.permit(session, person(), Purpose.PICTURE, **PICTURE, at=MONDAY)

    with pytest.raises(Throttled):
        service.permit(session, person(), Purpose.PICTURE, **PICTURE, at=MONDAY)
    service.permit(session, person("per_bob"), Purpose.PICTURE, **PICTURE, at=MONDAY)
    later = MONDAY + timedelta(hours=1, seconds=1)
    service.permit(session, person(), Purpose.PICTURE, **PICTURE, at=later)


def test_an_arrival_told_twice_is_checked_once(session: Session) -> None:
    given = service.permit(session, person(), Purpose.PICTURE, **PICTURE, at=MONDAY)
    service.arrived(session, person(), given.media_id, at=MONDAY)
    service.arrived(session, person(), given.media_id, at=MONDAY)

    assert owed(session, service.PROCESS) == {given.media_id}
    assert session.get_one(Media, given.media_id).status is MediaStatus.CHECKING


@pytest.mark.parametrize(
    "stranger",
    [person("per_bob"), member(EDITS, MANAGES, id_="per_ada"), staff(*Permission, id_="per_staff")],
    ids=lambda actor: str(actor.kind),
)
def test_somebody_elses_file_does_not_exist(session: Session, stranger: Actor) -> None:
    given = service.permit(session, person(), Purpose.PICTURE, **PICTURE, at=MONDAY)

    for deed in (
        lambda: service.arrived(session, stranger, given.media_id, at=MONDAY),
        lambda: queries.own_picture(session, stranger, given.media_id),
        lambda: queries.require_owned(session, stranger, [given.media_id]),
    ):
        with pytest.raises(NotFound):
            deed()
    assert session.get_one(Media, given.media_id).status is MediaStatus.WAITING


def test_colleagues_share_the_shops_files_and_other_shops_do_not(session: Session) -> None:
    media_id = uploaded(session, member(EDITS))

    queries.require_owned(session, member(EDITS, id_="per_other"), [media_id])
    with pytest.raises(NotFound):
        queries.require_owned(session, member(EDITS, seller_id="sel_b"), [media_id])


def test_a_ready_picture_has_addresses_never_wider_than_what_was_made(session: Session) -> None:
    media_id = uploaded(session, member(EDITS))

    row = queries.pictures(session, [media_id, "med_none"])[media_id]
    token = session.get_one(Media, media_id).token
    assert row.url_160 == f"/media/{token}/160.webp"
    assert row.url_960 == row.url_1600 == f"/media/{token}/960.webp"


def test_a_document_has_no_public_address(session: Session) -> None:
    media_id = uploaded(session, person(), Purpose.DOCUMENT)

    assert queries.pictures(session, [media_id]) == {}
    assert queries.picture_url(session, media_id) == ""
    assert queries.drop_file(session, media_id).url == ""


def test_a_refused_file_says_why_and_its_bytes_go(session: Session) -> None:
    given = service.permit(session, person(), Purpose.PICTURE, **PICTURE, at=MONDAY)
    service.arrived(session, person(), given.media_id, at=MONDAY)
    service.refuse(session, given.media_id, "Animated pictures are not accepted.", at=MONDAY)

    row = queries.own_picture(session, person(), given.media_id)
    assert (row.status, row.refusal) == ("refused", "Animated pictures are not accepted.")
    token = session.get_one(Media, given.media_id).token
    sizes = {rules.public_key(token, width) for width in rules.WIDTHS}
    assert owed(session, "storage.delete") == {given.key} | sizes


def test_a_verdict_on_what_nobody_asked_about_changes_nothing(session: Session) -> None:
    given = service.permit(session, person(), Purpose.PICTURE, **PICTURE, at=MONDAY)

    service.accept(session, given.media_id, LOOK, at=MONDAY)
    service.refuse(session, given.media_id, "no", at=MONDAY)

    assert session.get_one(Media, given.media_id).status is MediaStatus.WAITING


def test_attaching_replaces_what_the_owner_used_before(session: Session) -> None:
    one, two = uploaded(session, member(EDITS)), uploaded(session, member(EDITS))
    service.attach(session, member(EDITS), "listing", "lst_a", [one], at=MONDAY)
    service.attach(session, member(EDITS), "listing", "lst_b", [one], at=MONDAY)
    service.attach(session, member(EDITS), "listing", "lst_a", [two, "", two], at=MONDAY)

    assert uses(session) == {("lst_a", two), ("lst_b", one)}


def test_nobody_attaches_the_picture_of_another_shop(session: Session) -> None:
    theirs = uploaded(session, member(EDITS, seller_id="sel_b"))

    with pytest.raises(NotFound):
        service.attach(session, member(EDITS), "listing", "lst_a", [theirs], at=MONDAY)
    assert uses(session) == set()


def test_staff_carry_over_what_a_seller_chose(session: Session) -> None:
    theirs = uploaded(session, member(EDITS))

    service.attach(session, staff(), "listing_version", "ver_a", [theirs], at=MONDAY)
    with pytest.raises(NotFound):
        service.attach(session, staff(), "listing_version", "ver_b", ["med_none"], at=MONDAY)
    assert uses(session) == {("ver_a", theirs)}


def test_an_unused_file_goes_after_a_day_with_everything_made_of_it(session: Session) -> None:
    used, unused = uploaded(session, member(EDITS)), uploaded(session, member(EDITS))
    service.attach(session, member(EDITS), "listing", "lst_a", [used], at=MONDAY)
    token = session.get_one(Media, unused).token

    assert service.collect_orphans(session, at=MONDAY + timedelta(hours=24)) == 0
    assert service.collect_orphans(session, at=MONDAY + timedelta(hours=25)) == 1

    assert [row.id for row in session.exec(select(Media))] == [used]
    assert owed(session, "storage.delete") == {
        rules.incoming_key(token),
        *(rules.public_key(token, width) for width in LOOK.widths),
    }


def test_a_picture_taken_out_today_can_be_put_back_today(session: Session) -> None:
    """It was uploaded long ago: the day counts from when its last use ended."""
    media_id = uploaded(session, member(EDITS))
    service.attach(session, member(EDITS), "listing", "lst_a", [media_id], at=MONDAY)
    later = MONDAY + timedelta(days=30)
    service.detach(session, "listing", "lst_a", at=later)

    assert service.collect_orphans(session, at=later + timedelta(hours=1)) == 0
    assert service.collect_orphans(session, at=later + timedelta(hours=25)) == 1


def test_a_permit_nobody_used_goes_after_two_hours(session: Session) -> None:
    service.permit(session, person(), Purpose.PICTURE, **PICTURE, at=MONDAY)

    assert service.collect_orphans(session, at=MONDAY + timedelta(hours=1)) == 0
    assert service.collect_orphans(session, at=MONDAY + timedelta(hours=3)) == 1


@pytest.mark.parametrize(
    "reader",
    [
        person("per_bob"),
        member(EDITS, MANAGES),
        staff(Permission.SELLERS_READ),
        staff(Permission.PII_READ),
    ],
    ids=lambda actor: str(actor.kind),
)
def test_others_learn_nothing_of_a_document_and_leave_no_trace(
    session: Session, reader: Actor
) -> None:
    media_id = uploaded(session, person(), Purpose.DOCUMENT)

    with pytest.raises(NotFound):
        service.read_document(session, [reader], media_id, at=MONDAY)
    assert session.exec(select(AuditEntry)).all() == []


def test_each_reading_of_a_document_is_written_down(session: Session) -> None:
    media_id = uploaded(session, person(), Purpose.DOCUMENT)
    reviewer = staff(Permission.SELLERS_READ, Permission.PII_READ)

    for hat in (person(), reviewer, reviewer):
        found = service.read_document(session, [hat], media_id, at=MONDAY)
        assert found.key.startswith("private/kyc/per_ada/")

    entries = session.exec(select(AuditEntry)).all()
    assert [(e.action, e.actor_id, e.object_id) for e in entries] == [
        ("media.document_read", id_, media_id) for id_ in ("per_ada", "per_staff", "per_staff")
    ]


def test_an_applicants_document_becomes_the_sellers(session: Session) -> None:
    media_id = uploaded(session, person(), Purpose.DOCUMENT)
    before = service.read_document(session, [person()], media_id, at=MONDAY)
    service.hand_over(session, [media_id], "sel_a")

    assert service.read_document(session, [member(MANAGES)], media_id, at=MONDAY) == before
    for other in (person(), member(EDITS), member(MANAGES, seller_id="sel_b")):
        with pytest.raises(NotFound):
            service.read_document(session, [other], media_id, at=MONDAY)


def test_a_picture_is_no_document_to_read(session: Session) -> None:
    media_id = uploaded(session, person())

    with pytest.raises(NotFound):
        service.read_document(session, [person()], media_id, at=MONDAY)


def test_a_table_is_found_by_the_shop_that_brought_it(session: Session) -> None:
    media_id = uploaded(session, member(EDITS), Purpose.TABLE, content_type="text/csv")

    assert queries.file_for(session, member(EDITS), media_id).name == "cup.jpg"
    with pytest.raises(NotFound):
        queries.file_for(session, member(EDITS, seller_id="sel_b"), media_id)


def test_copies_of_a_picture_are_found(session: Session) -> None:
    mine, theirs = (
        uploaded(session, member(EDITS)),
        uploaded(session, member(EDITS, seller_id="sel_b")),
    )

    assert [(twin.id, twin.seller_id, twin.is_same_file) for twin in queries.twins(session, [mine])[mine]] == [
        (theirs, "sel_b", True)
    ]  # fmt: skip
