"""What staff do with categories: make, change, move, put in order, retire."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission, Staff, System
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Category, CategoryRedirect, Listing
from marketplace.domain.catalog.rules import tree
from marketplace.domain.catalog.rules.taxonomy import CategoryForm, SameThing, both_names
from marketplace.domain.catalog.service.taxonomy.relabel import relabel, tell_labels
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_


def create_category(
    session: Session,
    actor: Staff | System,
    form: CategoryForm,
    *,
    at: datetime,
    parent_id: str = "",
) -> str:
    """The last child of its parent, or of the top. Returns its id. Raises `Invalid`, `TooDeep`."""
    actor.require(Permission.CATALOG_MANAGE)
    lock_tree(session)
    parent_path = _active(session, parent_id).path if parent_id else ""
    _check(session, form, own_id="")
    row = Category(
        id=new_id("cat"),
        parent_id=parent_id or None,
        path="",
        position=_last_place(session, parent_id),
        **_fields(form),
    )
    row.path = tree.path_below(parent_path, row.id)
    tree.check_place(row.path, parent_path, height=1)
    session.add(row)
    session.flush()
    audit.record(
        session, actor, "catalog.category_created", "category", row.id, at=at, after=_told(row)
    )
    return row.id


def update_category(
    session: Session,
    actor: Staff | System,
    category_id: str,
    form: CategoryForm,
    *,
    version: int,
    at: datetime,
) -> None:
    """An address given up leads to the new one. Raises `Stale`, `Invalid`, `NotFound`."""
    actor.require(Permission.CATALOG_MANAGE)
    lock_tree(session)
    row = _of_version(session, category_id, version)
    _check(session, form, own_id=category_id)
    before, slug_before = _told(row), row.slug
    for name, value in _fields(form).items():
        setattr(row, name, value)
    row.version += 1
    session.add(row)
    _redirect(session, slug_before, row, at=at)
    if (before["name"], before["name_zh"]) != (row.name, row.name_zh):
        tell_labels(session, "category", row.id, at=at)
    audit.record(
        session,
        actor,
        "catalog.category_changed",
        "category",
        category_id,
        at=at,
        before=before,
        after=_told(row),
    )


def move_category(
    session: Session,
    actor: Staff | System,
    category_id: str,
    *,
    parent_id: str,
    version: int,
    at: datetime,
) -> None:
    """To the end of another parent's children, an empty `parent_id` meaning the top.

    Everything below comes along. Raises `IntoItself`, `TooDeep`, `Stale`, `NotFound`.
    """
    actor.require(Permission.CATALOG_MANAGE)
    lock_tree(session)
    row = _of_version(session, category_id, version)
    before = {"parent": row.parent_id, "path": row.path}
    _move(session, row, parent_id)
    row.version += 1
    session.add(row)
    session.flush()
    tell_labels(session, "category", row.id, at=at)
    after = {"parent": row.parent_id, "path": row.path}
    audit.record(
        session,
        actor,
        "catalog.category_moved",
        "category",
        category_id,
        at=at,
        before=before,
        after=after,
    )


def shift_category(
    session: Session, actor: Staff | System, category_id: str, *, step: int, at: datetime
) -> None:
    """Change places with the sibling above (`step` -1) or below (1); at the end nothing happens."""
    actor.require(Permission.CATALOG_MANAGE)
    lock_tree(session)
    row = _found(session, category_id)
    siblings = _children(session, row.parent_id or "")
    here = [sibling.id for sibling in siblings].index(category_id)
    there = here + step
    if step not in (-1, 1) or not 0 <= there < len(siblings):
        return
    siblings[here], siblings[there] = siblings[there], siblings[here]
    for place, sibling in enumerate(siblings):
        sibling.position = place
        session.add(sibling)
    session.flush()
    audit.record(
        session,
        actor,
        "catalog.category_moved",
        "category",
        category_id,
        at=at,
        before={"place": here},
        after={"place": there},
    )


def retire_category(
    session: Session,
    actor: Staff | System,
    category_id: str,
    *,
    into: str,
    version: int,
    at: datetime,
) -> int:
    """Out of use; listings and subcategories go to `into`, and its address leads there.

    `into` may be empty if there is nothing to move. Returns how many listings moved.
    Raises `NotEmpty`, `SameThing`, `IntoItself`, `TooDeep`, `Stale`, `NotFound`.
    """
    actor.require(Permission.CATALOG_MANAGE)
    lock_tree(session)
    row = _of_version(session, category_id, version)
    if into == category_id:
        raise SameThing
    target = _active(session, into) if into else None
    children = _children(session, category_id)
    listings = list(session.exec(select(Listing.id).where(Listing.category_id == category_id)))
    if target is None and (listings or any(child.is_active for child in children)):
        raise tree.NotEmpty
    if target is not None:
        if tree.is_within(target.path, row.path):
            raise tree.IntoItself
        for child in children:
            _move(session, child, target.id)
            tell_labels(session, "category", child.id, at=at)
        relabel(session, actor, listings, at=at, category_id=target.id)
        _redirect(session, row.slug, target, at=at)
    row.is_active, row.version = False, row.version + 1
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "catalog.category_retired",
        "category",
        category_id,
        at=at,
        after={"into": into, "listings": len(listings), "subcategories": len(children)},
    )
    return len(listings)


def restore_category(
    session: Session, actor: Staff | System, category_id: str, *, version: int, at: datetime
) -> None:
    """Back into use, empty, at its own address. Raises `Stale`, `NotFound`."""
    actor.require(Permission.CATALOG_MANAGE)
    lock_tree(session)
    row = _of_version(session, category_id, version)
    if row.parent_id:
        _active(session, row.parent_id)
    row.is_active, row.version = True, row.version + 1
    session.add(row)
    _redirect(session, "", row, at=at)
    audit.record(session, actor, "catalog.category_restored", "category", category_id, at=at)


def lock_tree(session: Session) -> None:
    """One change of the tree at a time: two moves that are fine alone could close a circle."""
    session.exec(select(Category.id).order_by(col(Category.id)).with_for_update()).all()
    session.expire_all()


def _move(session: Session, row: Category, parent_id: str) -> None:
    parent_path = _active(session, parent_id).path if parent_id else ""
    below = list(
        session.exec(
            select(Category).where(col(Category.path).startswith(row.path + tree.SEPARATOR))
        )
    )
    deepest = max(tree.depth_of(each.path) for each in (row, *below))
    height = deepest - tree.depth_of(row.path) + 1
    tree.check_place(row.path, parent_path, height=height)
    old, new = row.path, tree.path_below(parent_path, row.id)
    row.position = _last_place(session, parent_id)
    row.parent_id = parent_id or None
    for each in (row, *below):
        each.path = tree.moved(each.path, old, new)
        session.add(each)
    session.flush()


def _redirect(session: Session, slug: str, to: Category, *, at: datetime) -> None:
    """Let the address `slug` lead to a category; its own address leads nowhere else."""
    if (own := session.get(CategoryRedirect, to.slug)) is not None:
        session.delete(own)
    if slug and slug != to.slug:
        session.merge(CategoryRedirect(slug=slug, category_id=to.id, since=at))
    session.flush()


def _check(session: Session, form: CategoryForm, *, own_id: str) -> None:
    errors = both_names(form.name, form.name_zh)
    slug = _slug(form)
    if not slug or slug != tree.slug_of(slug):
        errors["slug"] = N_("Use small letters, digits and hyphens.")
    taken = session.exec(select(Category.id).where(Category.slug == slug)).first()
    if taken not in (None, own_id):
        errors["slug"] = N_("Another category has this address.")
    if errors:
        raise Invalid(errors)


def _slug(form: CategoryForm) -> str:
    return form.slug or tree.slug_of(form.name)


def _fields(form: CategoryForm) -> dict[str, Any]:
    return {**form.model_dump(), "slug": _slug(form)}


def _told(row: Category) -> dict[str, object]:
    return row.model_dump(include=set(CategoryForm.model_fields))


def _last_place(session: Session, parent_id: str) -> int:
    highest = session.exec(select(func.max(Category.position)).where(_has_parent(parent_id))).one()
    return 0 if highest is None else highest + 1


def _children(session: Session, parent_id: str) -> list[Category]:
    order = (col(Category.position), col(Category.id))
    return list(session.exec(select(Category).where(_has_parent(parent_id)).order_by(*order)))


def _has_parent(parent_id: str) -> ColumnElement[bool]:
    parent = col(Category.parent_id)
    return parent == parent_id if parent_id else parent.is_(None)


def _of_version(session: Session, category_id: str, version: int) -> Category:
    row = _found(session, category_id)
    if row.version != version:
        raise Stale
    return row


def _active(session: Session, category_id: str) -> Category:
    row = _found(session, category_id)
    if not row.is_active:
        raise NotFound
    return row


def _found(session: Session, category_id: str) -> Category:
    row = session.get(Category, category_id)
    if row is None:
        raise NotFound
    return row
