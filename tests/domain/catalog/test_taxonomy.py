"""Categories, attributes and brands: what staff may do with them, and what must hold."""

from typing import Any

import pytest
from sqlmodel import Session, col, func, select

from marketplace.domain.access.models import Permission
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import (
    Attribute,
    AttributeType,
    Brand,
    Category,
    CategoryAttribute,
    CategoryRedirect,
    Listing,
    ListingStatus,
    ListingVersion,
)
from marketplace.domain.catalog.queries import taxonomy as queries
from marketplace.domain.catalog.rules.taxonomy import (
    AttributeForm,
    BrandForm,
    CategoryForm,
    SameThing,
    TemplateForm,
    ValueForm,
    ValueInUse,
    recognised,
    stored_values,
)
from marketplace.domain.catalog.rules.tree import IntoItself, NotEmpty, TooDeep
from marketplace.domain.catalog.service import taxonomy as service
from marketplace.domain.outbox.models import OutboxMessage
from marketplace.domain.sellers.service import open_seller
from marketplace.flows.seed.taxonomy import seed_taxonomy
from marketplace.kit.errors import Invalid, NotAllowed, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.paging import ListQuery
from tests.make.moments import MONDAY
from tests.make.people import JOB, staff

EDITOR = staff(Permission.CATALOG_READ, Permission.CATALOG_MANAGE)
READER = staff(Permission.CATALOG_READ)


def category(session: Session, name: str, parent_id: str = "", **fields: Any) -> str:
    form = CategoryForm(name=name, name_zh=f"中{name}", **fields)
    return service.create_category(session, EDITOR, form, at=MONDAY, parent_id=parent_id)


def attribute(session: Session, name: str = "Colour", **fields: Any) -> str:
    values = (ValueForm(name="Red", name_zh="红"), ValueForm(name="Blue", name_zh="蓝"))
    form = AttributeForm(
        **{
            "name": name,
            "name_zh": f"中{name}",
            "type": AttributeType.CHOICE,
            "values": values,
            **fields,
        }
    )
    return service.create_attribute(session, EDITOR, form, at=MONDAY)


def brand(session: Session, name: str) -> str:
    return service.create_brand(session, EDITOR, BrandForm(name=name), at=MONDAY)


def seller(session: Session) -> str:
    return open_seller(session, JOB, name="A", slug=new_id("sel"), at=MONDAY)


def listing(session: Session, category_id: str, brand_id: str = "", *, live: bool = True) -> str:
    """A saved listing of some seller, on sale unless `live` says otherwise."""
    content = {"title": "Cup", "category_id": category_id, "attributes": {"colour": ["red"]}}
    id_, version = new_id("lst"), new_id("ver")
    session.add(
        Listing(
            id=id_,
            seller_id=seller(session),
            status=ListingStatus.LIVE if live else ListingStatus.DRAFT,
            handle=id_,
            slug=id_,
            category_id=category_id,
            brand_id=brand_id or None,
            currency="CNY",
            draft=content,
            live_version_id=version if live else "",
            created_at=MONDAY,
            updated_at=MONDAY,
        )
    )
    session.flush()
    if live:
        session.add(
            ListingVersion(
                id=version, listing_id=id_, number=1, content=content, how="review", made_at=MONDAY
            )
        )
        session.flush()
    return id_


def version_of(session: Session, category_id: str) -> int:
    return session.get_one(Category, category_id).version


def names(session: Session) -> list[tuple[int, str]]:
    return [(node.depth, node.name) for node in queries.tree(session)]


def test_the_tree_comes_parents_first_in_the_order_staff_gave_it(session: Session) -> None:
    home = category(session, "Home")
    tea = category(session, "Tea")
    category(session, "Cups", home)
    plates = category(session, "Plates", home)
    service.shift_category(session, EDITOR, plates, step=-1, at=MONDAY)
    service.shift_category(session, EDITOR, tea, step=1, at=MONDAY)  # last already

    assert names(session) == [(1, "Home"), (2, "Plates"), (2, "Cups"), (1, "Tea")]


def test_commission_and_restriction_come_from_the_closest_ancestor(session: Session) -> None:
    home = category(session, "Home", commission_bps=800, is_restricted=True)
    cups = category(session, "Cups", home)
    saucers = category(session, "Saucers", cups, commission_bps=0)

    nodes = {node.id: node for node in queries.tree(session)}

    assert [nodes[i].commission_bps for i in (home, cups, saucers)] == [800, 800, 0]
    assert [nodes[i].is_restricted for i in (home, cups, saucers)] == [True, True, True]
    assert not nodes[cups].has_own_commission


