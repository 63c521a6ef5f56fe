"""What can be done with files: permit, take in, judge, use, and forget what nobody uses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import update
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Actor, SellerMember, Staff, System
from marketplace.domain.audit import service as audit
from marketplace.domain.media import queries, rules
from marketplace.domain.media.models import Media, MediaStatus, MediaUse, Purpose
from marketplace.domain.media.queries import StoredFile
from marketplace.domain.outbox import service as outbox
from marketplace.kit.errors import NotFound, Throttled
from marketplace.kit.ids import new_id

PROCESS = "media.process"
HOUR = timedelta(hours=1)
BATCH = 200


@dataclass(frozen=True, slots=True)
class Permit:
    """What may be uploaded: exactly this key and type, within these bytes."""

    media_id: str
    key: str
    content_type: str
    least_bytes: int
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What a worker found out about a file that passed."""

    content_type: str
    size: int
    sha256: str
    width: int = 0
    height: int = 0
    widths: tuple[int, ...] = ()
    fingerprint: str = ""
    colour: str = ""


def permit(
    session: Session,
    actor: Actor,
    purpose: Purpose,
    *,
    name: str,
    size: int,
    content_type: str,
    at: datetime,
) -> Permit:
    """Allow one upload. Raises `NotAllowed`, `WrongType`, `TooLarge`, `Empty`, `Throttled`."""
    rules.require_may_upload(actor, purpose)
    rules.require_acceptable(purpose, size=size, content_type=content_type)
    if queries.begun_since(session, actor.id, at - HOUR) >= rules.MOST_AN_HOUR:
        raise Throttled(int(HOUR.total_seconds()))
    row = _begun(session, actor, purpose, name=name, content_type=content_type, at=at)
    most = rules.LIMITS[purpose].most_bytes
    return Permit(row.id, rules.incoming_key(row.token), content_type, 1, most)


def begin(
    session: Session, actor: Actor, purpose: Purpose, *, name: str, content_type: str, at: datetime
) -> Permit:
    """As `permit` for a file one of our own jobs brings; it counts against nobody's hour."""
    rules.require_may_upload(actor, purpose)
    rules.require_acceptable(purpose, size=1, content_type=content_type)
    row = _begun(session, actor, purpose, name=name, content_type=content_type, at=at)
    most = rules.LIMITS[purpose].most_bytes
    return Permit(row.id, rules.incoming_key(row.token), content_type, 1, most)


def arrived(session: Session, actor: Actor, media_id: str, *, at: datetime) -> None:
    """The file was sent: have it checked. Told twice it changes nothing. Raises `NotFound`."""
    row = _own_locked(session, actor, media_id)
    if row.status is not MediaStatus.WAITING:
        return
    _turn(row, MediaStatus.CHECKING)
    outbox.put(session, PROCESS, f"{PROCESS}:{row.id}", {"media_id": row.id}, at=at)


def accept(session: Session, media_id: str, findings: Findings, *, at: datetime) -> None:
    """For the worker: the file is what it claims to be, and its public form is written."""
    row = _locked(session, media_id)
    if row is None or row.status is not MediaStatus.CHECKING:  # somebody else was quicker
        return
    _turn(row, MediaStatus.READY)
    row.content_type, row.size, row.sha256 = findings.content_type, findings.size, findings.sha256
    row.width, row.height, row.widths = findings.width, findings.height, list(findings.widths)
    row.fingerprint, row.colour, row.ready_at = findings.fingerprint, findings.colour, at
    if row.purpose is Purpose.DOCUMENT:  # it has a place of its own now
        _forget_file(session, rules.incoming_key(row.token), at=at)


def refuse(session: Session, media_id: str, reason: str, *, at: datetime) -> None:
    """For the worker: the file is gone, its uploader reads why. `reason` is a message id."""
    row = _locked(session, media_id)
    if row is None or row.status is not MediaStatus.CHECKING:
        return
    _turn(row, MediaStatus.REFUSED)
    row.refusal = reason
    for key in _keys(row):
        _forget_file(session, key, at=at)


def attach(
    session: Session,
    actor: Actor,
    owner_kind: str,
    owner_id: str,
    media_ids: Iterable[str],
    *,
    at: datetime,
) -> None:
    """From now on the owner uses these files and no others. Raises `NotFound`.

    People may use their own files, or what the owner has anyway; staff and jobs carry over what
    others chose. What loses its last use is collected a day later.
    """
    wanted = {media_id for media_id in media_ids if media_id}
    used = _uses(session, owner_kind, owner_id)
    new = wanted - used.keys()
    if isinstance(actor, Staff | System):
        if len(queries.readiness(session, new)) != len(new):
            raise NotFound
    else:
        queries.require_owned(session, actor, new)
    _release(session, [used[media_id] for media_id in used.keys() - wanted], at=at)
    session.add_all(
        MediaUse(media_id=media_id, owner_kind=owner_kind, owner_id=owner_id) for media_id in new
    )
    session.flush()


