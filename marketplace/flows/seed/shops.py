"""Twelve sellers and six applications, each brought to its state by the people who would do it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, Person, SellerMember, Staff
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.media.models import Media, MediaStatus, Purpose
from marketplace.domain.media.queries import stored_file
from marketplace.domain.sellers.models import (
    RequirementKind,
    SellerApplication,
    Submission,
    Switch,
    Verdict,
)
from marketplace.domain.sellers.queries.agreements import agreement
from marketplace.domain.sellers.queries.applications import my_application
from marketplace.domain.sellers.queries.applications.mine import ApplicationView
from marketplace.domain.sellers.queries.requirements import RequirementRow
from marketplace.domain.sellers.rules import checks, forms
from marketplace.domain.sellers.service import applications, standing
from marketplace.flows import apply
from marketplace.flows.decide_application import approve
from marketplace.flows.seed.businesses import Business
from marketplace.flows.seed.papers import paper
from marketplace.kit.ids import new_id

GOOD_FOR = timedelta(days=900)
ENDS = {"expired": timedelta(days=-12), "expiring": timedelta(days=25)}
"""When the licence of such a shop ends, seen from the day of the seed."""


@dataclass(frozen=True, slots=True)
class Office:
    """The staff of the demo: one decides, the other decides on appeals."""

    first: Staff
    second: Staff


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A private file to be written into the storage by the caller."""

    key: str
    content: bytes


def papers(session: Session) -> list[PaperFile]:
    """The documents the demo's applicants handed in, for the storage."""
    rows = session.exec(select(Media).where(Media.purpose == Purpose.DOCUMENT))
    return [
        PaperFile(stored_file(row).key, paper(row.name)) for row in rows if row.sha256 == DEMO_MARK
    ]


def open_shop(
    session: Session,
    business: Business,
    person: Person,
    office: Office,
    at: datetime,
    seeded: datetime,
) -> str:
    """From the first step to the open shop; returns the seller's id."""
    id_ = write(session, business, person, at, seeded)
    _submit(session, person, id_, at)
    for staff in (office.first, office.second):  # restricted categories need both
        version = session.get_one(SellerApplication, id_).version
        seller_id = approve(session, staff, id_, level=business.level, version=version, at=at)
        if seller_id:
            break
    return seller_id


def bring_to_state(
    session: Session,
    business: Business,
    owner: Person,
    seller_id: str,
    office: Office,
    *,
    at: datetime,
    seeded: datetime,
) -> None:
    """`seeded`: today; what is told of days to come is still to come then."""
    member = SellerMember(
        id=owner.id,
        name=owner.name,
        permissions=frozenset({Permission.SHOP_READ, Permission.SHOP_MANAGE}),
        seller_id=seller_id,
        seller_name=business.name,
        role="Owner",
        proved_at=at,
    )
    match business.state:
        case "paused":
            standing.pause(session, member, until=seeded + timedelta(days=21), at=at)
        case "restricted":
            standing.restrict(
                session,
                office.first,
                seller_id,
                [Switch.BOOK_SLOTS, Switch.JOIN_EVENTS],
                reason="late_shipping",
                note="14% of orders left late in the last 30 days. Below 5% the slots open again.",
                at=at,
            )
        case "suspended":
            standing.suspend(
                session,
                office.first,
                seller_id,
                reason="identity",
                note="The filing numbers of three products belong to another company.",
                at=at,
            )
            standing.appeal(
                session,
                member,
                "三个备案号属于我们的代工厂，授权书已经补上，请再看一次。",
                at=at + timedelta(hours=5),
            )
        case "closing":
            standing.ask_to_close(session, member, at=at)


def bring_application(
    session: Session,
    business: Business,
    person: Person,
    office: Office,
    at: datetime,
    seeded: datetime,
) -> None:
    """An application in the state its business names."""
    if business.state == "draft":
        id_ = applications.start(session, person, at=at)
        _save(session, business, person, id_, at, last=3)
        return
    id_ = write(session, business, person, at, seeded)
    _submit(session, person, id_, at)
    later = at + timedelta(hours=3)
    if business.state in {"in_review", "changes"}:
        applications.take(session, office.first, id_, at=later)
        _judge(session, office, id_, "contact", at=later)
        _judge(session, office, id_, "identity", at=later)
    if business.state == "in_review":  # restricted: it waits for the second yes
        version = session.get_one(SellerApplication, id_).version
        approve(session, office.first, id_, version=version, at=later)
    if business.state == "changes":
        note = "The lower half is cut off. Please hand in the whole page."
        _judge(session, office, id_, "licence", at=later, note=note)
        wrong = {"tax_id": "This number belongs to another company."}
        _judge(session, office, id_, "legal", at=later, fields=wrong)
        version = session.get_one(SellerApplication, id_).version
        applications.request_changes(
            session, office.first, id_, "Two items, then we are done.", version=version, at=later
        )
    if business.state == "rejected":
        version = session.get_one(SellerApplication, id_).version
        applications.reject(
            session, office.first, id_, "documents",
            "The brand authorisations were not issued by the brands.", version=version, at=later,
        )  # fmt: skip
        applications.appeal(
            session,
            person,
            id_,
            "授权书由总代理签发，附上总代理的联系方式。",
            at=later + timedelta(hours=20),
        )


def write(
    session: Session, business: Business, person: Person, at: datetime, seeded: datetime
) -> str:
    """All six steps of an application; returns its id."""
    id_ = applications.start(session, person, at=at)
    _save(session, business, person, id_, at, last=6)
    for row in _view(session, person).requirements:
        if row.kind == RequirementKind.DOCUMENT and row.is_required:
            media_id = _document(session, person, row, at)
            ends = _end(business, row, at, seeded)
            applications.hand_in(session, person, id_, row.id, media_id, ends, at=at)
        if row.kind == RequirementKind.ATTESTATION:
            applications.hand_in(session, person, id_, row.id, "", None, at=at)
    return id_


