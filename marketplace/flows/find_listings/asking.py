"""An address becomes a question, and a question an address again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from marketplace.domain.search.queries.found import SORTS
from marketplace.kit.money import MAX_MINOR, exponent
from marketplace.settings import settings

LONGEST = 200
DEEPEST_PAGE = 400
ATTRIBUTE = "a_"
"""Before the code of an attribute in an address: `a_colour=red,blue`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. Prices are minor units."""

    text: str = ""
    category: str = ""
    """A slug."""
    brands: tuple[str, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    is_in_stock: bool = False
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1


def asked_by(parameters: Mapping[str, str], category: str = "") -> Asked:
    """Read an address. What it says wrongly is ignored, so an old link still leads somewhere."""
    places = exponent(settings().currency)
    sort = parameters.get("sort", "")
    return Asked(
        text=line(parameters.get("q", "")),
        category=line(category or parameters.get("category", "")),
        brands=_many(parameters.get("brand", "")),
        price_from=_minor(parameters.get("from", ""), places),
        price_to=_minor(parameters.get("to", ""), places),
        is_in_stock=parameters.get("stock") == "1",
        attributes={
            key.removeprefix(ATTRIBUTE): values
            for key, value in sorted(parameters.items())[:40]
            if key.startswith(ATTRIBUTE) and (values := _many(value))
        },
        sort=sort if sort in SORTS else "relevance",
        page=min(int(page), DEEPEST_PAGE)
        if (page := parameters.get("page", "")).isascii() and page.isdigit() and 0 < len(page) < 5
        else 1,
    )


def category_in(path: str) -> str:
    """The slug of the category that lives at this path; empty for any other path."""
    before, mark, slug = path.rpartition("/c/")
    return slug.strip("/") if mark and before in ("", "/zh") else ""


def address(asked: Asked, **changes: object) -> str:
    """Where this is asked, without the language: a category lives at `/c/…` until words are
    looked for in it. Any change but one of the page begins at the first page again."""
    changed = replace(asked, **{"page": 1, **changes})  # type: ignore[arg-type]
    path = place(changed)
    query = urlencode(parts(changed), safe=",")
    return f"{path}?{query}" if query else path


def place(asked: Asked) -> str:
    """The path alone."""
    return f"/c/{asked.category}" if asked.category and not asked.text else "/search"


def parts(asked: Asked) -> list[tuple[str, str]]:
    """The query of the address, by name."""
    pairs = {
        "q": asked.text,
        "category": asked.category if asked.text else "",
        "brand": ",".join(asked.brands),
        "from": typed(asked.price_from),
        "to": typed(asked.price_to),
        "stock": "1" if asked.is_in_stock else "",
        **{ATTRIBUTE + code: ",".join(values) for code, values in asked.attributes.items()},
        "sort": "" if asked.sort == "relevance" else asked.sort,
        "page": str(asked.page) if asked.page > 1 else "",
    }
    return [(name, value) for name, value in pairs.items() if value]


def narrowings(asked: Asked) -> int:
    """How many filters are on, besides words and category."""
    prices = asked.price_from is not None or asked.price_to is not None
    return len(asked.attributes) + bool(asked.brands) + prices + asked.is_in_stock


def switched(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    """With the value if it was not there, without it if it was."""
    if value in values:
        return tuple(one for one in values if one != value)
    return (*values, value)


def typed(minor: int | None) -> str:
    """An amount as somebody would type it; empty for None."""
    if minor is None:
        return ""
    places = exponent(settings().currency)
    text = str(minor).rjust(places + 1, "0")
    whole, rest = (text[:-places], text[-places:]) if places else (text, "")
    return f"{whole}.{rest}".removesuffix(".00").removesuffix(".") if places else whole


def line(text: str) -> str:
    """One line of what can be printed, not too long."""
    return " ".join("".join(c for c in text if c.isprintable()).split())[:LONGEST]


def _many(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for one in text.split(",")[:20] if (value := line(one))))


def _minor(text: str, places: int) -> int | None:
    """`59.9` of a currency with two places is 5990; anything else is None."""
    whole, _point, rest = text.strip().partition(".")
    if not (whole + rest).isascii() or not (whole + rest).isdigit() or len(rest) > places:
        return None
    return min(int(f"{whole}{rest.ljust(places, '0')}"[:16]), MAX_MINOR)
