"""What waits for somebody, and how the place is doing: the two home pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, SellerMember, Staff
from marketplace.domain.accounts.models import Invitation, PersonAccount, StaffRole
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import Listing
from marketplace.domain.jobs.models import JobRun, RunStatus
from marketplace.domain.jobs.queries.runs import last_result
from marketplace.domain.moderation.queries import counts as reviews_waiting
from marketplace.domain.notifications.models import Mail, MailStatus
from marketplace.domain.outbox.models import MessageStatus, OutboxMessage
from marketplace.domain.sellers.models import (
    ApplicationStatus,
    Seller,
    SellerApplication,
    SellerMembership,
    SellerStatus,
)
from marketplace.domain.sellers.queries import applications
from marketplace.domain.sellers.queries.documents import expiring
from marketplace.domain.sellers.rules.applications import WAITING
from marketplace.kit.languages import N_
from marketplace.kit.paging import ListQuery

RECENT = timedelta(days=1)
ACTIVITY_ROWS = 8


@dataclass(frozen=True, slots=True)
class Queue:
    """Something that waits: how much of it, since when, and where to deal with it."""

    code: str
    title: str
    count: int
    oldest: str
    """ISO 8601, UTC; empty if nothing waits."""
    link: str
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class Light:
    """One part of the system: well or not, and a few words."""

    code: str
    title: str
    is_well: bool
    detail: str
    words: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    actor: str
    actor_kind: str
    action: str
    object_kind: str
    object_id: str
    at: str


@dataclass(frozen=True, slots=True)
class AdminOverview:
    queues: list[Queue]
    lights: list[Light]
    activity: list[ActivityRow]
    people: int
    sellers: int
    staff: int


@dataclass(frozen=True, slots=True)
class ShopOverview:
    name: str
    name_zh: str
    status: str
    about: str
    about_zh: str
    members: int
    invitations: int
    listings: int
    activity: list[ActivityRow]


def admin_overview(session: Session, staff: Staff, *, at: datetime) -> AdminOverview:
    """The back office's home. Activity is shown to those who may read the audit log."""
    staff.require(Permission.BACK_OFFICE)
    queues = [queue for queue, permission in _queues(session, at) if staff.can(permission)]
    queues += _reviews(session, staff, at)
    queues += _applications(session, staff)
    queues += _documents(session, staff)
    return AdminOverview(
        sorted(queues, key=lambda queue: (not queue.is_urgent, -queue.count)),
        _lights(session, at),
        _activity(session, "") if staff.can(Permission.AUDIT_READ) else [],
        _count(session, select(PersonAccount)),
        _count(session, select(Seller).where(Seller.status == SellerStatus.OPEN)),
        session.exec(select(func.count(func.distinct(StaffRole.person_id)))).one(),
    )


def shop_overview(session: Session, member: SellerMember, *, at: datetime) -> ShopOverview:
    """The seller portal's home: the member's own shop, nobody else's."""
    member.require(Permission.SHOP_READ)
    shop = session.get_one(Seller, member.seller_id)
    invitations = select(Invitation).where(
        Invitation.seller_id == shop.id,
        col(Invitation.accepted_at).is_(None),
        col(Invitation.revoked_at).is_(None),
        col(Invitation.expires_at) > at,
    )
    return ShopOverview(
        shop.name,
        shop.name_zh or shop.name,
        shop.status.value,
        shop.about,
        shop.about_zh or shop.about,
        _count(session, select(SellerMembership).where(SellerMembership.seller_id == shop.id)),
        _count(session, invitations),
        _count(session, select(Listing).where(Listing.seller_id == shop.id)),
        _activity(session, shop.id) if member.can(Permission.SHOP_MEMBERS) else [],
    )


REVIEWS = {
    "new": N_("New listings to review"),
    "edits": N_("Edits to review"),
    "looks": N_("On sale, to look at"),
    "reported": N_("Reported listings"),
    "appeals": N_("Appeals about listings"),
}
LATE = timedelta(days=1)


def _reviews(session: Session, staff: Staff, at: datetime) -> list[Queue]:
    """One counter per queue of the moderation desk; urgent once the oldest waits over a day."""
    if not staff.can(Permission.MODERATION_DECIDE):
        return []
    return [
        Queue(
            f"reviews_{tab}",
            REVIEWS[tab],
            found.count,
            found.oldest,
            f"/admin/moderation?tab={tab}",
            bool(found.oldest) and datetime.fromisoformat(found.oldest) < at - LATE,
        )
        for tab, found in reviews_waiting(session, staff).items()
    ]


def _applications(session: Session, staff: Staff) -> list[Queue]:
    """The rows that the links open, no more; urgent once an answer is late."""
    if not staff.can(Permission.SELLERS_READ):
        return []
    row, is_late = SellerApplication, applications.counts(session, staff).late > 0
    waiting = select(row).where(col(row.status).in_(WAITING))
    appeals = select(row).where(
        row.status == ApplicationStatus.REJECTED,
        row.appeal != "",
        col(row.appeal_decided_at).is_(None),
    )
    at, link = row.submitted_at, "/admin/applications"
    return [
        _queue(
            session, "applications", N_("Applications to sell"), waiting, at, link,
            is_urgent=is_late,
        ),
        _queue(
            session, "application_appeals", N_("Appeals of applicants"), appeals,
            row.appealed_at, f"{link}?status=appeal", is_urgent=False,
        ),
    ]  # fmt: skip


