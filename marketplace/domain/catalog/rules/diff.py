"""What differs between two contents: fields, words, pictures, attributes, cells of the grid."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from marketplace.domain.catalog.rules.content import ListingContent, Picture, VariantContent

Kind = Literal["same", "removed", "added"]
CJK = "\u3400-\u9fff\uf900-\ufaff\u3041-\u30ff\uac00-\ud7af"
_WORDS = re.compile(rf"[{CJK}]|[^\W{CJK}]+|\s+|[^\w\s]")
LONGEST_COMPARED = 4_000  # words; longer texts are compared by lines, or it would take seconds

PLAIN = (
    "title", "title_zh", "category_id", "brand_id", "tags", "video_url", "shipping_template_id",
    "handling_days", "return_days", "warranty_months", "protects_price", "slug", "document_ids",
)  # fmt: skip
PARTS = ("parcel", "seo", "options")
CELLS = (
    "sku", "barcode", "price", "reference_price", "cost", "weight", "low_at", "picture_id",
    "is_active",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextPart:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """`parts` compares the words of texts; empty for what is no text."""

    field: str
    before: str
    after: str
    parts: tuple[TextPart, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureDiff:
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    """Same picture, other alt text or focal point."""
    is_reordered: bool = False

    @property
    def is_changed(self) -> bool:
        return bool(self.added or self.removed or self.described or self.is_reordered)


@dataclass(frozen=True, slots=True)
class AttributeDiff:
    code: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class CellDiff:
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VariantDiff:
    """One row of the grid. `price_before` and `price` are minor units, None where there is none."""

    id: str
    label: str
    kind: Literal["same", "removed", "added", "changed"]
    cells: tuple[CellDiff, ...] = ()
    price_before: int | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True)
class ContentDiff:
    """`changed` names the fields of the content that differ, as policies know them."""

    changed: tuple[str, ...]
    fields: tuple[FieldDiff, ...] = ()
    pictures: PictureDiff = field(default_factory=PictureDiff)
    attributes: tuple[AttributeDiff, ...] = ()
    variants: tuple[VariantDiff, ...] = ()


def compare(old: ListingContent | None, new: ListingContent) -> ContentDiff:
    """All of `new` is added where `old` is None."""
    before = old or ListingContent()
    return ContentDiff(
        changed=changed_fields(old, new),
        fields=_fields(before, new),
        pictures=_pictures(before.pictures, new.pictures),
        attributes=_attributes(before.attributes, new.attributes),
        variants=_variants(before.variants, new.variants),
    )


def changed_fields(old: ListingContent | None, new: ListingContent) -> tuple[str, ...]:
    """Top-level names, `variants` told apart as `variants.rows`, `variants.price`, `variants.sku` …;
    attributes as `attributes.<code>`; `extra` is nobody's business and left out."""
    before = (old or ListingContent()).model_dump(mode="json")
    after = new.model_dump(mode="json")
    names = [
        name
        for name in ListingContent.model_fields
        if name not in ("variants", "attributes", "extra") and before[name] != after[name]
    ]
    codes = sorted({*before["attributes"], *after["attributes"]})
    names += [
        f"attributes.{code}"
        for code in codes
        if before["attributes"].get(code, []) != after["attributes"].get(code, [])
    ]
    return (*names, *_grid_changes(before["variants"], after["variants"]))


