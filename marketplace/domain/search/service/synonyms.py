"""What staff do with synonyms: words that find the same goods."""

from datetime import datetime

from pydantic import Field
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff, System
from marketplace.domain.audit import service as audit
from marketplace.domain.search.models import Synonym
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.text import Name, Payload
from marketplace.kit.words import fold, words

MOST_OTHERS = 12


class SynonymForm(Payload):
    """`word` is what people type; `others` what it finds as well, and back unless one-way."""

    word: Name
    others: tuple[Name, ...] = Field(default=(), max_length=40)
    is_one_way: bool = False


def create_synonym(
    session: Session, actor: Staff | System, form: SynonymForm, *, at: datetime
) -> str:
    """Returns its id. Raises `Invalid`."""
    actor.require(Permission.CATALOG_MANAGE)
    _check(session, form, own_id="")
    row = Synonym(id=new_id("syn"), word="", word_key="", version=0)
    _fill(session, row, form)
    audit.record(
        session, actor, "search.synonym_created", "synonym", row.id, at=at, after=_told(row)
    )
    return row.id


def update_synonym(
    session: Session,
    actor: Staff | System,
    synonym_id: str,
    form: SynonymForm,
    *,
    version: int,
    at: datetime,
) -> None:
    """Raises `Invalid`, `Stale`, `NotFound`."""
    actor.require(Permission.CATALOG_MANAGE)
    row = _found(session, synonym_id)
    if row.version != version:
        raise Stale
    _check(session, form, own_id=synonym_id)
    before = _told(row)
    _fill(session, row, form)
    audit.record(
        session,
        actor,
        "search.synonym_changed",
        "synonym",
        synonym_id,
        at=at,
        before=before,
        after=_told(row),
    )


def delete_synonym(
    session: Session, actor: Staff | System, synonym_id: str, *, at: datetime
) -> None:
    """Raises `NotFound`."""
    actor.require(Permission.CATALOG_MANAGE)
    row = _found(session, synonym_id)
    session.delete(row)
    session.flush()
    audit.record(
        session, actor, "search.synonym_deleted", "synonym", synonym_id, at=at, before=_told(row)
    )


def _check(session: Session, form: SynonymForm, *, own_id: str) -> None:
    errors = {}
    others = _others(form)
    if len(words(form.word)) != 1:
        errors["word"] = N_("One word: searches are read word by word.")
    taken = session.exec(select(Synonym.id).where(Synonym.word_key == fold(form.word))).first()
    if taken not in (None, own_id):
        errors["word"] = N_("This word has synonyms already. Add to those.")
    if not others:
        errors["others"] = N_("Enter at least one other word.")
    elif len(others) > MOST_OTHERS:
        errors["others"] = N_("At most 12 other words.")
    elif not form.is_one_way and any(len(words(other)) != 1 for other in others):
        errors["others"] = N_("Both ways, each must be one word. Phrases work one way.")
    if errors:
        raise Invalid(errors)


def _others(form: SynonymForm) -> list[str]:
    """Without doubles and without the word itself."""
    by_key = {fold(other): other for other in form.others}
    by_key.pop(fold(form.word), None)
    return list(by_key.values())


def _fill(session: Session, row: Synonym, form: SynonymForm) -> None:
    row.word, row.word_key = form.word, fold(form.word)
    row.others, row.is_one_way = _others(form), form.is_one_way
    row.version += 1
    session.add(row)
    session.flush()


def _told(row: Synonym) -> dict[str, object]:
    return row.model_dump(include={"word", "others", "is_one_way"})


def _found(session: Session, synonym_id: str) -> Synonym:
    rows = select(Synonym).where(col(Synonym.id) == synonym_id).with_for_update()
    row = session.exec(rows).first()
    if row is None:
        raise NotFound
    return row