def test_live_listings_are_counted_here_and_below(session: Session) -> None:
    home = category(session, "Home")
    cups = category(session, "Cups", home)
    listing(session, cups)
    listing(session, home)
    listing(session, cups, live=False)

    assert queries.count_live(session) == {home: 2, cups: 1}


def test_a_move_takes_everything_below_along(session: Session) -> None:
    home, garden = category(session, "Home"), category(session, "Garden")
    cups = category(session, "Cups", home)
    small = category(session, "Small", cups)

    service.move_category(session, EDITOR, cups, parent_id=garden, version=1, at=MONDAY)

    assert session.get_one(Category, cups).path == f"{garden}/{cups}"
    assert session.get_one(Category, small).path == f"{garden}/{cups}/{small}"


@pytest.mark.parametrize("below", [True, False])
def test_nothing_moves_into_itself(session: Session, below: bool) -> None:
    home = category(session, "Home")
    cups = category(session, "Cups", home)
    before = names(session)

    with pytest.raises(IntoItself):
        service.move_category(
            session, EDITOR, home, parent_id=cups if below else home, version=1, at=MONDAY
        )

    assert names(session) == before


def test_five_levels_are_enough(session: Session) -> None:
    id_ = ""
    for level in range(5):
        id_ = category(session, f"L{level}", id_)
    before = names(session)

    with pytest.raises(TooDeep):
        category(session, "L5", id_)
    other = category(session, "Other")
    first = queries.tree(session)[0].id
    with pytest.raises(TooDeep):
        service.move_category(session, EDITOR, first, parent_id=other, version=1, at=MONDAY)

    assert names(session) == [*before, (1, "Other")]


def test_an_address_given_up_leads_to_the_new_one(session: Session) -> None:
    cups = category(session, "Cups")
    form = CategoryForm(name="Mugs", name_zh="马克杯")
    service.update_category(session, EDITOR, cups, form, version=1, at=MONDAY)

    node, has_moved = queries.category_at(session, "cups")

    assert (node.id, node.slug, has_moved) == (cups, "mugs", True)
    assert queries.category_at(session, "mugs")[1] is False


def test_an_address_taken_back_leads_nowhere_else(session: Session) -> None:
    cups = category(session, "Cups")
    for number, name in enumerate(("Mugs", "Cups"), start=1):
        form = CategoryForm(name=name, name_zh="杯")
        service.update_category(session, EDITOR, cups, form, version=number, at=MONDAY)

    assert queries.category_at(session, "cups")[1] is False
    assert [row.slug for row in session.exec(select(CategoryRedirect))] == ["mugs"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": "", "name_zh": "杯", "slug": "x"}, {"name"}),
        ({"name": "Cups", "name_zh": ""}, {"name_zh"}),
        ({"name": "Cups", "name_zh": "杯", "slug": "Big Cups"}, {"slug"}),
        ({"name": "Taken", "name_zh": "杯"}, {"slug"}),
        ({"name": "!!", "name_zh": "杯"}, {"slug"}),
    ],
)
def test_a_category_is_named_in_both_languages_at_an_address_of_its_own(
    session: Session, fields: dict[str, str], wrong: set[str]
) -> None:
    category(session, "Taken")
    with pytest.raises(Invalid) as refusal:
        service.create_category(session, EDITOR, CategoryForm(**fields), at=MONDAY)

    assert set(refusal.value.fields) == wrong
    assert names(session) == [(1, "Taken")]


def test_retiring_moves_listings_and_subcategories_and_the_address(session: Session) -> None:
    old, new = category(session, "Old"), category(session, "New")
    child = category(session, "Child", old)
    on_sale, draft = listing(session, old), listing(session, old, live=False)
    preview = queries.retire_preview(session, READER, old, new)

    moved = service.retire_category(session, EDITOR, old, into=new, version=1, at=MONDAY)

    assert (moved, preview.listings, preview.live_listings) == (2, 2, 1)
    assert [each.id for each in preview.subcategories] == [child]
    assert names(session) == [(1, "New"), (2, "Child")]
    assert queries.category_at(session, "old")[0].id == new
    for id_ in (on_sale, draft):
        row = session.get_one(Listing, id_)
        assert (row.category_id, row.draft["category_id"], row.version) == (new, new, 2)


