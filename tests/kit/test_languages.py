"""Two languages: which one a reader gets, and words in their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit.languages import LOCALES, as_locale, best_locale, fill, translate


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("ZH-hans", "zh-CN"),
        ("en-GB,zh;q=0.5", "en"),
        ("fr-FR,zh-TW;q=0.8", "zh-CN"),
        ("fr,de", "en"),
        (";;;,,,q=", "en"),
        (("fr," * 30) + "zh", "en"),
    ],
)
def test_the_first_language_we_have_is_taken(header: str, locale: str) -> None:
    assert best_locale(header) == locale


@given(st.text(max_size=5_000))
def test_any_header_gives_one_of_our_languages(header: str) -> None:
    assert best_locale(header) in LOCALES


@pytest.mark.parametrize("text", [None, "", "fr", "zh", "EN", "en\n", "../en"])
def test_only_our_own_names_are_locales(text: str | None) -> None:
    assert as_locale(text) is None


def test_words_fill_their_places() -> None:
    assert fill("{n} of {total}", {"n": 2, "total": 5}) == "2 of 5"


def test_a_place_without_a_word_stays_and_a_word_without_a_place_is_ignored() -> None:
    assert fill("{n} of {total}", {"n": 2, "other": 1}) == "2 of {total}"


def test_a_word_is_never_read_as_a_place() -> None:
    """What a user wrote must not pull in other words."""
    assert fill("{name} owes {amount}", {"name": "{amount}", "amount": 5}) == "{amount} owes 5"


@given(st.text(), st.dictionaries(st.from_regex(r"\A[a-z]{1,5}\Z"), st.text()))
def test_filling_never_fails(text: str, words: dict[str, str]) -> None:
    fill(text, dict(words))


def test_a_message_nobody_translated_is_shown_in_english() -> None:
    assert translate("zh-CN", "There is no such message in {place}", place="x") == (
        "There is no such message in x"
    )
