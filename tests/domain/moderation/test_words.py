# ruff: noqa: RUF001  letters that only look the same are the subject
"""Forbidden words are found however they are written, and harmless neighbours are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.domain.moderation.rules.words import Forbidden, hits, key_of


def found(text: str, *forbidden: str) -> list[str]:
    known = [Forbidden(word, key_of(word), "counterfeit", blocks=True) for word in forbidden]
    return [hit.word for hit in hits({"title": text}, known)]


@pytest.mark.parametrize(
    "text",
    [
        "fake bag", "FAKE bag", "ｆａｋｅ bag", "f a k e bag", "f-a-k-e bag", "f.ake bag",
        "fa,ke bag", "fa_ke bag", "best:f.a.ke", "fa\u200bke bag", "fa\u00adke bag",
        "f\u2060a\u200dk\ufeffe", "fаkе bag", "fαkе bag", "fàké bag", "f4ke bag",
        "f@k3 bag", "fakes and bags", "𝐟𝐚𝐤𝐞 bag", "ⓕⓐⓚⓔ bag",
    ],
)  # fmt: skip
def test_a_short_latin_word_is_found_however_it_is_written(text: str) -> None:
    assert found(text, "fake") == ["fake"]


@pytest.mark.parametrize(
    "text",
    ["假货茶杯", "假貨茶杯", "假 货", "假.货", "假\u200b货", "【假】【货】", "茶杯（假-貨）"],
)
@pytest.mark.parametrize("word", ["假货", "假貨"])
def test_a_chinese_word_is_found_in_both_scripts(text: str, word: str) -> None:
    assert found(text, word) == [word]


@pytest.mark.parametrize("text", ["replicas", "re plica", "repl1ca", "rep\u200blica"])
def test_a_long_word_is_found_with_spaces_inside(text: str) -> None:
    assert found(text, "replica") == ["replica"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Leaf akebia vine", "fake"),
        ("Snowflake lamp", "fake"),
        ("Model FA-200 KE", "fake"),
        ("Safe and sound", "fes"),
        ("Glass vase", "gla"),
        ("打假 货运", "货假"),
        ("真，假；货", "假货"),
        ("2024 calendar", "zoza"),
    ],
)
def test_harmless_neighbours_are_not_found(text: str, word: str) -> None:
    assert found(text, word) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_word_is_found_between_whatever_else_is_written(before: str, after: str) -> None:
    assert found(f"{before} replica {after}", "replica") == ["replica"]
