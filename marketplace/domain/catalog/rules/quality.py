"""How complete a listing is: 0 to 100 points, and what each missing point would take (ux.md 3.3)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.prose import plain
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.kit.languages import N_
from marketplace.kit.words import fold, words

TITLE_EN = range(20, 121)
TITLE_ZH = range(10, 61)
GOOD_PICTURES = 4
GOOD_WIDTH = 1000
LONG_EN = 60  # words
LONG_ZH = 150  # characters
PICTURES_IN_TEXT = 2
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")


@dataclass(frozen=True, slots=True)
class QualityFacts:
    """What the content alone does not say. `widths` of its pictures, in pixels."""

    category_names: tuple[str, ...] = ()
    fields: tuple[AttributeField, ...] = ()
    widths: Mapping[str, int] | None = None
    has_forbidden_words: bool = False
    in_stock: bool = True


@dataclass(frozen=True, slots=True)
class MissingPoint:
    """`code` names the section of the editor where it can be mended, `field` the dotted field in
    it; empty where the section is one thing."""

    code: str
    points: int
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Quality:
    score: int
    missing: tuple[MissingPoint, ...]


def score(content: ListingContent, facts: QualityFacts) -> Quality:
    """The whole is 100: title 15, pictures 25, video 5, attributes 20, description 10, both
    languages 5, price and stock 10, shipping and returns 5, search engines 5."""
    missing = [
        point
        for point in (
            *_title(content, facts),
            *_pictures(content, facts),
            _missing(bool(content.video_url), "media", 5, N_("Add a video."), "video_url"),
            _attributes(content, facts.fields),
            *_description(content),
            _missing(
                _is_bilingual(content),
                "basics",
                5,
                N_("Give the title in both languages."),
                "title_zh" if content.title else "title",
            ),
            *_prices(content, facts),
            _missing(
                bool(content.shipping_template_id) and content.return_days > 0,
                "returns" if content.shipping_template_id else "shipping",
                5,
                N_("Choose a shipping template and give buyers days to return."),
                "return_days" if content.shipping_template_id else "shipping_template_id",
            ),
            _missing(
                bool(content.seo.title or content.seo.title_zh)
                and bool(content.seo.description or content.seo.description_zh),
                "seo",
                5,
                N_("Write a title and a description for search engines."),
                "seo.description" if content.seo.title or content.seo.title_zh else "seo.title",
            ),
        )
        if point is not None
    ]
    return Quality(100 - sum(point.points for point in missing), tuple(missing))


def _missing(
    is_met: bool, code: str, points: int, message: str, field: str = ""
) -> MissingPoint | None:
    return None if is_met else MissingPoint(code, points, message, field)


def _title(content: ListingContent, facts: QualityFacts) -> list[MissingPoint | None]:
    titles = f"{content.title} {content.title_zh}"
    fits = (not content.title or len(content.title) in TITLE_EN) and (
        not content.title_zh or len(content.title_zh) in TITLE_ZH
    )
    noun = {word for name in facts.category_names for word in _stems(name)}
    shouts = bool(_CAPITALS.search(content.title)) or facts.has_forbidden_words
    return [
        _missing(
            fits and bool(titles.strip()),
            "basics",
            5,
            N_("Make the title 20 to 120 letters in English, 10 to 60 characters in Chinese."),
            "title_zh" if len(content.title) in TITLE_EN else "title",
        ),
        _missing(
            not facts.category_names or _names(titles, noun),
            "basics",
            5,
            N_("Name in the title what it is, as its category does."),
            "title",
        ),
        _missing(
            bool(titles.strip()) and not shouts,
            "basics",
            5,
            N_("Write the title without CAPITALS and forbidden words."),
            "title",
        ),
    ]


def _stems(name: str) -> set[str]:
    return {word.rstrip("s") for word in words(name) if len(word) > 1}


def _names(titles: str, nouns: Collection[str]) -> bool:
    """Chinese has no spaces, so any two neighbouring characters of the category's name count."""
    text = fold(titles)
    pieces = {
        piece
        for noun in nouns
        for piece in ([noun] if noun.isascii() else [noun[i : i + 2] for i in range(len(noun) - 1)])
    }
    return any(piece in text for piece in pieces)


def _pictures(content: ListingContent, facts: QualityFacts) -> list[MissingPoint | None]:
    lacking = max(0, GOOD_PICTURES - len(content.pictures))
    widths = facts.widths
    is_large = bool(content.pictures) and (
        widths is None or all(widths.get(p.id, 0) >= GOOD_WIDTH for p in content.pictures[:4])
    )
    return [
        _missing(lacking == 0, "media", 5 * lacking, N_("Show it in four pictures or more.")),
        _missing(is_large, "media", 5, N_("Use pictures at least 1000 pixels wide.")),
    ]


def _attributes(content: ListingContent, fields: Sequence[AttributeField]) -> MissingPoint | None:
    if not fields:
        return None
    empty = [field.code for field in fields if not any(content.attributes.get(field.code, ()))]
    points = 20 - 20 * (len(fields) - len(empty)) // len(fields)
    first = f"attributes.{empty[0]}" if empty else ""
    return _missing(
        points == 0, "attributes", points, N_("Fill in the remaining attributes."), first
    )


def _description(content: ListingContent) -> list[MissingPoint | None]:
    english = len(words(" ".join(plain(block.text) for block in content.blocks)))
    chinese = len("".join(plain(block.text_zh) for block in content.blocks))
    pictures = sum(len(block.picture_ids) for block in content.blocks)
    return [
        _missing(
            english >= LONG_EN or chinese >= LONG_ZH,
            "description",
            5,
            N_("Describe it in 60 English words or 150 Chinese characters."),
            next((f"blocks.{at}.text" for at, b in enumerate(content.blocks) if b.text), ""),
        ),
        _missing(
            pictures >= PICTURES_IN_TEXT,
            "description",
            5,
            N_("Put two pictures into the description."),
        ),
    ]


def _is_bilingual(content: ListingContent) -> bool:
    return bool(content.title and content.title_zh)


def _prices(content: ListingContent, facts: QualityFacts) -> list[MissingPoint | None]:
    sold = [variant for variant in content.variants if variant.is_active]
    is_sane = bool(sold) and all(
        v.price > 0 and (v.reference_price is None or v.reference_price > v.price) for v in sold
    )
    return [
        _missing(is_sane, "variants", 5, N_("Give every variant for sale a price.")),
        _missing(facts.in_stock, "variants", 5, N_("Put something in stock.")),
    ]
