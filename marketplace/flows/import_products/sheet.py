"""Rows of a table grouped into products: first row, variants, pictures; every cell knows its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from slugify import slugify

from marketplace.domain.catalog.rules.content import MOST_OPTIONS
from marketplace.flows.product_tables.columns import IGNORE, Place, place_of
from marketplace.kit.errors import Invalid, Words
from marketplace.kit.languages import N_
from marketplace.kit.tables import Row, Table, column_letter

TELLING = frozenset(
    {
        "sku",
        "barcode",
        "price",
        "quantity",
        *(f"option{n}_value" for n in range(1, MOST_OPTIONS + 1)),
    }
)
"""A later row with one of these is a variant; otherwise it is a further picture."""
LONGEST_HANDLE = 120


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: `row` as a spreadsheet counts, `column` its letter or empty."""

    row: int
    column: str
    name: str
    """The column as the file calls it."""
    message: str
    words: dict[str, Words] = field(default_factory=dict)
    handle: str = ""


@dataclass(slots=True)
class Line:
    """The cells of one row by key, and its place among the rows of its product, from 0."""

    row: int
    at: int
    cells: dict[str, str]
    is_alone: bool = False
    """A picture's row without a variant."""


@dataclass(slots=True)
class Product:
    """Everything the table says about one product."""

    handle: str
    row: int
    cells: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    """The row each product cell was read from."""
    variants: list[Line] = field(default_factory=list)
    pictures: list[Line] = field(default_factory=list)
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """Which key each column stands for."""

    names: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def places(self) -> dict[str, int]:
        return {key: at for at, key in enumerate(self.keys) if key != IGNORE}

    def fault(self, row: int, key: str, message: str, handle: str = "", **words: Words) -> Fault:
        at = self.places.get(key)
        letter, name = ("", "") if at is None else (column_letter(at), self.names[at])
        return Fault(row, letter, name, message, words, handle)


def columns_of(table: Table, mapping: Mapping[str, str]) -> Columns:
    """Raises `Invalid` when two columns stand for the same thing, or none names a product."""
    keys = tuple(mapping.get(name, IGNORE) for name in table.header)
    read = [key for key in keys if key != IGNORE]
    twice = next((at for at, key in enumerate(keys) if key != IGNORE and key in keys[:at]), None)
    if twice is not None:
        raise Invalid(
            {f"column.{twice}": N_("Two columns are read as {field}.")}, field=keys[twice]
        )
    if not {"handle", "title", "sku"} & set(read):
        raise Invalid({"": N_("One column has to be the title, the handle or the SKU.")})
    return Columns(table.header, keys)


def products_of(
    table: Table, columns: Columns, handles_of_skus: Mapping[str, str]
) -> tuple[list[Product], list[Fault]]:
    """In the order of their first rows. A row without a handle is found by its SKU
    (`handles_of_skus`), or named after its title."""
    products: dict[str, Product] = {}
    faults: list[Fault] = []
    for row in table.rows:
        cells = _cells(row, columns)
        handle = _handle(cells, handles_of_skus)
        if not handle:
            faults.append(columns.fault(row.number, "handle", N_("The row has no handle.")))
            continue
        product = products.setdefault(handle, Product(handle, row.number))
        _add(product, Line(row.number, product.lines, cells), columns, faults)
        product.lines += 1
    for product in products.values():
        _drop_default_option(product)
    return list(products.values()), faults


def _cells(row: Row, columns: Columns) -> dict[str, str]:
    pairs = zip(columns.keys, row.cells, strict=True)
    return {key: cell for key, cell in pairs if key != IGNORE}


def _handle(cells: Mapping[str, str], handles_of_skus: Mapping[str, str]) -> str:
    given = cells.get("handle", "").strip()
    if given:
        return given
    known = handles_of_skus.get(cells.get("sku", "").strip(), "")
    return known or slugify(cells.get("title", ""), max_length=LONGEST_HANDLE)


def _add(product: Product, line: Line, columns: Columns, faults: list[Fault]) -> None:
    is_first = line.at == 0
    own: dict[str, str] = {}
    picture: dict[str, str] = {}
    for key, text in line.cells.items():
        place = place_of(key)
        if place is Place.PRODUCT and key != "handle":
            _add_product_cell(product, key, text, line, columns, faults)
        elif place is Place.PICTURE:
            picture[key] = text
        elif place is Place.VARIANT:
            own[key] = text
    is_variant = is_first or any(own.get(key, "").strip() for key in TELLING)
    if is_variant:
        product.variants.append(Line(line.row, line.at, own))
    if picture.get("picture", "").strip():
        more = {} if is_variant else {key: text for key, text in own.items() if text}
        product.pictures.append(Line(line.row, line.at, picture | more, not is_variant))


def _add_product_cell(
    product: Product, key: str, text: str, line: Line, columns: Columns, faults: list[Fault]
) -> None:
    """The first row's; a later row may repeat it, or say it first, but not contradict it."""
    known = product.cells.get(key)
    if known is None or (line.at and not known.strip() and text.strip()):
        product.cells[key], product.rows[key] = text, line.row
    elif text.strip() and text.strip() != known.strip():
        faults.append(
            columns.fault(
                line.row,
                key,
                N_("This differs from row {first} of the same product."),
                product.handle,
                first=product.rows[key],
            )
        )


def _drop_default_option(product: Product) -> None:
    """`Title: Default Title` is Shopify's way of saying that there are no options."""
    only = product.variants[0].cells if len(product.variants) == 1 else {}
    name = product.cells.get("option1_name", "").strip().casefold()
    value = only.get("option1_value", "").strip().casefold()
    if name in ("title", "") and value in ("default title", "default"):
        product.cells["option1_name"] = ""
        only["option1_value"] = ""
