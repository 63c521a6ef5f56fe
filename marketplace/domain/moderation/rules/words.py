"""Forbidden words as readers see them, however they were written.

Other case, full width, spaces or signs between letters, letters nobody sees or that only look the
same, traditional characters, more than one of a thing (reference/features.md 4.13).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.kit.lookalikes import latin, shown, simplified, without_digits
from marketplace.kit.words import fold, runs, words

LEAST_JOINED = 5  # shorter words would be found in the seams of harmless ones
MOST_JOINED = 6
_SENTENCES = re.compile(r"[,;:!?\n、。，；：！？]+")


@dataclass(frozen=True, slots=True)
class Forbidden:
    """`key` is `key_of(word)`; `code` the rule of the marketplace it breaks."""

    word: str
    key: str
    code: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class Hit:
    field: str
    word: str
    code: str
    blocks: bool


def key_of(word: str) -> str:
    """What two spellings of one word have in common.

    >>> key_of("Rep-LICA")
    'replica'
    """
    return "".join(words(simplified(shown(word))))


def hits(texts: Mapping[str, str], forbidden: Iterable[Forbidden]) -> list[Hit]:
    """Every forbidden word in every field, each once per field."""
    known = list(forbidden)
    found = []
    for field, text in texts.items():
        latin, chinese = _readings(text)
        found += [
            Hit(field, word.word, word.code, word.blocks)
            for word in known
            if word.key
            and (
                any(word.key in sentence for sentence in chinese)
                if runs(word.word)
                else word.key in latin
            )
        ]
    return found


def texts_of(content: ListingContent) -> dict[str, str]:
    """Everything a buyer could read, by dotted field."""
    texts = {
        "title": content.title,
        "title_zh": content.title_zh,
        "tags": "\n".join(content.tags),
        "seo": "\n".join(content.seo.model_dump().values()),
    }
    for place, option in enumerate(content.options):
        named = [option.name, option.name_zh, *(v.name for v in option.values)]
        texts[f"options.{place}"] = "\n".join([*named, *(v.name_zh for v in option.values)])
    for place, block in enumerate(content.blocks):
        cells = ["\n".join(row) for row in block.rows]
        texts[f"blocks.{place}"] = "\n".join([block.text, block.text_zh, *cells])
    for code, values in content.attributes.items():
        texts[f"attributes.{code}"] = "\n".join(values)
    texts["pictures"] = "\n".join(f"{p.alt}\n{p.alt_zh}" for p in content.pictures)
    return {field: text for field, text in texts.items() if text.strip()}


def _readings(text: str) -> tuple[set[str], list[str]]:
    """Latin words with joined neighbours, and sentences without what is between characters."""
    seen = simplified(shown(text))
    found: set[str] = set()
    for reading in {seen, latin(seen)}:
        for sentence in _SENTENCES.split(fold(reading)):
            found |= _joined(list(_joined_letters(words(sentence))), least=LEAST_JOINED)
        for chain in fold(reading).split():
            for one in {chain, *without_digits(chain)}:
                found |= _joined(words(one), least=1)
    sentences = ["".join(words(sentence)) for sentence in _SENTENCES.split(fold(seen))]
    return found | _singulars(found), sentences


def _joined(parts: list[str], *, least: int) -> set[str]:
    """Each part, and neighbours as one word: within a word without spaces of any length."""
    found = set(parts)
    for start in range(len(parts)):
        for end in range(start + 2, min(start + MOST_JOINED, len(parts)) + 1):
            word = "".join(parts[start:end])
            if len(word) >= least:
                found.add(word)
    return found


def _singulars(found: Iterable[str]) -> set[str]:
    return {word[: -len(end)] for word in found for end in ("s", "es") if word.endswith(end)}


def _joined_letters(parts: Iterable[str]) -> Iterator[str]:
    """`f a k e` is one word: single letters that follow each other belong together."""
    letters = ""
    for part in parts:
        if len(part) == 1 and part.isascii():
            letters += part
            continue
        if letters:
            yield letters
            letters = ""
        yield part
    if letters:
        yield letters
