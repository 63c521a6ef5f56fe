"""The worker's part: files checked through the outbox, brought in by jobs, collected when unused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from marketplace import db, integrations
from marketplace.domain.access.models import System
from marketplace.domain.media import queries, rules, service
from marketplace.domain.media.models import Media, MediaStatus, Purpose
from marketplace.domain.outbox.models import MessageStatus, OutboxMessage
from marketplace.integrations import pictures
from marketplace.jobs import media
from marketplace.jobs.deliver import deliver
from marketplace.kit.errors import Invalid
from marketplace.ports import ObjectStorage
from marketplace.settings import settings
from tests.conftest import FrozenClock
from tests.make.object_store import ObjectStore
from tests.make.people import member, person_row
from tests.make.pictures import CANARY, a_pdf, a_photo_with_a_place, a_picture, a_zip

JOB = System(id="per_ada", name="A test")
JPEG = {"name": "cup.jpg", "content_type": "image/jpeg"}


@pytest.fixture(params=["disk", "s3"])
def storage(
    request: pytest.FixtureRequest, running_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> ObjectStorage:
    """The local disk, and a real S3 API."""
    if request.param == "s3":
        running_store.empty()
        for name, value in running_store.settings().items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        integrations.storage.cache_clear()
    return integrations.storage()


@pytest.fixture
def bring(database: str, clock_at: FrozenClock) -> Callable[..., str]:
    db.call(lambda session: person_row(session, id="per_ada").id)

    def work(data: bytes, purpose: Purpose = Purpose.PICTURE) -> str:
        return media.bring_in(JOB, data, **JPEG, purpose=purpose)

    return work


def row_of(media_id: str) -> Media:
    def find(session: Session) -> Media:
        row = session.get_one(Media, media_id)
        session.expunge(row)
        return row

    return db.call_reading(find)


def content(storage: ObjectStorage, key: str) -> bytes:
    with storage.open(key) as file:
        return file.read()


def test_a_picture_ends_as_public_forms_and_a_private_original(
    bring: Callable[..., str], storage: ObjectStorage
) -> None:
    photo = a_photo_with_a_place()
    row = row_of(bring(photo))

    assert (row.status, row.widths, row.width, row.height) == (
        MediaStatus.READY,
        [160, 480],
        400,
        800,
    )
    assert content(storage, rules.incoming_key(row.token)) == photo
    for width in row.widths:
        assert CANARY not in content(storage, rules.public_key(row.token, width))


def test_a_paper_ends_in_a_private_place_of_its_own_and_its_original_goes(
    bring: Callable[..., str], storage: ObjectStorage
) -> None:
    row = row_of(bring(a_photo_with_a_place(), Purpose.DOCUMENT))
    deliver("test")

    made = content(storage, rules.document_key("per_ada", row.token))
    assert made[8:12] == b"WEBP" and CANARY not in made
    with pytest.raises(FileNotFoundError):
        storage.open(rules.incoming_key(row.token))


def test_a_paper_exchanged_while_it_is_checked_is_not_what_is_kept(
    storage: ObjectStorage, bring: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The permit to upload is good for minutes more, and may be used again on S3."""
    examine = pictures.examine

    def exchange(purpose: str, data: bytes) -> pictures.Made:
        made = examine(purpose, data)
        for key in list(_incoming()):
            storage.write(key, [a_pdf(b"/OpenAction<</S/JavaScript>>")])
        return made

    monkeypatch.setattr(media.pictures, "examine", exchange)
    paper = row_of(bring(a_pdf(), Purpose.DOCUMENT))
    with storage.open(rules.document_key("per_ada", paper.token)) as file:
        assert file.read() == a_pdf()


def test_a_picture_whose_sizes_were_written_in_part_leaves_nothing_public(
    database: str, storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch, clock_at: FrozenClock
) -> None:
    db.call(lambda session: person_row(session, id="per_ada").id)
    permit = db.call(service.begin, JOB, Purpose.PICTURE, **JPEG, at=clock_at.moment)
    storage.write(permit.key, [a_picture()], "image/jpeg")
    db.call(service.arrived, JOB, permit.media_id, at=clock_at.moment)
    processing = db.call_reading(media.prepare, {"media_id": permit.media_id})
    assert processing
    write = type(storage).write

    def full(self: ObjectStorage, key: str, *rest: Any) -> None:
        if key.endswith("/480.webp"):
            raise OSError("no space left")
        write(self, key, *rest)

    with monkeypatch.context() as broken:
        broken.setattr(type(storage), "write", full)
        with pytest.raises(OSError, match="no space"):
            media.perform(processing)
    assert [key.rpartition("/")[2] for key in storage.keys("public/")] == ["160.webp"]
    db.call(media.give_up, {"media_id": permit.media_id}, "OSError")
    deliver("test")

    assert list(storage.keys("public/")) == []
    assert row_of(permit.media_id).status is MediaStatus.REFUSED


