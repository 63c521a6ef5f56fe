"""Variants, options and pictures of an imported product: found again, completed, put in order."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy

from slugify import slugify

from marketplace.domain.catalog.rules.content import MOST_OPTIONS
from marketplace.flows.import_products.plans import Work
from marketplace.flows.import_products.setting import EMPTY_VARIANT, Document
from marketplace.flows.import_products.sheet import Line
from marketplace.flows.product_tables.pictures import Source, keep_sources
from marketplace.kit.languages import N_

LONGEST_ADDRESS = 2_000
PLACES = range(1, MOST_OPTIONS + 1)
OF_PICTURE = ("picture", "picture_alt", "picture_alt_zh", "picture_position")


def match_variants(work: Work, new_key: Callable[[], str]) -> None:
    """Each line with its variant: the one with its SKU, or with its values, or a new one.

    Variants of the listing that the file does not name stay as they are.
    """
    document, lines = work.document, work.product.variants
    free: list[Document] = list(document["variants"])
    found: dict[int, Document] = {}
    for fits in (_has_sku, _has_values):
        for at, line in enumerate(lines):
            match = next((v for v in free if fits(v, line, document)), None)
            if at not in found and match is not None:
                found[at] = match
                free = [v for v in free if v is not match]
    if len(lines) == len(document["variants"]) == len(free) == 1:
        found[0] = free[0]
    for at, line in enumerate(lines):
        if at not in found:
            found[at] = {**deepcopy(EMPTY_VARIANT), "id": new_key()}
            document["variants"].append(found[at])
        work.lines.append((line, found[at]))


def _has_sku(variant: Document, line: Line, _document: Document) -> bool:
    sku = line.cells.get("sku", "").strip()
    return bool(sku) and variant["sku"] == sku


def _has_values(variant: Document, line: Line, document: Document) -> bool:
    values = [line.cells.get(f"option{n}_value", "").strip().casefold() for n in PLACES]
    given = [value for value in values if value]
    is_same = [value.casefold() for value in variant["values"]] == given
    return is_same and (bool(given) or not document["options"])


def set_options(work: Work) -> None:
    """Options by name with every value that a variant has, in the order they are met."""
    old: list[Document] = work.document["options"]
    names = _option_names(work, old)
    _take_values(work, names)
    if any(len(variant["values"]) != len(names) for variant in work.document["variants"]):
        message = N_("A variant that is not in the file lacks a value of this option.")
        work.fault(work.product.row, f"option{len(names)}_name", message)
    if work.plan.faults:
        return
    made = [_option(work, place, name, old) for place, name in enumerate(names)]
    _name_values_in_chinese(work, made)
    work.document["options"] = made
    _check_twins(work)


def _option_names(work: Work, old: Sequence[Document]) -> list[str]:
    """Without gaps at the end; an absent column leaves the option."""
    names = []
    for place, n in enumerate(PLACES):
        before = old[place]["name"] if place < len(old) else ""
        names.append(work.product.cells.get(f"option{n}_name", before).strip())
    while names and not names[-1]:
        names.pop()
    return names


def _take_values(work: Work, names: Sequence[str]) -> None:
    for line, variant in work.lines:
        values: list[str] = []
        for place, n in enumerate(PLACES):
            key = f"option{n}_value"
            before = variant["values"][place] if place < len(variant["values"]) else ""
            value = line.cells.get(key, before).strip()
            if place >= len(names):
                if value and key in line.cells:
                    message = N_("There is a value, but the option has no name.")
                    work.fault(line.row, key, message)
                continue
            if not names[place]:
                work.fault(line.row, key, N_("An option before this one has no name."))
            elif not value:
                message = N_("This variant lacks a value of {option}.")
                work.fault(line.row, key, message, option=names[place])
            values.append(value)
        variant["values"] = values


def _option(work: Work, place: int, name: str, old: Sequence[Document]) -> Document:
    none: Document = {"name": "", "name_zh": "", "values": []}
    known: Document = old[place] if place < len(old) else none
    chinese = str(work.product.cells.get(f"option{place + 1}_name_zh", known["name_zh"]))
    have = {value["name"]: value for value in known["values"]}
    used = dict.fromkeys(variant["values"][place] for variant in work.document["variants"])
    values = [dict(have.get(value, {"name": value, "name_zh": ""})) for value in used]
    return {"name": name, "name_zh": chinese.strip(), "values": values}


def _name_values_in_chinese(work: Work, options: Sequence[Document]) -> None:
    for line, variant in work.lines:
        for place, option in enumerate(options):
            chinese = line.cells.get(f"option{place + 1}_value_zh", "").strip()
            if chinese:
                name = variant["values"][place]
                next(each for each in option["values"] if each["name"] == name)["name_zh"] = chinese


def _check_twins(work: Work) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for line, variant in work.lines:
        values = tuple(value.casefold() for value in variant["values"])
        first = seen.setdefault(values, line.row)
        if first != line.row:
            message = N_("Row {first} is the same variant.")
            work.fault(line.row, "option1_value", message, first=first)


def set_pictures(work: Work) -> None:
    """The file's pictures in their order; those we have already keep their ids."""
    document = work.document
    if "picture" in work.columns.keys:
        _set_sources(work)
    else:
        work.plan.pictures = []
    by_url = {source.url: source.id for source in work.shown.pictures if source.id}
    for variant in document["variants"]:
        if not variant["picture_id"]:
            variant["picture_id"] = by_url.get(variant["extra"].get("variant_picture", ""), "")


def _set_sources(work: Work) -> None:
    known = {source.url: source for source in work.shown.pictures}
    sources: list[Source] = []
    for line in work.product.pictures:
        source = _source(line, known)
        if _is_address(source.url):
            sources.append(source)
            if not source.id:
                work.plan.pictures.append((line.row, source.url))
        else:
            message = N_("A picture's address begins with https:// or http://.")
            work.fault(line.row, "picture", message)
    keep_sources(work.document["extra"], sources)
    texts = {source.id: source for source in sources if source.id}
    work.document["pictures"] = [
        {**picture, "alt": texts[picture["id"]].alt, "alt_zh": texts[picture["id"]].alt_zh}
        for picture in work.document["pictures"]
        if picture["id"] in texts
    ]


def _is_address(url: str) -> bool:
    return url.lower().startswith(("https://", "http://")) and len(url) <= LONGEST_ADDRESS


def _source(line: Line, known: Mapping[str, Source]) -> Source:
    cells, url = line.cells, line.cells["picture"].strip()
    before = known.get(url, Source(url))
    return Source(
        url,
        before.id,
        cells.get("picture_alt", before.alt),
        cells.get("picture_alt_zh", before.alt_zh),
        cells.get("picture_position", before.position),
        line.at,
        line.is_alone,
        {key: text for key, text in cells.items() if key not in OF_PICTURE},
    )


def name_skus(work: Work, owners: dict[str, str]) -> None:
    """Every variant has a SKU of its own; one that the file leaves empty is made of the handle."""
    for line, variant in work.lines:
        sku = variant["sku"]
        if sku and owners.setdefault(sku, variant["id"]) != variant["id"]:
            work.fault(line.row, "sku", N_("Another variant has this SKU."))
    for variant in work.document["variants"]:
        if not variant["sku"]:
            variant["sku"] = _unused_sku(work.product.handle, owners)
            owners[variant["sku"]] = variant["id"]


def _unused_sku(handle: str, owners: Mapping[str, str]) -> str:
    stem = slugify(handle, max_length=60).upper() or "SKU"
    n = 1
    while f"{stem}-{n}" in owners:
        n += 1
    return f"{stem}-{n}"