def text_parts(before: str, after: str) -> tuple[TextPart, ...]:
    """The words of both texts in reading order; each Chinese character is a word."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > LONGEST_COMPARED:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    parts: list[TextPart] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts.append(TextPart("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            parts.append(TextPart("removed", "".join(old[i1:i2])))
        if j2 > j1:
            parts.append(TextPart("added", "".join(new[j1:j2])))
    return tuple(parts)


def _grid_changes(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in after}
    found = []
    if list(old) != list(new) or any(old[id_]["values"] != new[id_]["values"] for id_ in old):
        found.append("variants.rows")
    both = [id_ for id_ in new if id_ in old]
    found += [
        f"variants.{cell}"
        for cell in CELLS
        if any(old[id_][cell] != new[id_][cell] for id_ in both)
    ]
    return found


def _fields(before: ListingContent, after: ListingContent) -> tuple[FieldDiff, ...]:
    old, new = _flat(before), _flat(after)
    return tuple(
        FieldDiff(name, old.get(name, ""), text, text_parts(old.get(name, ""), text))
        for name, text in {**dict.fromkeys(old, ""), **new}.items()
        if old.get(name, "") != text
    )


def _flat(content: ListingContent) -> dict[str, str]:
    """Each field as text a person can compare; blocks by language."""
    flat = {name: _shown(getattr(content, name)) for name in PLAIN}
    for name in ("parcel", "seo"):
        for key, value in getattr(content, name).model_dump().items():
            flat[f"{name}.{key}"] = _shown(value)
    for place, option in enumerate(content.options):
        values = ", ".join(" / ".join(filter(None, (v.name, v.name_zh))) for v in option.values)
        head = " / ".join(filter(None, (option.name, option.name_zh)))
        flat[f"options.{place}"] = f"{head}: {values}"
    flat["blocks.text"] = "\n\n".join(block.text for block in content.blocks if block.text)
    flat["blocks.text_zh"] = "\n\n".join(b.text_zh for b in content.blocks if b.text_zh)
    flat["blocks.rows"] = "\n".join(
        " | ".join(row) for block in content.blocks for row in block.rows
    )
    flat["blocks.pictures"] = ", ".join(
        id_ for block in content.blocks for id_ in block.picture_ids
    )
    return {name: text for name, text in flat.items() if text}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value in (None, "", 0) else str(value)


def _pictures(old: Sequence[Picture], new: Sequence[Picture]) -> PictureDiff:
    before, after = [p.id for p in old], [p.id for p in new]
    known = {picture.id: picture for picture in old}
    stay = [id_ for id_ in after if id_ in known]
    return PictureDiff(
        before=tuple(before),
        after=tuple(after),
        added=tuple(id_ for id_ in after if id_ not in known),
        removed=tuple(id_ for id_ in before if id_ not in set(after)),
        described=tuple(p.id for p in new if p.id in known and p != known[p.id]),
        is_reordered=stay != [id_ for id_ in before if id_ in set(after)],
    )


def _attributes(
    old: Mapping[str, list[str]], new: Mapping[str, list[str]]
) -> tuple[AttributeDiff, ...]:
    codes = dict.fromkeys([*new, *old])
    return tuple(
        AttributeDiff(code, tuple(old.get(code, ())), tuple(new.get(code, ()))) for code in codes
    )


def _variants(
    old: Sequence[VariantContent], new: Sequence[VariantContent]
) -> tuple[VariantDiff, ...]:
    before = {variant.id: variant for variant in old}
    kept = {variant.id for variant in new}
    rows = [_variant(before.get(variant.id), variant) for variant in new]
    rows += [
        VariantDiff(gone.id, label(gone), "removed", price_before=gone.price)
        for gone in old
        if gone.id not in kept
    ]
    return tuple(rows)


def _variant(old: VariantContent | None, new: VariantContent) -> VariantDiff:
    if old is None:
        return VariantDiff(new.id, label(new), "added", price=new.price)
    cells = tuple(
        CellDiff(cell, _cell(getattr(old, cell)), _cell(getattr(new, cell)))
        for cell in ("values", *CELLS)
        if getattr(old, cell) != getattr(new, cell)
    )
    kind: Literal["same", "changed"] = "changed" if cells else "same"
    return VariantDiff(new.id, label(new), kind, cells, old.price, new.price)


def label(variant: VariantContent) -> str:
    return " / ".join(value for value in variant.values if value) or variant.sku


def _cell(value: object) -> str:
    """`""` for none; zero is a price as any other."""
    if isinstance(value, list):
        return " / ".join(map(str, value))
    return "" if value is None else str(value)
