"""One change as the desk shows it: rows of texts, pictures, prices, papers and hints."""

from dataclasses import dataclass

from marketplace.domain.moderation.queries import SellerFacts
from marketplace.domain.moves.queries import MoveRow


@dataclass(frozen=True, slots=True)
class Piece:
    """`is_hit`: a rule found this very text."""

    kind: str
    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """A field that differs: its two sides word by word. `label` is a message id."""

    field: str
    label: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True, slots=True)
class PropertyRow:
    name: str
    name_zh: str
    before: str
    after: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class PictureSide:
    """One picture of one side. `mark`: added, removed, moved, described or same; `place` counts
    from 1, `was` is its place on the other side."""

    id: str
    url: str
    mark: str
    place: int
    was: int


@dataclass(frozen=True, slots=True)
class CellRow:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """What a rule found. `message` and `label` are message ids, the first with `{found}`;
    `variant` is empty where it is about the listing as a whole."""

    message: str
    found: str
    label: str
    variant: str
    variant_zh: str


@dataclass(frozen=True, slots=True)
class VariantRow:
    """Prices in minor units, -1 for none. `against_median` is in basis points, 0 without one."""

    id: str
    label: str
    label_zh: str
    kind: str
    before: int
    after: int
    reference: int
    is_proved: bool
    median: int
    lowest: int
    against_median: int
    cells: list[CellRow]
    history: list[int]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A compliance document; `mark`: added, removed or same. `status` as of any file."""

    id: str
    name: str
    mark: str
    status: str


@dataclass(frozen=True, slots=True)
class SimilarView:
    listing_id: str
    slug: str
    title: str
    title_zh: str
    cover: str
    seller: str
    why: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One change as it is decided upon. `field_labels` are the commented fields: (key, label)."""

    id: str
    version: int
    kind: str
    policy: str
    status: str
    is_open: bool
    needs_look: bool
    listing_id: str
    listing_slug: str
    listing_status: str
    title: str
    title_zh: str
    cover: str
    currency: str
    submitted_at: str
    submitted_by: str
    assignee: str
    is_mine: bool
    decided_by: str
    decided_at: str
    reason: str
    note: str
    needs_rebase: bool
    overlaps: str
    texts: list[TextRow]
    properties: list[PropertyRow]
    properties_changed: int
    pictures_before: list[PictureSide]
    pictures_after: list[PictureSide]
    pictures_changed: bool
    papers: list[PaperRow]
    variants: list[VariantRow]
    variants_changed: int
    category_median: int
    flags: list[FoundRow]
    seller: SellerFacts
    level: str
    level_zh: str
    similar: list[SimilarView]
    history: list[MoveRow]
