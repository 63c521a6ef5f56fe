"""Lists a screen can ask for: validated from a URL, clamped, answered with rows and a count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

R = TypeVar("R")
SIZES = (25, 50)  # a state holds at most 50 rows (DESIGN D5)
MAX_SEARCH = 200


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list shows, as its URL says it: unknown keys are ignored, bad values fall back."""

    search: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    is_descending: bool = False
    page: int = 1
    size: int = SIZES[0]

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @classmethod
    def parse(
        cls,
        parameters: Mapping[str, str],
        *,
        filters: Mapping[str, tuple[str, ...] | None],
        sorts: tuple[str, ...],
    ) -> "ListQuery":
        """Read URL `parameters`. `filters` maps a key to its allowed values (None: any text);
        the first of `sorts` is the default, a leading `-` in it means descending."""
        default = sorts[0]
        asked = parameters.get("sort", default)
        sort = asked if asked.removeprefix("-") in {s.removeprefix("-") for s in sorts} else default
        return cls(
            search=_plain(parameters.get("q", ""))[:MAX_SEARCH],
            filters={
                key: chosen
                for key, allowed in filters.items()
                if (chosen := _chosen(parameters.get(key, ""), allowed))
            },
            sort=sort.removeprefix("-"),
            is_descending=sort.startswith("-"),
            page=_whole(parameters.get("page", ""), 1, 10_000),
            size=size
            if (size := _whole(parameters.get("size", ""), 1, 1_000)) in SIZES
            else SIZES[0],
        )


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """One page of rows and how many there are in all."""

    rows: list[R]
    total: int


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()


def _chosen(text: str, allowed: tuple[str, ...] | None) -> tuple[str, ...]:
    values = [_plain(value)[:MAX_SEARCH] for value in text.split(",")[:20]]
    return tuple(value for value in values if value and (allowed is None or value in allowed))


def _whole(text: str, lowest: int, highest: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        return lowest
    return min(max(int(text), lowest), highest)
