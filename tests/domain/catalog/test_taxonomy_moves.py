"""Whatever staff do to the tree, its paths are right and it has no circle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from marketplace import db
from marketplace.domain.access.models import Permission
from marketplace.domain.catalog.models import Category
from marketplace.domain.catalog.queries import taxonomy as queries
from marketplace.domain.catalog.rules import tree
from marketplace.domain.catalog.rules.taxonomy import CategoryForm, SameThing
from marketplace.domain.catalog.service import taxonomy as service
from marketplace.kit.errors import NotFound
from tests.make.moments import MONDAY
from tests.make.people import staff

EDITOR = staff(Permission.CATALOG_READ, Permission.CATALOG_MANAGE)
PLACE = st.integers(0, 9)
DEEDS = st.lists(
    st.tuples(st.sampled_from(("make", "move", "up", "down", "retire")), PLACE, PLACE),
    min_size=1,
    max_size=25,
)
REFUSALS = (tree.IntoItself, tree.TooDeep, tree.NotEmpty, SameThing, NotFound)


@pytest.mark.usefixtures("database")
@settings(max_examples=40)
@given(DEEDS)
def test_any_sequence_of_moves_keeps_a_tree(deeds: list[tuple[str, int, int]]) -> None:
    with db.transaction() as session:
        ids: list[str] = []
        for number, (verb, first, second) in enumerate(deeds):
            try:
                _do(session, ids, verb, first, second, number)
            except REFUSALS:
                pass  # a refusal must leave a tree as well
            _check(session)
        session.rollback()


def _do(session: Session, ids: list[str], verb: str, first: int, second: int, number: int) -> None:
    chosen = ids[first % len(ids)] if ids else ""
    other = ids[second % len(ids)] if ids and second else ""
    if verb == "make" or not chosen:
        form = CategoryForm(name=f"C{number}", name_zh=f"类{number}")
        ids.append(service.create_category(session, EDITOR, form, at=MONDAY, parent_id=other))
        return
    version = session.get_one(Category, chosen).version
    if verb == "move":
        service.move_category(session, EDITOR, chosen, parent_id=other, version=version, at=MONDAY)
    elif verb == "retire":
        service.retire_category(session, EDITOR, chosen, into=other, version=version, at=MONDAY)
    else:
        step = -1 if verb == "up" else 1
        service.shift_category(session, EDITOR, chosen, step=step, at=MONDAY)


def _check(session: Session) -> None:
    rows = {row.id: row for row in session.exec(select(Category))}
    for row in rows.values():
        path, above = [row.id], row.parent_id
        while above:
            assert above not in path, "a circle"
            path.append(above)
            above = rows[above].parent_id
        assert row.path == "/".join(reversed(path))
        assert len(path) <= tree.MOST_DEPTH
    shown = queries.tree(session, with_retired=True)
    assert sorted(node.id for node in shown) == sorted(rows)
    for node in queries.tree(session):
        assert all(rows[id_].is_active for id_ in tree.ids_of(node.path))
