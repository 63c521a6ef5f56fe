"""A question as typed becomes groups of words: each group must be found, by any of its readings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz, process

from marketplace.kit import words

LONGEST = 200  # characters (reference/security.md SEC-45)
MOST_GROUPS = 12
MOST_RELAXED = 8
SIMILAR = 82  # of 100


@dataclass(frozen=True, slots=True)
class Word:
    """One token; `is_beginning` matches every indexed word that starts with it."""

    text: str
    is_beginning: bool = False


Reading = tuple[Word, ...]
"""Words that must all be there."""
Group = tuple[Reading, ...]
"""One thing asked for, in its own words or those of a synonym."""


@dataclass(frozen=True, slots=True)
class Question:
    groups: tuple[Group, ...]

    def __bool__(self) -> bool:
        return bool(self.groups)


def parse(text: str, synonyms: Mapping[str, Sequence[str]] | None = None) -> Question:
    """One group per word. A Chinese run is one group of its pairs; a lone character asks for
    beginnings. `synonyms` maps a folded word to what it may be read as, too."""
    groups = []
    for word in words.words(text[:LONGEST])[:MOST_GROUPS]:
        readings = [_reading(word)]
        readings += [_reading(other) for other in (synonyms or {}).get(word, ())]
        kept = tuple(dict.fromkeys(reading for reading in readings if reading))
        if kept:
            groups.append(kept)
    return Question(tuple(groups))


def unfinished(question: Question) -> Question:
    """The same with the last word only begun."""
    *before, last = question.groups or ((),)
    begun = tuple((*reading[:-1], Word(reading[-1].text, is_beginning=True)) for reading in last)
    return Question((*before, begun)) if begun else question


def relaxed(question: Question) -> tuple[Question, ...]:
    """What to accept when nothing has everything: any 70 % of the groups, at least one."""
    groups = question.groups[:MOST_RELAXED]
    enough = -(-len(groups) * 7 // 10)
    if len(groups) < 2 or enough >= len(groups):
        enough = max(1, len(groups) - 1)
    return tuple(Question(chosen) for chosen in combinations(groups, enough))


def corrected(text: str, known: Sequence[str]) -> str:
    """The question with unknown Latin words replaced by the nearest known one; "" if none is near."""
    changed = False
    result = []
    for word in words.words(text[:LONGEST])[:MOST_GROUPS]:
        near = None if words.runs(word) or word in known else _nearest(word, known)
        changed = changed or near is not None
        result.append(near or word)
    return " ".join(result) if changed else ""


def _nearest(word: str, known: Sequence[str]) -> str | None:
    if len(word) < 4:
        return None
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=SIMILAR)
    return found[0] if found else None


def _reading(word: str) -> Reading:
    tokens = words.tokens(word)
    if len(tokens) == 1 and len(tokens[0]) == 1 and words.runs(tokens[0]):
        return (Word(tokens[0], is_beginning=True),)
    return tuple(Word(token) for token in dict.fromkeys(tokens))
