"""What importing one product would do: the content it would have, and every fault of its rows. Pure."""

from collections.abc import Callable

from pydantic import ValidationError

from marketplace.domain.catalog.models import ListingStatus
from marketplace.domain.catalog.rules.content import MOST_VARIANTS, ListingContent
from marketplace.domain.catalog.rules.validate import draft_errors
from marketplace.domain.inventory.rules import MOST, MOST_LOW, Level
from marketplace.flows.import_products import faults
from marketplace.flows.import_products.plans import Existing, Kind, Planned, Work
from marketplace.flows.import_products.setting import Document, set_product, set_variant
from marketplace.flows.import_products.sheet import LONGEST_HANDLE, Columns, Line, Product
from marketplace.flows.import_products.variants import (
    match_variants,
    name_skus,
    set_options,
    set_pictures,
)
from marketplace.flows.product_tables import kept
from marketplace.flows.product_tables.cells import BadCell, read_whole
from marketplace.flows.product_tables.written import (
    Lookups,
    Written,
    product_cells,
    variant_cells,
    written,
)
from marketplace.kit.languages import N_
from marketplace.kit.text import one_line


def plan_product(
    product: Product,
    columns: Columns,
    existing: Existing | None,
    lookups: Lookups,
    *,
    owners: dict[str, str],
    new_key: Callable[[], str],
) -> Planned:
    """`owners` says whose each SKU of the seller is (variant ids); SKUs met here are added to it."""
    before = existing.content if existing else ListingContent()
    work = Work(
        product,
        columns,
        existing,
        lookups,
        _shown(product.handle, existing, lookups),
        before.model_dump(mode="json"),
        Planned(product.handle, product.row),
    )
    if not _is_possible(work):
        return work.plan
    _set_product(work)
    match_variants(work, new_key)
    _set_variants(work)
    set_options(work)
    set_pictures(work)
    name_skus(work, owners)
    content = _validated(work)
    if content is not None and not work.plan.faults:
        _remember(work, content)
        work.plan.content = content
        work.plan.kind = _kind(work, before)
        if existing:
            work.plan.listing_id, work.plan.version = existing.id, existing.version
    return work.plan


def _shown(handle: str, existing: Existing | None, lookups: Lookups) -> Written:
    if existing is None:
        return Written({}, (), ())
    return written(
        existing.content, lookups, handle=handle, status=existing.status, levels=existing.levels
    )


def _is_possible(work: Work) -> bool:
    product = work.product
    if len(product.handle) > LONGEST_HANDLE or not _is_line(product.handle):
        message = N_("A handle is one line of at most {most} characters.")
        work.fault(product.row, "handle", message, most=LONGEST_HANDLE)
    if len(product.variants) > MOST_VARIANTS:
        message = N_("A listing has at most {most} variants.")
        work.fault(product.variants[MOST_VARIANTS].row, "sku", message, most=MOST_VARIANTS)
    has_title = any(product.cells.get(key, "").strip() for key in ("title", "title_zh"))
    if work.existing is None and not has_title:
        work.fault(product.row, "title", N_("A new product needs a title."))
    if work.existing and work.existing.status is ListingStatus.ARCHIVED:
        work.fault(product.row, "handle", N_("This listing is archived. Restore it first."))
    return not work.plan.faults


def _is_line(text: str) -> bool:
    try:
        return one_line(text) == text
    except ValueError:
        return False


def _set_product(work: Work) -> None:
    """What the file says as we do is left alone, so that an export imported again changes nothing."""
    for key, text in work.product.cells.items():
        if work.existing is None or text != work.shown.product.get(key, ""):
            row = work.product.rows[key]
            try:
                note = set_product(work.document, key, text, work.lookups)
            except BadCell as bad:
                work.fault(row, key, bad.message, **bad.words)
            else:
                if note:
                    work.note(row, key, note)


