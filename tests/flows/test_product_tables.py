"""Product tables: what comes in goes out again, broken rows are named, nothing is half imported."""

import io
from collections.abc import Callable
from csv import DictReader
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import Listing, ListingStatus, Variant
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.service import listings
from marketplace.domain.inventory import queries as stock
from marketplace.domain.inventory import service as stock_service
from marketplace.domain.inventory.models import StockMovement
from marketplace.flows.export_products import writing
from marketplace.flows.export_products.writing import Chosen
from marketplace.flows.import_products import checking, saving
from marketplace.flows.import_products.checking import Plan
from marketplace.flows.product_tables import kept
from marketplace.flows.product_tables.cells import BadCell, read_amount, write_amount
from marketplace.flows.product_tables.columns import Dialect, dialect_of, mapped
from marketplace.flows.product_tables.html import html_of, text_of
from marketplace.kit import csv
from marketplace.kit.errors import Invalid, NotAllowed, Stale
from marketplace.kit.money import MAX_MINOR
from marketplace.kit.tables import Table, read_table
from tests.make import goods, people
from tests.make.moments import MONDAY

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "shopify"
FILES = sorted(SAMPLES.glob("*.csv"))
OURS = Path("assets/samples")
HEAD = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty\n"


@pytest.fixture
def member(session: Session) -> SellerMember:
    return goods.owner_of(session, goods.open_shop(session))


def planned(session: Session, member: SellerMember, text: str | bytes) -> Plan:
    table = read_table(text.encode() if isinstance(text, str) else text)
    return checking.plan_table(session, member, table, mapped(table.header))


def imported(session: Session, member: SellerMember, text: str | bytes) -> Plan:
    plan = planned(session, member, text)
    assert [fault.message for fault in plan.every_fault] == []
    for batch in saving.batches(saving.to_write(plan)):
        saving.save_batch(session, member, batch, at=MONDAY)
    session.flush()
    return plan


def exported(session: Session, member: SellerMember, dialect: Dialect) -> bytes:
    columns = writing.header(session, member, Chosen(), dialect)
    rows = [
        writing.cells_of(columns, cells)
        for product in writing.products(session, member, Chosen(), dialect)
        for cells in product
    ]
    return b"".join(csv.encoded([name for _key, name in columns], rows))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def places(plan: Plan) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.name) for fault in plan.every_fault]


def content(session: Session, handle: str = "lamp") -> ListingContent:
    draft = session.exec(select(Listing.draft).where(Listing.handle == handle)).one()
    return ListingContent.model_validate(draft)


def on_hand(session: Session) -> dict[str, int]:
    rows = session.exec(select(Variant.sku, Variant.id)).all()
    levels = stock.levels_of_variants(session, [id_ for _sku, id_ in rows])
    return {sku: levels[id_].on_hand for sku, id_ in rows if id_ in levels}


# files of a real shop


@pytest.mark.skipif(not FILES, reason="the sample files are not on this machine")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_real_file_comes_in_whole_and_goes_out_the_same(
    path: Path, session: Session, member: SellerMember
) -> None:
    """Every cell of every row, letter for letter; columns beyond the file's are ours to add."""
    data = path.read_bytes()
    wanted = rows_of(data)

    imported(session, member, data)
    given_ = rows_of(exported(session, member, Dialect.LEGACY))

    assert [{name: row.get(name, "") for name in wanted[0]} for row in given_] == wanted
    assert len({row["Handle"] for row in wanted}) == len(session.exec(select(Listing)).all())


@pytest.mark.skipif(not FILES, reason="the sample files are not on this machine")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("dialect", list(Dialect))
def test_a_real_file_exported_in_any_dialect_changes_nothing_when_it_comes_back(
    path: Path, dialect: Dialect, session: Session, member: SellerMember
) -> None:
    first = imported(session, member, path.read_bytes())

    again = planned(session, member, exported(session, member, dialect))

    assert again.every_fault == []
    assert again.counts["unchanged"] == len(first.products)


@pytest.mark.parametrize("name", ["products.csv", "products-shopify.csv"])
def test_the_samples_we_offer_can_be_imported(
    name: str, session: Session, member: SellerMember
) -> None:
    plan = imported(session, member, (OURS / name).read_bytes())

    assert plan.counts["create"] == 2
    assert on_hand(session) == {"TEA-LONGJING-100": 40, "TEA-LONGJING-250": 15, "LANTERN-1": 12}


# what is read