def test_what_is_on_sale_gets_a_new_version_and_the_old_one_stays(session: Session) -> None:
    old, new = category(session, "Old"), category(session, "New")
    id_ = listing(session, old)

    assert service.recategorise(session, EDITOR, [id_], new, at=MONDAY) == 1

    versions = session.exec(select(ListingVersion).order_by(col(ListingVersion.number))).all()
    assert [(v.number, v.content["category_id"]) for v in versions] == [(1, old), (2, new)]
    assert session.get_one(Listing, id_).live_version_id == versions[1].id
    topics = session.exec(select(OutboxMessage.topic, OutboxMessage.payload)).all()
    assert ("listing.changed", {"listing_id": id_}) in [tuple(each) for each in topics]
    assert service.recategorise(session, EDITOR, [id_], new, at=MONDAY) == 0


def test_a_category_with_listings_is_not_retired_into_nowhere(session: Session) -> None:
    old = category(session, "Old")
    listing(session, old)

    with pytest.raises(NotEmpty):
        service.retire_category(session, EDITOR, old, into="", version=1, at=MONDAY)
    with pytest.raises(SameThing):
        service.retire_category(session, EDITOR, old, into=old, version=1, at=MONDAY)
    below = category(session, "Below", old)
    with pytest.raises(IntoItself):
        service.retire_category(session, EDITOR, old, into=below, version=1, at=MONDAY)

    assert session.get_one(Category, old).is_active


def test_an_empty_category_is_retired_and_comes_back(session: Session) -> None:
    old = category(session, "Old")
    service.retire_category(session, EDITOR, old, into="", version=1, at=MONDAY)
    assert names(session) == []
    with pytest.raises(NotFound):
        queries.category(session, old)

    service.restore_category(session, EDITOR, old, version=2, at=MONDAY)
    assert names(session) == [(1, "Old")]


def test_attributes_are_inherited_and_once_required_stay_required(session: Session) -> None:
    home = category(session, "Home")
    cups = category(session, "Cups", home)
    colour, size = attribute(session, "Colour"), attribute(session, "Size")
    asks = service.set_category_attributes
    asks(session, EDITOR, home, _template((colour, True)), version=1, at=MONDAY)
    asks(session, EDITOR, cups, _template((size, False), (colour, False)), version=1, at=MONDAY)

    fields = queries.attributes_of(session, cups)

    assert [(f.code, f.is_required, f.from_id) for f in fields] == [
        ("colour", True, home),
        ("size", False, cups),
    ]
    assert [value.name_zh for value in fields[0].values] == ["红", "蓝"]
    assert queries.attributes_of(session, "cat_none") == []


def test_a_template_is_changed_step_by_step(session: Session) -> None:
    cups = category(session, "Cups")
    first, second = attribute(session, "First"), attribute(session, "Second")
    steps = (
        (first, "add", [(first, False)]),
        (second, "add", [(first, False), (second, False)]),
        (second, "require", [(first, False), (second, True)]),
        (second, "up", [(second, True), (first, False)]),
        (second, "up", [(second, True), (first, False)]),
        (second, "down", [(first, False), (second, True)]),
        (second, "relax", [(first, False), (second, False)]),
        (first, "remove", [(second, False)]),
        (first, "remove", [(second, False)]),
    )
    for version, (id_, deed, then) in enumerate(steps, start=1):
        service.change_template(session, EDITOR, cups, id_, deed, version=version, at=MONDAY)
        fields = queries.attributes_of(session, cups)
        assert [(f.id, f.is_required) for f in fields] == then


