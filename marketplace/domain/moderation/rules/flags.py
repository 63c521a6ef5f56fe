"""What rules find in a change: hints for the one who decides, never a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.moderation.rules.words import Hit
from marketplace.kit.languages import N_
from marketplace.kit.words import fold

OUTLIER = 3  # times the category's median, or a third of it
NEAR_SAME = 92  # of 100

FLAGS: Mapping[str, str] = {
    "forbidden_word": N_("Contains “{found}”"),
    "duplicate_picture": N_("Another seller shows the same picture"),
    "duplicate_title": N_("Another listing has nearly the same title"),
    "price_outlier": N_("The price is far from what is usual in its category"),
    "missing_document": N_("Its category asks for a document"),
    "document_to_read": N_("Its category asks for a document: see whether it is the right one"),
    "brand_authorisation": N_("The brand needs an authorisation"),
    "authorisation_to_read": N_("The brand needs an authorisation: see whether one is there"),
}


@dataclass(frozen=True, slots=True)
class Flag:
    """`found`: the word, the other listing's id, the usual price …"""

    code: str
    field: str
    found: str = ""

    def kept(self) -> dict[str, str]:
        return {"code": self.code, "field": self.field, "found": self.found}


def of_words(found: Iterable[Hit]) -> list[Flag]:
    return [Flag("forbidden_word", hit.field, hit.word) for hit in found]


def of_prices(content: ListingContent, median: int | None) -> list[Flag]:
    """`median` of the category, minor units; without one nothing is unusual."""
    if not median:
        return []
    return [
        Flag("price_outlier", f"variants.{place}.price", str(median))
        for place, variant in enumerate(content.variants)
        if variant.is_active
        and (variant.price > median * OUTLIER or variant.price * OUTLIER < median)
    ][:1]


def of_papers(
    content: ListingContent, *, needs_document: bool, needs_authorisation: bool
) -> list[Flag]:
    """Nobody but a reader knows what a paper says: one that is there still wants to be read."""
    is_there = bool(content.document_ids)
    flags = []
    if needs_document:
        flags.append(Flag("document_to_read" if is_there else "missing_document", "document_ids"))
    if needs_authorisation:
        code = "authorisation_to_read" if is_there else "brand_authorisation"
        flags.append(Flag(code, "brand_id"))
    return flags


def of_titles(title: str, title_zh: str, others: Sequence[tuple[str, str, str]]) -> list[Flag]:
    """`others`: id, title and Chinese title of listings that may be the same thing."""
    return [
        Flag("duplicate_title", "title", id_)
        for id_, other, other_zh in others
        if _same(title, other) or _same(title_zh, other_zh)
    ][:3]


def _same(one: str, other: str) -> bool:
    if not one or not other:
        return False
    return fuzz.token_sort_ratio(fold(one), fold(other)) >= NEAR_SAME