def _incoming() -> list[str]:
    def find(session: Session) -> list[str]:
        return [rules.incoming_key(token) for token in session.exec(select(Media.token))]

    return db.call_reading(find)


def test_what_nobody_uses_is_gone_from_the_store_a_day_later(
    bring: Callable[..., str], storage: ObjectStorage, clock_at: FrozenClock
) -> None:
    kept, lost = bring(a_picture()), row_of(bring(a_picture(800, 400)))
    db.call(service.attach, JOB, "listing", "lst_a", [kept], at=clock_at.moment)
    clock_at.moment += timedelta(hours=25)

    assert media.collect_orphans("w") == {"files": 1}
    deliver("test")
    assert media.collect_orphans("w") == {"files": 0}

    token = row_of(kept).token
    assert list(storage.keys("public/")) == [f"public/{token}/{w}.webp" for w in (160, 480, 960)]
    assert list(storage.keys("private/incoming/")) == [rules.incoming_key(token)]
    assert db.call_reading(queries.pictures, [lost.id]) == {}


def test_a_job_hears_at_once_why_a_file_was_refused(bring: Callable[..., str]) -> None:
    with pytest.raises(Invalid) as refused:
        bring(a_zip())

    assert refused.value.fields == {
        "": "This file is no picture we can read. Accepted: JPEG, PNG, WebP."
    }


def test_a_file_larger_than_its_permit_said_is_refused_by_the_worker_too(
    bring: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An object store that forgot its own policy would change nothing."""
    small = rules.Limit(rules.PICTURE_TYPES, "", 1000)
    monkeypatch.setitem(rules.LIMITS, Purpose.PICTURE, small)

    with pytest.raises(Invalid) as refused:
        bring(a_picture())
    assert refused.value.fields == {"": "The file is larger than it said."}


def test_a_crash_between_checking_and_recording_repeats_without_harm(
    bring: Callable[..., str], monkeypatch: pytest.MonkeyPatch, clock_at: FrozenClock
) -> None:
    examine = pictures.examine

    def crash(_purpose: str, _data: bytes) -> pictures.Made:
        raise RuntimeError("the machine went away")

    monkeypatch.setattr(pictures, "examine", crash)
    with pytest.raises(RuntimeError):
        bring(a_picture())
    assert deliver("test")["failed"] == 1
    monkeypatch.setattr(pictures, "examine", examine)
    clock_at.moment += timedelta(minutes=5)

    assert deliver("test")["delivered"] == 1
    rows = db.call_reading(lambda session: [row.status for row in session.exec(select(Media))])
    assert rows == [MediaStatus.READY]


def test_a_file_nobody_can_check_is_given_up_with_a_sentence(
    bring: Callable[..., str], monkeypatch: pytest.MonkeyPatch, clock_at: FrozenClock
) -> None:
    def crash(_purpose: str, _data: bytes) -> pictures.Made:
        raise RuntimeError("it never works")

    monkeypatch.setattr(pictures, "examine", crash)
    with pytest.raises(RuntimeError):
        bring(a_picture())
    for _ in range(12):
        deliver("test")
        clock_at.moment += timedelta(hours=8)

    def ends(session: Session) -> tuple[set[MessageStatus], list[str]]:
        sent = session.exec(
            select(OutboxMessage.status).where(OutboxMessage.topic == "media.process")
        )
        return set(sent), [row.refusal for row in session.exec(select(Media))]

    assert db.call_reading(ends) == ({MessageStatus.DEAD}, [media.BROKEN])


def test_a_shops_job_brings_files_of_the_shop(
    bring: Callable[..., str], clock_at: FrozenClock
) -> None:
    seller = member(*rules.MEMBERS_NEED[Purpose.PICTURE], id_="per_ada")
    media_id = media.bring_in(seller, a_picture(), **JPEG)

    assert row_of(media_id).seller_id == seller.seller_id