def test_both_of_shopifys_dialects_and_ours_say_the_same(
    session: Session, member: SellerMember
) -> None:
    tables = {
        "Handle,Title,Variant SKU,Variant Price\nlamp,Lamp,L,59.90\n": Dialect.LEGACY,
        "URL handle,Title,SKU,Price\nlamp,Lamp,L,59.90\n": Dialect.SHOPIFY,
        "HANDLE,TITLE_EN,Sku,pRiCe\nlamp,Lamp,L,59.90\n": Dialect.OWN,
    }
    for text, dialect in tables.items():
        plan = planned(session, member, text)

        assert dialect_of(read_table(text.encode()).header) is dialect
        assert plan.products[0].content.title == "Lamp"
        assert [(v.sku, v.price) for v in plan.products[0].content.variants] == [("L", 5990)]


def test_rows_of_one_handle_are_one_product_with_its_variants_and_pictures(
    session: Session, member: SellerMember
) -> None:
    imported(
        session,
        member,
        "Handle,Title,Option1 Name,Option1 Value,Variant Price,Image Src\n"
        "lamp,Lamp,Size,S,10,https://example.com/1.jpg\n"
        "lamp,,,M,12,https://example.com/2.jpg\n"
        "lamp,,,,,https://example.com/3.jpg\n",
    )

    found = content(session)
    assert [value.name for value in found.options[0].values] == ["S", "M"]
    assert [variant.price for variant in found.variants] == [1000, 1200]
    assert found.extra["pictures"].count("https://example.com/") == 3


def test_title_default_title_means_no_options(session: Session, member: SellerMember) -> None:
    imported(session, member, HEAD + "lamp,Lamp,Title,Default Title,L,10,1\n")

    assert content(session).options == []


def test_new_listings_are_drafts_and_their_units_are_counted_in(
    session: Session, member: SellerMember
) -> None:
    imported(session, member, HEAD + "lamp,Lamp,,,L,10,7\n")

    listing = session.exec(select(Listing)).one()
    assert (listing.status, listing.seller_id) == (ListingStatus.DRAFT, member.seller_id)
    assert on_hand(session) == {"L": 7}
    assert [m.reason.value for m in session.exec(select(StockMovement))] == ["imported"]


def test_the_same_file_again_changes_nothing(session: Session, member: SellerMember) -> None:
    text = HEAD + "lamp,Lamp,Size,S,L-S,10,7\nlamp,,,M,L-M,12,3\n"
    imported(session, member, text)
    before = content(session)

    plan = imported(session, member, text)

    assert plan.counts["unchanged"] == 1
    assert content(session) == before


def test_an_empty_column_blanks_and_an_absent_one_leaves(
    session: Session, member: SellerMember
) -> None:
    imported(session, member, 'handle,title_en,tags,video_url\nlamp,Lamp,"a, b",\n')

    imported(session, member, "handle,title_en\nlamp,Big lamp\n")
    assert (content(session).title, content(session).tags) == ("Big lamp", ["a", "b"])

    imported(session, member, "handle,tags\nlamp,\n")
    assert (content(session).title, content(session).tags) == ("Big lamp", [])


def test_a_row_without_a_handle_is_found_by_its_sku(session: Session, member: SellerMember) -> None:
    imported(session, member, HEAD + "lamp,Lamp,,,L,10,7\n")

    plan = imported(session, member, "sku,price\nL,12.5\n")

    assert plan.counts == {
        "create": 0, "update": 1, "unchanged": 0, "faulty": 0, "pictures": 0, "notes": 0,
    }  # fmt: skip
    assert [variant.price for variant in content(session).variants] == [1250]


def test_an_update_finds_variants_by_their_values_and_leaves_the_others(
    session: Session, member: SellerMember
) -> None:
    imported(session, member, HEAD + "lamp,Lamp,Size,S,L-S,10,1\nlamp,,,M,L-M,12,1\n")
    ids = [variant.id for variant in content(session).variants]

    imported(session, member, HEAD + "lamp,Lamp,Size,M,L-M,13,1\nlamp,,,L,L-L,14,1\n")

    found = content(session).variants
    assert [variant.price for variant in found] == [1000, 1300, 1400]
    assert [variant.id for variant in found][:2] == ids


