"""The analyser that search, forbidden words and duplicate hints share (DESIGN D16)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit import words


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Celadon Tea-Cup", ["celadon", "tea", "cup"]),
        ("陶瓷茶杯", ["陶瓷", "瓷茶", "茶杯"]),
        ("茶杯", ["茶杯"]),
        ("茶", ["茶"]),
        ("青瓷 tea 500ml", ["青瓷", "tea", "500ml"]),
        ("ＴＥＡ", ["tea"]),
        ("iPhone手机壳", ["iphone", "手机", "机壳"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        (" ,.!？。 ", []),
        ("Straße", ["strasse"]),
        ("カップ", ["カッ", "ップ"]),
    ],
)
def test_text_is_cut_into_words_and_pairs(text: str, tokens: list[str]) -> None:
    assert words.tokens(text) == tokens


def test_full_width_and_case_fold_to_one() -> None:
    assert words.fold("  ＡＢＣ　Def ") == "abc def"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = words.fold(text)

    assert words.fold(once) == once or words.tokens(words.fold(once)) == words.tokens(once)


@given(st.text(max_size=60))
def test_tokens_are_letters_and_digits_without_spaces(text: str) -> None:
    for token in words.tokens(text):
        assert token
        kinds = {unicodedata.category(character) for character in token}
        assert all(kind[0] in "LNM" or kind == "Cn" for kind in kinds), "Cn: newer than Python"


@given(st.text(alphabet="陶瓷茶杯青花", min_size=2, max_size=12))
def test_every_two_character_word_of_a_run_is_a_token(text: str) -> None:
    pairs = {text[place : place + 2] for place in range(len(text) - 1)}

    assert pairs <= set(words.tokens(text))