def _set_variants(work: Work) -> None:
    known = _known_cells(work)
    for line, variant in work.lines:
        shown = known.get(variant["id"])
        for key, text in line.cells.items():
            if shown is not None and text == shown.get(key, ""):
                continue
            try:
                note = _set_variant(work, variant, key, text)
            except BadCell as bad:
                work.fault(line.row, key, bad.message, **bad.words)
            else:
                if note:
                    work.note(line.row, key, note)


def _known_cells(work: Work) -> dict[str, dict[str, str]]:
    if work.existing is None:
        return {}
    pairs = zip(work.existing.content.variants, work.shown.variants, strict=True)
    return {variant.id: cells for variant, cells in pairs}


def _set_variant(work: Work, variant: Document, key: str, text: str) -> str:
    if key == "quantity":
        _count(work, variant, text)
        return ""
    if key == "low_at":
        _alert(work, variant, text)
        return ""
    return set_variant(variant, key, text, work.lookups)


def _count(work: Work, variant: Document, text: str) -> None:
    """An empty quantity leaves what is there."""
    if not text.strip():
        return
    level = _levels(work).get(variant["id"], Level())
    units = read_whole(text, most=MOST)
    if units < level.reserved:
        raise BadCell(
            N_("{reserved} units are promised to buyers, so on hand cannot be less."),
            reserved=level.reserved,
        )
    if units != level.on_hand:
        work.plan.quantities[variant["id"]] = units


def _alert(work: Work, variant: Document, text: str) -> None:
    """The level has it, if there is one; before that, what the level will begin with."""
    low_at = read_whole(text, most=MOST_LOW) if text.strip() else 0
    level = _levels(work).get(variant["id"])
    if level is None:
        variant["low_at"] = low_at
    elif low_at != level.low_at:
        work.plan.low_at[variant["id"]] = low_at


def _levels(work: Work) -> dict[str, Level]:
    return dict(work.existing.levels) if work.existing else {}


def _validated(work: Work) -> ListingContent | None:
    try:
        content = ListingContent.model_validate(work.document)
    except ValidationError as invalid:
        work.plan.faults += faults.of_validation(invalid, work)
        return None
    work.plan.faults += faults.of_rules(draft_errors(content), work)
    return content


def _remember(work: Work, content: ListingContent) -> None:
    """Keep how the file spells what we would spell otherwise."""
    levels = _levels(work)
    low_at = {v.id: v.low_at for v in content.variants}
    low_at |= {id_: level.low_at for id_, level in levels.items()} | work.plan.low_at
    for id_ in levels.keys() | work.plan.quantities.keys():
        old = levels.get(id_, Level())
        units = work.plan.quantities.get(id_, old.on_hand)
        levels[id_] = Level(units, old.reserved, low_at.get(id_, 0))
    handle = work.product.handle
    status = work.existing.status if work.existing else ListingStatus.DRAFT
    ours = product_cells(content, work.lookups, handle=handle, status=status)
    for key, text in work.product.cells.items():
        kept.remember(content.extra, key, text, ours.get(key, ""))
    lines: dict[str, Line] = {variant["id"]: line for line, variant in work.lines}
    for variant in content.variants:
        if line := lines.get(variant.id):
            own = variant_cells(content, variant, work.lookups, levels.get(variant.id))
            for key, text in line.cells.items():
                kept.remember(variant.extra, key, text, own.get(key, ""))


def _kind(work: Work, before: ListingContent) -> Kind:
    if work.existing is None:
        return Kind.CREATE
    is_stock_same = not work.plan.quantities and not work.plan.low_at
    same = is_stock_same and _says(work.plan.content) == _says(before)
    return Kind.UNCHANGED if same else Kind.UPDATE


def _says(content: ListingContent) -> Document:
    """The content without how an imported table spelled it."""
    document: Document = content.model_dump(mode="json")
    document["extra"] = kept.without(document["extra"])
    for variant in document["variants"]:
        variant["extra"] = kept.without(variant["extra"])
    return document
