"""What must hold in the tree of categories: paths, depth, no circles, what children inherit."""

from collections.abc import Iterable
from typing import TypeVar

from slugify import slugify

from marketplace.kit.errors import DomainError
from marketplace.kit.languages import N_

MOST_DEPTH = 5
SEPARATOR = "/"
T = TypeVar("T")


class TooDeep(DomainError):
    message = N_("A category can be at most five levels deep.")


class IntoItself(DomainError):
    message = N_("A category cannot be moved into itself or below itself.")


class NotEmpty(DomainError):
    message = N_("Choose where its listings and subcategories go first.")


def path_below(parent_path: str, category_id: str) -> str:
    """The path of a category below the one at `parent_path`; empty for the top."""
    return f"{parent_path}{SEPARATOR}{category_id}" if parent_path else category_id


def depth_of(path: str) -> int:
    """1 for a top category."""
    return path.count(SEPARATOR) + 1


def ids_of(path: str) -> list[str]:
    """From the root down to itself."""
    return path.split(SEPARATOR)


def is_within(path: str, root_path: str) -> bool:
    """Itself, or anything below it."""
    return path == root_path or path.startswith(root_path + SEPARATOR)


def counted_along(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    """From how many there are at each path, how many there are in and below each category.

    >>> counted_along([("home", 1), ("home/cups", 2)])
    {'home': 3, 'cups': 2}
    """
    total: dict[str, int] = {}
    for path, count in counts:
        for id_ in ids_of(path):
            total[id_] = total.get(id_, 0) + count
    return total


def moved(path: str, old_root: str, new_root: str) -> str:
    """Where `path`, at or below `old_root`, is once that is `new_root`."""
    return new_root + path[len(old_root) :]


def check_place(path: str, parent_path: str, *, height: int) -> None:
    """Raises `IntoItself`, `TooDeep`. `height` counts the levels of the subtree, 1 for a leaf."""
    if parent_path and is_within(parent_path, path):
        raise IntoItself
    if (depth_of(parent_path) if parent_path else 0) + height > MOST_DEPTH:
        raise TooDeep


def nearest(own_first: Iterable[T | None]) -> T | None:
    """What is in effect: the category's own, or that of its closest ancestor that has one."""
    return next((value for value in own_first if value is not None), None)


def slug_of(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; Chinese is spelt in pinyin."""
    return slugify(text, max_length=80, word_boundary=True)