def test_a_large_tree_opens_along_the_way(session: Session) -> None:
    tops = [category(session, f"T{number}") for number in range(20)]
    below = [category(session, f"C{number}", tops[number // 3]) for number in range(40)]

    closed = queries.categories_screen(session, READER)
    opened = queries.categories_screen(session, READER, chosen_id=below[0])
    found = queries.categories_screen(session, READER, search="c39")

    assert (len(closed.rows), closed.total, closed.is_cut) == (20, 60, False)
    assert [r.name for r in opened.rows[:4]] == ["T0", "C0", "C1", "C2"]
    assert [r.name for r in found.rows] == ["T13", "C39"]
    assert {each.id for each in queries.possible_parents(session, READER, tops[0])} == {
        *tops[1:],
        *below[3:],
    }


def _template(*lines: tuple[str, bool]) -> list[TemplateForm]:
    return [TemplateForm(attribute_id=id_, is_required=required) for id_, required in lines]


def test_merged_values_are_still_understood(session: Session) -> None:
    id_ = attribute(session)
    service.merge_values(session, EDITOR, id_, "blue", "red", version=1, at=MONDAY)

    values = stored_values(session.get_one(Attribute, id_).values)

    assert [value.code for value in values] == ["red"]
    for text in ("blue", "Blue", "蓝", "RED", "红"):
        found = recognised(values, text)
        assert found is not None
        assert found.code == "red"
    assert recognised(values, "green") is None


@pytest.mark.parametrize("elsewhere", ["draft", "on sale"])
def test_a_value_that_listings_use_is_merged_not_dropped(session: Session, elsewhere: str) -> None:
    """It is enough that one of the two names it."""
    id_ = attribute(session)
    row = session.get_one(Listing, listing(session, category(session, "Cups")))
    other = {**row.draft, "attributes": {}}
    if elsewhere == "on sale":
        row.draft = other
    else:
        session.get_one(ListingVersion, row.live_version_id).content = other
    session.flush()
    only_blue = AttributeForm(
        name="Colour",
        name_zh="颜色",
        type=AttributeType.CHOICE,
        values=(ValueForm(code="blue", name="Blue", name_zh="蓝"),),
    )

    with pytest.raises(ValueInUse):
        service.update_attribute(session, EDITOR, id_, only_blue, version=1, at=MONDAY)
    as_text = AttributeForm(name="Colour", name_zh="颜色", type=AttributeType.TEXT)
    with pytest.raises(Invalid) as refusal:
        service.update_attribute(session, EDITOR, id_, as_text, version=1, at=MONDAY)

    assert set(refusal.value.fields) == {"type"}
    assert len(session.get_one(Attribute, id_).values) == 2


def test_values_are_added_changed_and_taken_out_one_by_one(session: Session) -> None:
    id_ = attribute(session)
    listing(session, category(session, "Cups"))
    save, now = service.save_value, {"at": MONDAY}
    save(session, EDITOR, id_, ValueForm(name="Red", name_zh="朱红", code="red"), version=1, **now)
    save(session, EDITOR, id_, ValueForm(name="Teal!", name_zh="青"), version=2, **now)
    with pytest.raises(Invalid) as refusal:
        save(session, EDITOR, id_, ValueForm(name="RED", name_zh="x"), version=3, **now)
    with pytest.raises(ValueInUse):
        service.remove_value(session, EDITOR, id_, "red", version=3, **now)
    service.remove_value(session, EDITOR, id_, "blue", version=3, **now)

    assert set(refusal.value.fields) == {"name"}
    values = stored_values(session.get_one(Attribute, id_).values)
    assert [(v.code, v.name_zh) for v in values] == [("red", "朱红"), ("teal", "青")]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name_zh": ""}, {"name_zh"}),
        ({"values": ()}, {"values"}),
        ({"values": (ValueForm(name="Red", name_zh=""),)}, {"values.0.name_zh"}),
        (
            {
                "values": (
                    ValueForm(name="Red", name_zh="红"),
                    ValueForm(name="Ruby", name_zh="宝石红", synonyms=("RED",)),
                )
            },
            {"values.1.name"},
        ),
        ({"type": AttributeType.NUMBER, "is_option": True}, {"is_option"}),
        ({"code": "9 lives"}, {"code"}),
        ({"code": "taken"}, {"code"}),
    ],
)
def test_an_attribute_is_whole_or_refused_by_field(
    session: Session, fields: dict[str, Any], wrong: set[str]
) -> None:
    attribute(session, "Taken")
    with pytest.raises(Invalid) as refusal:
        attribute(session, "Fresh", **fields)

    assert set(refusal.value.fields) == wrong
    assert session.exec(select(func.count()).select_from(Attribute)).one() == 1


def test_one_brand_has_one_name_however_it_is_written(session: Session) -> None:
    brand(session, "Blue Kiln")
    with pytest.raises(Invalid):
        brand(session, "\uff22LUE  kiln")

    assert session.exec(select(Brand.slug)).all() == ["blue-kiln"]


def test_merging_brands_moves_their_listings(session: Session) -> None:
    old, new = brand(session, "Blu Kiln"), brand(session, "Blue Kiln")
    id_ = listing(session, category(session, "Cups"), old)

    assert service.merge_brands(session, EDITOR, old, new, version=1, at=MONDAY) == 1

    row = session.get_one(Listing, id_)
    assert (row.brand_id, row.draft["brand_id"]) == (new, new)
    assert [each.id for each in queries.brands(session, "kiln")] == [new]
    assert [each.id for each in queries.brands(session, "none", ids=(old,))] == [old]


def test_whoever_saves_second_is_told(session: Session) -> None:
    cups, colour, kiln = category(session, "Cups"), attribute(session), brand(session, "Kiln")
    entries = _entries(session)
    form = CategoryForm(name="Mugs", name_zh="杯")
    late = {"version": 7, "at": MONDAY}
    for refused in (
        lambda: service.update_category(session, EDITOR, cups, form, **late),
        lambda: service.move_category(session, EDITOR, cups, parent_id="", **late),
        lambda: service.retire_category(session, EDITOR, cups, into="", **late),
        lambda: service.set_category_attributes(session, EDITOR, cups, [], **late),
        lambda: service.merge_values(session, EDITOR, colour, "red", "blue", **late),
        lambda: service.update_brand(session, EDITOR, kiln, BrandForm(name="K"), **late),
        lambda: service.merge_brands(session, EDITOR, kiln, kiln, **late),
    ):
        with pytest.raises((Stale, NotFound)):
            refused()

    assert _entries(session) == entries


def test_staff_who_only_read_change_nothing(session: Session) -> None:
    cups, colour, kiln = category(session, "Cups"), attribute(session), brand(session, "Kiln")
    entries = _entries(session)
    now = {"version": 1, "at": MONDAY}
    form = CategoryForm(name="Mugs", name_zh="杯")
    values = (ValueForm(name="A", name_zh="甲"),)
    other = AttributeForm(name="A", name_zh="甲", type=AttributeType.CHOICE, values=values)
    for refused in (
        lambda: service.create_category(session, READER, form, at=MONDAY),
        lambda: service.update_category(session, READER, cups, form, **now),
        lambda: service.move_category(session, READER, cups, parent_id="", **now),
        lambda: service.shift_category(session, READER, cups, step=1, at=MONDAY),
        lambda: service.retire_category(session, READER, cups, into="", **now),
        lambda: service.restore_category(session, READER, cups, **now),
        lambda: service.set_category_attributes(session, READER, cups, [], **now),
        lambda: service.create_attribute(session, READER, other, at=MONDAY),
        lambda: service.update_attribute(session, READER, colour, other, **now),
        lambda: service.merge_values(session, READER, colour, "red", "blue", **now),
        lambda: service.create_brand(session, READER, BrandForm(name="K"), at=MONDAY),
        lambda: service.update_brand(session, READER, kiln, BrandForm(name="K"), **now),
        lambda: service.set_brand_active(session, READER, kiln, is_active=False, **now),
        lambda: service.merge_brands(session, READER, kiln, kiln, **now),
        lambda: service.recategorise(session, READER, [], cups, at=MONDAY),
    ):
        with pytest.raises(NotAllowed):
            refused()

    assert _entries(session) == entries
    assert names(session) == [(1, "Cups")]


def test_staff_without_the_catalogue_see_none_of_its_workings(session: Session) -> None:
    cups, colour, kiln = category(session, "Cups"), attribute(session), brand(session, "Kiln")
    nobody = staff(Permission.ORDERS_READ)
    for refused in (
        lambda: queries.category_for_edit(session, nobody, cups),
        lambda: queries.retire_preview(session, nobody, cups, ""),
        lambda: queries.list_attributes(session, nobody, ListQuery()),
        lambda: queries.attribute(session, nobody, colour),
        lambda: queries.list_brands(session, nobody, ListQuery()),
        lambda: queries.brand(session, nobody, kiln),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_the_first_tree_is_whole(session: Session) -> None:
    made = seed_taxonomy(session, JOB, at=MONDAY)

    nodes = queries.tree(session)

    assert sum(node.depth == 1 for node in nodes) == 8
    assert all(node.commission_bps is not None for node in nodes)
    assert all(node.name_zh for node in nodes)
    assert (len(made.attributes), len(made.brands)) == (27, 30)
    asked = {f.code: f for f in queries.attributes_of(session, made.categories["tea"])}
    assert asked["best_before"].is_required
    assert session.exec(select(func.count()).select_from(CategoryAttribute)).one() > 50


def _entries(session: Session) -> int:
    return session.exec(select(func.count()).select_from(AuditEntry)).one()