def test_columns_we_do_not_know_come_out_again(session: Session, member: SellerMember) -> None:
    header = "Handle,Title,Variant Price,Wash (product.metafields.my.wash),Price / Japan"
    imported(session, member, f"{header}\nlamp,Lamp,10,cold,1200\n")

    row = rows_of(exported(session, member, Dialect.SHOPIFY))[0]

    assert row["Wash (product.metafields.my.wash)"] == "cold"
    assert row["Price / Japan"] == "1200"


def test_a_formula_stays_text_and_leaves_guarded(session: Session, member: SellerMember) -> None:
    imported(session, member, 'Handle,Title,Variant Price\nlamp,"=HYPERLINK(""x"")",10\n')

    data = exported(session, member, Dialect.SHOPIFY)
    assert content(session).title == '=HYPERLINK("x")'
    assert rows_of(data)[0]["Title"] == '\'=HYPERLINK("x")'
    assert planned(session, member, data).counts["unchanged"] == 1


def test_html_is_cleaned_before_it_becomes_our_text(session: Session, member: SellerMember) -> None:
    body = "<p onclick='x'>Two <b>bold</b> words</p><script>alert(1)</script><ul><li>one</ul>"
    imported(session, member, f'Handle,Title,Body (HTML)\nlamp,Lamp,"{body}"\n')

    assert content(session).blocks[0].text == "Two **bold** words\n\n- one"


# what is refused


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("lamp,Lamp,,,L,12.345,1", (2, "F", "Variant Price")),
        ("lamp,Lamp,,,L,-1,1", (2, "F", "Variant Price")),
        ("lamp,Lamp,,,L,10000000000.01,1", (2, "F", "Variant Price")),
        ("lamp,Lamp,,,L,ten,1", (2, "F", "Variant Price")),
        ('lamp,Lamp,,,L,"1,000.00",1', (2, "F", "Variant Price")),
        ("lamp,Lamp,,,L,=1+1,1", (2, "F", "Variant Price")),
        ("lamp,Lamp,,,L,10,1.5", (2, "G", "Variant Inventory Qty")),
        ("lamp,Lamp,,,L,10,-1", (2, "G", "Variant Inventory Qty")),
        ("lamp,,,,L,10,1", (2, "B", "Title")),
        ("lamp," + "x" * 201 + ",,,L,10,1", (2, "B", "Title")),
        ("lamp,La\u202emp,,,L,10,1", (2, "B", "Title")),
        ("lamp,Lamp,Size,,L,10,1", (2, "D", "Option1 Value")),
        ("lamp,Lamp,,S,L,10,1", (2, "D", "Option1 Value")),
        ("lamp,Lamp,Size,S,L,10,1\nlamp,,,S,M,10,1", (3, "D", "Option1 Value")),
        ("lamp,Lamp,Size,S,L,10,1\nlamp,,,M,L,10,1", (3, "E", "Variant SKU")),
        ("lamp,Lamp,Size,S,L,10,1\nlamp,Other,,M,M,10,1", (3, "B", "Title")),
        (",,,,L,10,1", (2, "A", "Handle")),
        ("x" * 121 + ",Lamp,,,L,10,1", (2, "A", "Handle")),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(
    row: str, where: tuple[int, str, str], session: Session, member: SellerMember
) -> None:
    plan = planned(session, member, f"{HEAD}{row}\n")

    assert where in places(plan)
    assert saving.to_write(plan) == []


def test_a_sku_of_another_listing_is_refused_where_it_stands(
    session: Session, member: SellerMember
) -> None:
    goods.lamp(session, member, "TAKEN", handle="old")

    plan = planned(session, member, HEAD + "lamp,Lamp,,,TAKEN,10,1\n")

    assert places(plan) == [(2, "E", "Variant SKU")]


def test_valid_rows_can_go_without_the_others(session: Session, member: SellerMember) -> None:
    plan = planned(session, member, HEAD + "lamp,Lamp,,,L,10,1\nbad,Bad,,,B,x,1\n")

    saving.save_batch(session, member, saving.to_write(plan), at=MONDAY)

    assert session.exec(select(Listing.handle)).all() == ["lamp"]


def test_units_promised_to_buyers_cannot_be_imported_away(
    session: Session, member: SellerMember
) -> None:
    imported(session, member, HEAD + "lamp,Lamp,,,L,10,7\n")
    variant = session.exec(select(Variant.id)).one()
    stock_service.reserve(session, {variant: 5}, at=MONDAY)

    assert places(planned(session, member, HEAD + "lamp,Lamp,,,L,10,4\n")) == [
        (2, "G", "Variant Inventory Qty")
    ]