def _save(
    session: Session, business: Business, person: Person, id_: str, at: datetime, *, last: int
) -> None:
    """The steps up to `last`, documents apart."""
    version = _view(session, person).version
    version = applications.save_contact(
        session, person, id_, _contact(business), version=version, at=at
    )
    kind = forms.BusinessTypeForm(
        business_type=business.business_type,  # type: ignore[arg-type]  # one of the four
        country="CN" if business.business_type != "cross_border" else "DK",
    )
    version = applications.save_business_type(session, person, id_, kind, version=version, at=at)
    version = applications.save_legal(
        session, person, id_, _legal(business), version=version, at=at
    )
    if last < 6:
        return
    shop = _shop(session, business)
    version = apply.save_shop(session, person, id_, shop, version=version, at=at)
    version = applications.save_bank(session, person, id_, _bank(business), version=version, at=at)
    newest = agreement(session, at).version
    applications.accept_agreement(session, person, id_, newest, version=version, at=at)


def _submit(session: Session, person: Person, id_: str, at: datetime) -> None:
    version = session.get_one(SellerApplication, id_).version
    applications.submit(session, person, id_, version=version, at=at)


def _view(session: Session, person: Person) -> ApplicationView:
    view = my_application(session, person)
    assert view is not None
    return view


def _judge(
    session: Session,
    office: Office,
    application_id: str,
    code: str,
    *,
    at: datetime,
    note: str = "",
    fields: dict[str, str] | None = None,
) -> None:
    """Refused with a note or with what is wrong by field, accepted with neither."""
    verdict = Verdict.REJECTED if note or fields else Verdict.ACCEPTED
    row = session.get_one(SellerApplication, application_id)
    person = Person(id=row.person_id, name="")
    wanted = {one.code: one for one in _view(session, person).requirements}[code]
    given = session.get_one(Submission, wanted.submission_id)
    applications.judge(session, office.first, given.id, verdict, note=note, fields=fields, at=at)


def _contact(business: Business) -> forms.ContactForm:
    return forms.ContactForm(
        contact_name=business.owner,
        email=f"{business.key}@jishi.example",
        phone=f"+86 138 {_digits(business, 8)}",
        job_title="Owner",
    )


def _legal(business: Business) -> forms.LegalForm:
    is_foreign = business.business_type == "cross_border"
    return forms.LegalForm(
        legal_name=business.firm,
        registration_number=_digits(business, 10)
        if is_foreign
        else fitting(f"91330{_digits(business, 12)}", checks.USCC, checks.is_credit_code),
        tax_id=f"DK{_digits(business, 8)}" if is_foreign else "",
        region="",
        city=business.city,
        street="18 Canal Road",
        postcode="323700",
        representative_name=business.owner,
        representative_id=""
        if is_foreign
        else fitting(
            f"33010219{_digits(business, 9)}", checks.IDENTITY_SIGNS, checks.is_identity_number
        ),
        owner_names=business.owner,
    )


def _shop(session: Session, business: Business) -> forms.ShopForm:
    nodes = {node.slug: node.id for node in taxonomy.tree(session)}
    return forms.ShopForm(
        shop_name=business.name,
        shop_name_zh=business.name_zh,
        slug=business.slug,
        about=business.about,
        about_zh=business.about_zh,
        category_ids=[nodes[business.shelf]],
        ship_city=business.city,
        ship_street="18 Canal Road",
        ship_postcode="323700",
        ship_phone=f"+86 138 {_digits(business, 8)}",
    )


def _bank(business: Business) -> forms.BankForm:
    shares = "northlight-audio" if business.state == "submitted_twin" else business.slug
    return forms.BankForm(
        bank_holder=business.firm,
        bank_name="Bank of the River" if business.locale == "en" else "江河银行",
        bank_country="CN",
        bank_number=fitting(f"62220{_number(shares, 13)}", "0123456789", checks.is_card_number),
    )


def fitting(body: str, signs: str, is_fit: object) -> str:
    """`body` with the one sign behind it that makes the number pass its check."""
    return next(body + sign for sign in signs if is_fit(body + sign))  # type: ignore[operator]


def _digits(business: Business, count: int) -> str:
    return _number(business.slug, count)


def _number(text: str, count: int) -> str:
    """Digits that belong to a text, the same on every machine."""
    return str(int.from_bytes(text.encode().ljust(16, b"."), "big"))[-count:]


def _end(business: Business, row: RequirementRow, at: datetime, seeded: datetime) -> date | None:
    if not row.expires:
        return None
    if row.code == "licence" and business.state in ENDS:
        return (seeded + ENDS[business.state]).date()
    return (at + GOOD_FOR).date()


DEMO_MARK = "demo"
"""Stands where the checksum would: these papers were never uploaded."""


def _document(session: Session, person: Person, row: RequirementRow, at: datetime) -> str:
    name = f"{row.code}.pdf"
    media = Media(
        id=new_id("med"),
        purpose=Purpose.DOCUMENT,
        status=MediaStatus.READY,
        person_id=person.id,
        name=name,
        content_type="application/pdf",
        size=len(paper(name)),
        sha256=DEMO_MARK,
        token=new_id("med")[4:].ljust(32, "0")[:32],
        widths=[],
        created_at=at,
        idle_since=at,
        ready_at=at,
    )
    session.add(media)
    session.flush()
    return media.id
