"""One listing as the index knows it: its words by weight, and its standing beyond relevance."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from pypinyin import lazy_pinyin

from marketplace.kit import words

FIELDS = ("title", "names", "traits", "body")
WEIGHTS = (50, 30, 20, 10)
"""Of the fields, in tenths (reference/ux.md 3.10)."""
WHOLE = 10_000
LONGEST_BODY = 4_000  # characters; more would cost space and find nothing new
MOST_SOLD = 9  # bits: 511 units in 30 days are as popular as it gets


@dataclass(frozen=True, slots=True)
class Document:
    """What `service.put` indexes. Texts are raw, in both languages; `facets` by attribute code."""

    listing_id: str
    seller_id: str
    category_path: str
    brand_id: str
    price: int
    """The lowest of its variants, minor units."""
    published_at: datetime
    title: str
    title_zh: str = ""
    names: str = ""
    """Of its categories, brand and shop."""
    traits: str = ""
    """Attribute values and tags."""
    body: str = ""
    sales: int = 0
    rating_bps: int = 0
    rating_count: int = 0
    is_in_stock: bool = True
    penalty_bps: int = WHOLE
    """What violations leave of its rank, basis points."""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)


def indexed(document: Document) -> dict[str, list[str]]:
    """The words of each field, as both databases store them."""
    title = f"{document.title} {document.title_zh}"
    return {
        "title": index_words(title),
        "names": index_words(document.names),
        "traits": index_words(document.traits),
        "body": [*index_words(document.body[:LONGEST_BODY]), *spoken(document.title_zh)],
    }


def index_words(text: str) -> list[str]:
    """Every token, and the last character of each Chinese run: bigrams alone would leave a
    one-character question about it unanswered (`parse` asks for beginnings)."""
    found = words.tokens(text)
    return found + [run[-1] for run in words.runs(text) if len(run) > 1]


def spoken(text: str) -> list[str]:
    """Pinyin of each pair and each whole run of Chinese, so that `chabei` finds 茶杯."""
    found = []
    for run in words.runs(text):
        syllables = lazy_pinyin(run)
        found += ["".join(pair) for pair in pairwise(syllables)]
        if len(run) > 2:
            found.append("".join(syllables)[:40])
    return found


def standing(document: Document, *, at: datetime) -> int:
    """Everything but relevance, basis points of 10,000 (reference/ux.md 3.10).

    Whole numbers stand for its logarithm and its exponential: bits of the units sold, and 30 days
    over 30 days plus the age.
    """
    popular = min(WHOLE, (document.sales + 1).bit_length() * WHOLE // MOST_SOLD)
    average = (20 * 8_000 + document.rating_bps * document.rating_count) // (
        20 + document.rating_count
    )
    age = max(0, (at - document.published_at).days)
    fresh = WHOLE * 30 // (30 + age)
    boost = (35 * popular + 15 * average + 10 * fresh) // 100
    return (WHOLE + boost) * document.penalty_bps // WHOLE


def terms(titles: Iterable[str]) -> set[str]:
    """Words worth suggesting: Latin ones of three letters and more, and the pairs that begin or
    end a Chinese run. Pairs from its middle mostly lie across two words."""
    listed = list(titles)
    latin = {word for title in listed for word in words.words(title) if not words.runs(word)}
    runs = [run for title in listed for run in words.runs(title) if len(run) > 1]
    pairs = {pair for run in runs for pair in (run[:2], run[-2:])}
    return {word[:40] for word in latin if len(word) >= 3} | pairs