def test_a_listing_saved_since_it_was_planned_is_not_overwritten(
    session: Session, member: SellerMember
) -> None:
    imported(session, member, HEAD + "lamp,Lamp,,,L,10,7\n")
    first = planned(session, member, "handle,title_en\nlamp,First\n")
    imported(session, member, "handle,title_en\nlamp,Second\n")

    with pytest.raises(Stale):
        saving.save_batch(session, member, saving.to_write(first), at=MONDAY)

    assert content(session).title == "Second"


def test_two_columns_for_one_thing_are_refused(session: Session, member: SellerMember) -> None:
    table = read_table(b"Title,Name\na,b\n")

    with pytest.raises(Invalid):
        checking.plan_table(session, member, table, {"Title": "title", "Name": "title"})


# alerts of stock


def alert(session: Session) -> int:
    only = content(session).variants[0].id
    return stock.levels_of_variants(session, [only])[only].low_at


def test_an_alert_set_in_the_inventory_goes_out_comes_in_and_stays(
    session: Session, member: SellerMember
) -> None:
    imported(session, member, HEAD + "lamp,Lamp,,,L,10,7\n")
    only = content(session).variants[0].id
    stock_service.set_low_at(session, member, only, 5, at=MONDAY)
    before = exported(session, member, Dialect.OWN)
    assert rows_of(before)[0]["low_stock_at"] == "5"

    assert planned(session, member, before).counts["unchanged"] == 1
    imported(session, member, HEAD + "lamp,Table lamp,,,L,10,6\n")

    assert (content(session).title, alert(session)) == ("Table lamp", 5)


def test_a_table_that_names_another_alert_sets_it(session: Session, member: SellerMember) -> None:
    head = "handle,title,sku,price,quantity,low_stock_at\n"
    imported(session, member, head + "lamp,Lamp,L,10,7,4\n")
    assert alert(session) == 4

    draft = content(session)
    plan = imported(session, member, head + "lamp,Lamp,L,10,7,2\n")

    assert (plan.counts["update"], alert(session)) == (1, 2)
    assert content(session).variants == draft.variants
    assert planned(session, member, head + "lamp,Lamp,L,10,7,02\n").counts["unchanged"] == 1


# whose it is


def test_a_handle_of_another_seller_is_nobodys_business(
    session: Session, member: SellerMember
) -> None:
    stranger = goods.owner_of(session, goods.open_shop(session, "b"), id_="per_stranger")
    imported(session, stranger, HEAD + "lamp,Theirs,,,L,10,7\n")

    plan = imported(session, member, HEAD + "lamp,Mine,,,L,10,2\n")

    titles = select(Listing.seller_id, Listing.title).order_by(col(Listing.created_at))
    assert plan.counts["create"] == 1
    assert dict(session.exec(titles).all()) == {
        member.seller_id: "Mine",
        stranger.seller_id: "Theirs",
    }
    assert b"Theirs" not in exported(session, member, Dialect.OWN)


@pytest.mark.parametrize(
    "deed",
    [
        lambda session, who, _plan: planned(session, who, HEAD),
        lambda session, who, plan: saving.save_batch(
            session, who, saving.to_write(plan), at=MONDAY
        ),
        lambda session, who, _plan: exported(session, who, Dialect.OWN),
    ],
    ids=["plan", "save", "export"],
)
def test_without_the_permission_nothing_is_planned_written_or_told(
    deed: Callable[[Session, SellerMember, Plan], object], session: Session, member: SellerMember
) -> None:
    plan = planned(session, member, HEAD + "lamp,Lamp,,,L,10,7\n")
    wrong = people.member(Permission.SHOP_ORDERS_READ, seller_id=member.seller_id)

    with pytest.raises(NotAllowed):
        deed(session, wrong, plan)

    assert session.exec(select(Listing)).all() == []


def test_a_run_is_one_entry_in_the_log_with_its_counts(
    session: Session, member: SellerMember
) -> None:
    plan = imported(session, member, HEAD + "lamp,Lamp,,,L,10,7\nlamp2,Lamp,,,M,10,7\n")

    saving.record(session, member, "lamps.csv", plan.counts, at=MONDAY)

    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "products.imported")).all()
    assert [(e.after or {}).get("create") for e in entries] == [2]


# properties


WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=12)
PRICES = st.one_of(
    st.integers(0, MAX_MINOR).map(lambda minor: write_amount(minor, "CNY")),
    st.integers(0, 10**6).map(str),
    st.just(""),
)
SIZES = st.lists(
    st.text("SMLX12", min_size=1, max_size=3), min_size=1, max_size=4, unique_by=str.casefold
)
PRODUCTS = st.lists(
    st.tuples(
        WORDS.filter(lambda text: text.strip()), WORDS, WORDS, SIZES, PRICES, st.integers(0, 999)
    ),
    min_size=1,
    max_size=4,
)
COLUMNS = (
    "Handle", "Title", "Vendor", "Tags", "Option1 Name", "Option1 Value", "Variant Price",
    "Variant Inventory Qty", "Odd (my.column)",
)  # fmt: skip


@hypothesis_settings(max_examples=25)
@given(PRODUCTS)
def test_export_after_import_is_the_identity(
    session: Session,
    member: SellerMember,
    products: list[tuple[str, str, str, list[str], str, int]],
) -> None:
    rows: list[list[str]] = []
    for number, (title, vendor, odd, sizes, price, units) in enumerate(products):
        for place, size in enumerate(sizes):
            first = place == 0
            rows.append(
                [
                    f"p-{number}", title if first else "", vendor if first else "",
                    f"{vendor},{odd}" if first else "", "Size" if first else "", size, price,
                    str(units), odd,
                ]
            )  # fmt: skip
    data = b"".join(csv.encoded(COLUMNS, rows))
    with session.begin_nested() as undone:
        plan = planned(session, member, data)
        if not plan.every_fault:
            saving.save_batch(session, member, saving.to_write(plan), at=MONDAY)
            out = read_table(exported(session, member, Dialect.LEGACY))
            again = checking.plan_table(session, member, out, mapped(out.header))

            assert cells(out) == cells(read_table(data))
            assert again.counts["unchanged"] == len(plan.products)
        undone.rollback()
    session.expunge_all()


def cells(table: Table) -> list[list[str]]:
    at = [table.header.index(name) if name in table.header else -1 for name in COLUMNS]
    return [[row.cells[place] if place >= 0 else "" for place in at] for row in table.rows]


@given(st.integers(0, MAX_MINOR), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_an_amount_is_read_as_it_is_written(minor: int, currency: str) -> None:
    assert read_amount(write_amount(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("50", "CNY", 5000), ("9.9", "CNY", 990), ("100.00", "JPY", 100), ("1.234", "KWD", 1234)],
)
def test_amounts_follow_the_digits_of_the_currency(text: str, currency: str, minor: int) -> None:
    assert read_amount(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "currency"),
    [("1.5", "JPY"), ("1.001", "CNY"), ("1e3", "CNY"), ("٣", "CNY"), ("1 000", "CNY"), ("", "CNY")],
)
def test_what_is_no_amount_of_the_currency_is_refused(text: str, currency: str) -> None:
    with pytest.raises(BadCell):
        read_amount(text, currency)


@given(st.text(max_size=200))
def test_whatever_html_is_sent_no_markup_is_left(html: str) -> None:
    assert "<script" not in html_of(text_of(html)).lower()


def test_a_spelling_is_forgotten_once_the_value_changes() -> None:
    extra: dict[str, str] = {}
    kept.remember(extra, "price", "50", "50.00")

    assert kept.as_written(extra, "price", "50.00") == "50"
    assert kept.as_written(extra, "price", "60.00") == "60.00"


def test_a_sku_whose_variant_was_removed_can_come_back(
    session: Session, member: SellerMember
) -> None:
    """As the editor has it: an archived variant keeps no SKU from anybody."""
    head = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
    text = f"{head}cup,Cup,Colour,Red,CUP-R,1.00\ncup,,,Blue,CUP-B,1.00\n"
    imported(session, member, text)
    row = session.exec(select(Listing)).one()
    content = ListingContent.model_validate(row.draft)
    [option] = content.options
    fewer = content.model_copy(
        update={
            "options": [option.model_copy(update={"values": option.values[:1]})],
            "variants": content.variants[:1],
        }
    )
    listings.save_draft(session, member, row.id, fewer, version=row.version, at=MONDAY)
    assert planned(session, member, text).every_fault == []
    other = "Handle,Title,Variant SKU,Variant Price\nnew-cup,New cup,CUP-B,1.00\n"
    imported(session, member, other)
    skus = select(Variant.sku).where(col(Variant.archived_at).is_(None)).order_by(Variant.sku)
    assert session.exec(skus).all() == ["CUP-B", "CUP-R"]