def _documents(session: Session, staff: Staff) -> list[Queue]:
    """As the page of documents counts them; urgent once one of a shop has ended."""
    if not staff.can(Permission.SELLERS_READ):
        return []

    def count(*states: str) -> int:
        return expiring(session, staff, ListQuery(filters={"state": states}, size=1)).total

    link, ended = "/admin/sellers/documents", count("expired")
    return [
        Queue(
            "documents_ending", N_("Documents that end"), count("soon", "expired"), "",
            f"{link}?state=soon,expired", is_urgent=ended > 0,
        ),
        Queue(
            "documents_renewed", N_("Renewed documents"), count("pending"), "",
            f"{link}?state=pending", is_urgent=False,
        ),
    ]  # fmt: skip


def _queues(session: Session, at: datetime) -> list[tuple[Queue, Permission]]:
    failed_runs = select(JobRun).where(
        JobRun.status == RunStatus.FAILED, col(JobRun.started_at) > at - RECENT
    )
    dead = select(OutboxMessage).where(OutboxMessage.status == MessageStatus.DEAD)
    letters = select(Mail).where(Mail.status == MailStatus.FAILED)
    open_invitations = select(Invitation).where(
        Invitation.seller_id == "",
        col(Invitation.accepted_at).is_(None),
        col(Invitation.revoked_at).is_(None),
    )
    without_code = select(PersonAccount).where(
        col(PersonAccount.id).in_(select(StaffRole.person_id)),
        col(PersonAccount.totp_enrolled_at).is_(None),
        col(PersonAccount.disabled_at).is_(None),
    )
    return [
        (
            _queue(
                session,
                "jobs",
                N_("Failed jobs"),
                failed_runs,
                JobRun.started_at,
                "/admin/jobs?status=failed",
            ),
            Permission.JOBS_READ,
        ),
        (
            _queue(
                session,
                "dead",
                N_("Undelivered messages"),
                dead,
                OutboxMessage.created_at,
                "/admin/jobs?tab=dead",
            ),
            Permission.JOBS_READ,
        ),
        (
            _queue(
                session,
                "mail",
                N_("Mail not sent"),
                letters,
                Mail.created_at,
                "/admin/mail?status=failed",
            ),
            Permission.MAIL_READ,
        ),
        (
            _queue(
                session,
                "two_step",
                N_("Staff without two-step sign-in"),
                without_code,
                PersonAccount.created_at,
                "/admin/staff?state=no_second_factor",
                is_urgent=False,
            ),
            Permission.STAFF_READ,
        ),
        (
            _queue(
                session,
                "invitations",
                N_("Open staff invitations"),
                open_invitations,
                Invitation.invited_at,
                "/admin/staff/invitations",
                is_urgent=False,
            ),
            Permission.STAFF_READ,
        ),
    ]


def _queue(
    session: Session,
    code: str,
    title: str,
    rows: Select[Any],
    since: Any,
    link: str,
    *,
    is_urgent: bool = True,
) -> Queue:
    found = rows.subquery()
    count, oldest = session.execute(
        select(func.count(), func.min(found.c[since.key])).select_from(found)
    ).one()
    return Queue(
        code, title, count, oldest.isoformat() if oldest else "", link, is_urgent and count > 0
    )


def _lights(session: Session, at: datetime) -> list[Light]:
    waiting = _count(
        session, select(OutboxMessage).where(OutboxMessage.status == MessageStatus.WAITING)
    )
    late = _count(
        session,
        select(OutboxMessage).where(
            OutboxMessage.status == MessageStatus.WAITING,
            col(OutboxMessage.due_at) < at - timedelta(minutes=15),
        ),
    )
    runs = select(func.max(JobRun.finished_at)).where(JobRun.status == RunStatus.DONE)
    last = session.exec(runs).one()
    checks = last_result(session, "books.check")
    red = int(checks[1].get("red", 0)) if checks else 0
    kind = "PostgreSQL" if session.get_bind().dialect.name == "postgresql" else "SQLite"
    return [
        Light("database", N_("Database"), True, "{kind}", {"kind": kind}),
        Light(
            "outbox",
            N_("Outgoing messages"),
            late == 0,
            N_("{waiting} waiting, {late} late"),
            {"waiting": waiting, "late": late},
        ),
        Light(
            "jobs",
            N_("Background jobs"),
            last is not None and at - last < timedelta(minutes=30),
            N_("last run {at}") if last else N_("never ran"),
            {"at": last.isoformat() if last else ""},
        ),
        Light(
            "books",
            N_("Books"),
            checks is not None and red == 0,
            N_("{n} of {all} checks fail") if checks else N_("not checked yet"),
            {"n": red, "all": int(checks[1].get("checked", 0)) if checks else 0},
        ),
    ]


def _activity(session: Session, seller_id: str) -> list[ActivityRow]:
    rows = select(AuditEntry).order_by(col(AuditEntry.seq).desc()).limit(ACTIVITY_ROWS)
    if seller_id:
        rows = rows.where(AuditEntry.seller_id == seller_id)
    return [
        ActivityRow(
            row.actor_name,
            row.actor_kind,
            row.action,
            row.object_kind,
            row.object_id,
            row.at.isoformat(),
        )
        for row in session.exec(rows)
    ]


def _count(session: Session, rows: Select[Any]) -> int:
    return session.exec(select(func.count()).select_from(rows.subquery())).one()
