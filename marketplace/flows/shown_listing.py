"""A listing as its page shows it: rows for the HTML and for the app. Public data alone."""

from dataclasses import dataclass

from marketplace.flows.listing_cards import Card


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name in both languages; `href` where it leads."""

    label: str
    label_zh: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture. `id` is what variants name; `focus` is the point crops keep, as CSS has it."""

    id: str
    small: str
    medium: str
    large: str
    alt: str
    alt_zh: str
    focus: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of one option."""

    name: str
    name_zh: str
    swatch: str


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    name_zh: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class ShownVariant:
    """Minor units. `key` is its values, joined by `|`; `left` is a number only when it is low."""

    id: str
    key: str
    title: str
    title_zh: str
    price: int
    reference_price: int
    """0 if there is none that is proved."""
    is_in_stock: bool
    """Whether there are any, also while the shop sells nothing."""
    left: int
    picture_id: str


@dataclass(frozen=True, slots=True)
class Fact:
    """An attribute with its values, as read."""

    label: str
    label_zh: str
    value: str
    value_zh: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of the description; HTML cleaned by `rules.prose`. `kind`: as in a content."""

    kind: str
    html: str
    html_zh: str
    images: list[Shown]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Shipping:
    """What sending an order costs, minor units. `free_from` is 0 if it never is free."""

    fee: int
    free_from: int


@dataclass(frozen=True, slots=True)
class ListingView:
    id: str
    slug: str
    title: str
    title_zh: str
    summary: str
    summary_zh: str
    seller: str
    seller_zh: str
    seller_slug: str
    currency: str
    brand: str
    crumbs: list[Named]
    images: list[Shown]
    options: list[Option]
    variants: list[ShownVariant]
    facts: list[Fact]
    passages: list[Passage]
    is_buyable: bool
    """The shop's side of it; stock is told by kind."""
    is_paused: bool
    paused_until: str
    """ISO, UTC; empty while nobody said."""
    video_url: str
    shipping: Shipping | None
    handling_days: int
    return_days: int
    warranty_months: int
    protection_days: int
    """Within which a fall of the price is paid back; 0 where the shop does not promise it."""
    seo_title: str
    seo_title_zh: str
    similar: list[Card]
    """Others of its category, the best first."""

    def with_first(self, key: str) -> list[Shown]:
        """Its pictures, that of the kind `key` first if it has one of its own."""
        kind = next((one for one in self.variants if one.key == key), None)
        wanted = kind.picture_id if kind else ""
        return sorted(self.images, key=lambda image: bool(wanted) and image.id != wanted)


def first_of(view: ListingView) -> list[str]:
    """The values of the kind a page opens with: the one its cover shows, else the first."""
    cover = view.images[0].id if view.images else ""
    shows = (one.key.split("|") for one in view.variants if cover and one.picture_id == cover)
    return next(shows, [option.choices[0].name for option in view.options])