def detach(session: Session, owner_kind: str, owner_id: str, *, at: datetime) -> None:
    """The owner uses no file any more."""
    _release(session, list(_uses(session, owner_kind, owner_id).values()), at=at)


def hand_over(session: Session, media_ids: Iterable[str], seller_id: str) -> None:
    """An applicant became a seller: what they handed in is the seller's from now on."""
    wanted = [media_id for media_id in media_ids if media_id]
    for row in session.exec(select(Media).where(col(Media.id).in_(wanted)).with_for_update()):
        row.seller_id = seller_id
        session.add(row)
    session.flush()


def read_document(
    session: Session, hats: Sequence[Actor], media_id: str, *, at: datetime
) -> StoredFile:
    """Where the document lies, for whichever hat may read it; each reading is in the audit log.

    Raises `NotFound`.
    """
    for hat in hats:
        try:
            row = queries.readable_document(session, hat, media_id)
        except NotFound:
            continue
        audit.record(
            session,
            hat,
            "media.document_read",
            "media",
            row.id,
            at=at,
            seller_id=row.seller_id,
        )
        return queries.stored_file(row)
    raise NotFound


def place(
    session: Session,
    *,
    token: str,
    person_id: str,
    seller_id: str = "",
    name: str = "",
    findings: Findings,
    at: datetime,
) -> str:
    """Enter a picture of our own making, whose public files are written already: its id."""
    row = Media(
        id=new_id("med"),
        purpose=Purpose.PICTURE,
        status=MediaStatus.READY,
        seller_id=seller_id,
        person_id=person_id,
        name=name,
        content_type=findings.content_type,
        size=findings.size,
        width=findings.width,
        height=findings.height,
        sha256=findings.sha256,
        fingerprint=findings.fingerprint,
        colour=findings.colour,
        token=token,
        widths=list(findings.widths),
        created_at=at,
        idle_since=at,
        ready_at=at,
    )
    session.add(row)
    session.flush()
    return row.id


def collect_orphans(session: Session, *, at: datetime) -> int:
    """Forget files without a use, a batch at a time; the files themselves go by the outbox."""
    gone = queries.orphans(session, at=at, limit=BATCH)
    for row in gone:
        for key in _keys(row):
            _forget_file(session, key, at=at)
        session.delete(row)
    session.flush()
    return len(gone)


def new_file_token() -> str:
    """128 random bits; whoever does not know it finds no file (SEC-38)."""
    return token_hex(16)


def _begun(
    session: Session, actor: Actor, purpose: Purpose, *, name: str, content_type: str, at: datetime
) -> Media:
    row = Media(
        id=new_id("med"),
        purpose=purpose,
        status=MediaStatus.WAITING,
        seller_id=actor.seller_id if isinstance(actor, SellerMember) else "",
        person_id=actor.id,
        name=name[:200],
        content_type=content_type,
        token=new_file_token(),
        created_at=at,
        idle_since=at,
    )
    session.add(row)
    session.flush()
    return row


def _keys(row: Media) -> list[str]:
    """All that may lie in the store: of a picture whose making broke off, some of its sizes."""
    made = rules.WIDTHS if row.purpose is Purpose.PICTURE and not row.widths else row.widths
    return [
        rules.incoming_key(row.token),
        *(rules.public_key(row.token, width) for width in made),
        *([queries.stored_file(row).key] if row.purpose is Purpose.DOCUMENT else []),
    ]


def _release(session: Session, uses: Sequence[MediaUse], *, at: datetime) -> None:
    """From the last use on, a day is left to take the file up again: an undo, an earlier version."""
    for use in uses:
        session.delete(use)
    released = [use.media_id for use in uses]
    session.exec(update(Media).where(col(Media.id).in_(released)).values(idle_since=at))
    session.flush()


def _forget_file(session: Session, key: str, *, at: datetime) -> None:
    outbox.put(session, "storage.delete", f"storage.delete:{key}", {"key": key}, at=at)


def _turn(row: Media, status: MediaStatus) -> None:
    rules.MACHINE.check(row.status, status)
    row.status = status


def _own_locked(session: Session, actor: Actor, media_id: str) -> Media:
    row = _locked(session, media_id)
    if row is None or not queries.is_owner(actor, row):
        raise NotFound
    return row


def _locked(session: Session, media_id: str) -> Media | None:
    return session.exec(select(Media).where(Media.id == media_id).with_for_update()).first()


def _uses(session: Session, owner_kind: str, owner_id: str) -> dict[str, MediaUse]:
    found = session.exec(
        select(MediaUse).where(MediaUse.owner_kind == owner_kind, MediaUse.owner_id == owner_id)
    )
    return {use.media_id: use for use in found}
