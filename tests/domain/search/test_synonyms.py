"""Synonyms: what staff may make of them, and how a question is then read."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Permission
from marketplace.domain.search.models import Synonym
from marketplace.domain.search.queries.synonyms import list_synonyms, synonym, try_question
from marketplace.domain.search.service.synonyms import (
    SynonymForm,
    create_synonym,
    delete_synonym,
    update_synonym,
)
from marketplace.kit.errors import Invalid, NotAllowed, NotFound, Stale
from marketplace.kit.paging import ListQuery
from tests.make.moments import MONDAY
from tests.make.people import staff

EDITOR = staff(Permission.CATALOG_READ, Permission.CATALOG_MANAGE)
READER = staff(Permission.CATALOG_READ)


def made(session: Session, word: str, *others: str, one_way: bool = False) -> str:
    form = SynonymForm(word=word, others=others, is_one_way=one_way)
    return create_synonym(session, EDITOR, form, at=MONDAY)


def test_words_of_a_pair_are_read_as_each_other(session: Session) -> None:
    made(session, "Trainers", "sneakers", "trainers")

    tried = try_question(session, READER, "red SNEAKERS")

    assert [(w.word, w.others) for w in tried.words] == [("red", []), ("sneakers", ["trainers"])]
    assert try_question(session, READER, "trainers").words[0].others == ["sneakers"]


def test_one_way_is_not_read_back(session: Session) -> None:
    made(session, "footwear", "running shoes", one_way=True)

    assert try_question(session, READER, "footwear").words[0].others == ["running shoes"]
    assert [w.others for w in try_question(session, READER, "running shoes").words] == [[], []]


def test_chinese_is_shown_in_the_pairs_the_index_keeps(session: Session) -> None:
    assert try_question(session, READER, "陶瓷茶杯").words[0].tokens == ["陶瓷", "瓷茶", "茶杯"]
    assert try_question(session, READER, "").words == []


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (SynonymForm(word="two words", others=("a",)), "word"),
        (SynonymForm(word="taken", others=("a",)), "word"),
        (SynonymForm(word="a", others=()), "others"),
        (SynonymForm(word="a", others=("A",)), "others"),
        (SynonymForm(word="a", others=("b c",)), "others"),
        (SynonymForm(word="a", others=tuple(f"b{n}" for n in range(13))), "others"),
    ],
)
def test_what_search_could_not_use_is_refused(
    session: Session, form: SynonymForm, wrong: str
) -> None:
    made(session, "TAKEN", "given")
    with pytest.raises(Invalid) as refusal:
        create_synonym(session, EDITOR, form, at=MONDAY)

    assert set(refusal.value.fields) == {wrong}
    assert session.exec(select(Synonym.word)).all() == ["TAKEN"]


def test_synonyms_are_found_changed_and_deleted(session: Session) -> None:
    cup = made(session, "cup", "杯子")
    made(session, "plate", "dish")
    assert [r.id for r in list_synonyms(session, READER, ListQuery(search="杯子")).rows] == [cup]

    form = SynonymForm(word="mug", others=("杯子",))
    update_synonym(session, EDITOR, cup, form, version=1, at=MONDAY)
    assert synonym(session, READER, cup).word == "mug"
    with pytest.raises(Stale):
        update_synonym(session, EDITOR, cup, form, version=1, at=MONDAY)

    delete_synonym(session, EDITOR, cup, at=MONDAY)
    with pytest.raises(NotFound):
        synonym(session, READER, cup)


def test_only_permitted_staff_touch_them(session: Session) -> None:
    cup = made(session, "cup", "mug")
    form = SynonymForm(word="a", others=("b",))
    nobody = staff(Permission.ORDERS_READ)
    refused: tuple[Callable[[], object], ...] = (
        lambda: create_synonym(session, READER, form, at=MONDAY),
        lambda: update_synonym(session, READER, cup, form, version=1, at=MONDAY),
        lambda: delete_synonym(session, READER, cup, at=MONDAY),
        lambda: list_synonyms(session, nobody, ListQuery()),
        lambda: synonym(session, nobody, cup),
        lambda: try_question(session, nobody, "cup"),
    )
    for each in refused:
        with pytest.raises(NotAllowed):
            each()

    assert session.exec(select(Synonym.word)).all() == ["cup"]
