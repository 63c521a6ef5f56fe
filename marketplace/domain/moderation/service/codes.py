"""The rules listings can break, and the words they may not carry."""

from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import service as audit
from marketplace.domain.moderation.models import ForbiddenWord, PolicyCode
from marketplace.domain.moderation.rules.codes import DEFAULTS, CodeForm, WordForm
from marketplace.domain.moderation.rules.words import key_of
from marketplace.kit.errors import Invalid, NotFound
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.rows import insert_if_absent
from marketplace.kit.text import Key


def install_defaults(session: Session) -> None:
    """The rules every marketplace starts with; what staff changed since stays. Harmless twice."""
    for place, one in enumerate(DEFAULTS):
        insert_if_absent(
            session,
            PolicyCode,
            code=one.code,
            name=one.name,
            name_zh=one.name_zh,
            advice=one.advice,
            advice_zh=one.advice_zh,
            points=one.points,
            decay_days=180,
            position=place,
            is_active=True,
        )


def save_code(session: Session, staff: Staff, code: Key, form: CodeForm, *, at: datetime) -> None:
    """A new rule, or new words for it. Points of violations in the past stay as they were."""
    staff.require(Permission.MODERATION_DECIDE)
    row = session.get(PolicyCode, code)
    before = row.model_dump() if row else None
    if row is None:
        row = PolicyCode(code=code, name="", name_zh="", advice="", advice_zh="", position=999)
    for name, value in form.model_dump().items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    audit.record(
        session,
        staff,
        "moderation.code_saved",
        "policy_code",
        code,
        at=at,
        before=before,
        after=row.model_dump(),
    )


def save_word(session: Session, staff: Staff, form: WordForm, *, at: datetime) -> str:
    """One more forbidden word, or the other rule and force of one there is. Returns its id.

    Raises `Invalid`.
    """
    staff.require(Permission.MODERATION_DECIDE)
    key = key_of(form.word)
    if not key:
        raise Invalid({"word": N_("Enter a word with letters or characters.")})
    if session.get(PolicyCode, form.code) is None:
        raise Invalid({"code": N_("Choose a reason.")})
    row = session.exec(select(ForbiddenWord).where(ForbiddenWord.word_key == key)).first()
    if row is None:
        row = ForbiddenWord(
            id=new_id("fwd"), word=form.word, word_key=key, code=form.code, blocks=form.blocks
        )
    row.word, row.code, row.blocks = form.word, form.code, form.blocks
    session.add(row)
    session.flush()
    _audit(session, staff, "moderation.word_saved", row, at=at)
    return row.id


def remove_word(session: Session, staff: Staff, word_id: str, *, at: datetime) -> None:
    """Raises `NotFound`."""
    staff.require(Permission.MODERATION_DECIDE)
    row = session.get(ForbiddenWord, word_id)
    if row is None:
        raise NotFound
    session.delete(row)
    _audit(session, staff, "moderation.word_removed", row, at=at)


def _audit(
    session: Session, staff: Staff, action: str, row: ForbiddenWord, *, at: datetime
) -> None:
    audit.record(
        session,
        staff,
        action,
        "forbidden_word",
        row.id,
        at=at,
        after={"word": row.word, "code": row.code, "blocks": row.blocks},
    )
