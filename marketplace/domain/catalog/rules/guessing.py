"""Where a listing probably belongs, from what it is called (ux.md SE-04)."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.kit.words import tokens

MOST = 3
ENOUGH = 30
"""Points from which on a guess is worth a line: part of a name, or a third of what is called
alike."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category that has none below it. `alike`: how many listings there share the title's
    words."""

    id: str
    name: str
    name_zh: str
    alike: int = 0


def likeliest(titles: Iterable[str], shelves: Iterable[Shelf]) -> list[str]:
    """Ids, the best first: up to 200 points for the words of a name, up to 100 for the share of
    listings called alike.

    >>> likeliest(["Celadon tea cup"], [Shelf("cat_a", "Cups", "杯子"), Shelf("cat_b", "Lamps", "灯")])
    ['cat_a']
    """
    said = {stem for title in titles for stem in _stems(title)}
    known = list(shelves)
    alike = sum(shelf.alike for shelf in known)
    points = [
        (
            max(_share(shelf.name, said), _share(shelf.name_zh, said)) * 2
            + (100 * shelf.alike // alike if alike else 0),
            -place,
            shelf.id,
        )
        for place, shelf in enumerate(known)
    ]
    best = sorted((one for one in points if one[0] >= ENOUGH), reverse=True)
    return [id_ for _points, _place, id_ in best[:MOST]]


def _share(name: str, said: set[str]) -> int:
    """Per 100 of the name's words."""
    stems = _stems(name)
    return 100 * len(stems & said) // len(stems) if stems else 0


def _stems(text: str) -> set[str]:
    """English words without the s of a plural, and pairs of Chinese characters."""
    return {
        word.removesuffix("s") if word.isascii() and len(word) > 3 else word
        for word in tokens(text)
        if len(word) > 1
    }
