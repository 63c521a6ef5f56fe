"""What may come in from outside: exact types, bounded, clean text (security.md SEC-08)."""

import math
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError, create_model

from marketplace.kit import text
from marketplace.kit.text import Payload

NUL, SURROGATE, OVERRIDE, MEGABYTE = "a\0b", "a\ud800b", "abc\u202edef", "x" * 1_000_000
TORTURE: dict[str, Any] = {
    "minus one": -1,
    "zero": 0,
    "2^31": 2**31,
    "2^53+1": 2**53 + 1,
    "2^63": 2**63,
    "10^50": 10**50,
    "one and a half": 1.5,
    "true": True,
    "null": None,
    "empty": "",
    "digit": "1",
    "exponent": "1e3",
    "hex": "0x10",
    "space": " 5",
    "NaN": math.nan,
    "infinity": math.inf,
    "list": [],
    "object": {},
    "list of one": [1],
    "operator": {"$gt": 0},
    "NUL": NUL,
    "surrogate": SURROGATE,
    "override": OVERRIDE,
    "megabyte": MEGABYTE,
}
TEXTS = {"empty", "digit", "exponent", "hex", "space"}
ACCEPTED = {
    "Id": set(),
    "Key": set(),
    "Name": TEXTS - {"empty"},
    "Line": TEXTS,
    "Prose": TEXTS,
    "Query": TEXTS,
    "Email": TEXTS,
    "Count": {"zero"},
    "Version": set(),
}


@pytest.mark.parametrize("case", TORTURE)
@pytest.mark.parametrize("kind", ACCEPTED)
def test_only_what_a_type_means_gets_in(kind: str, case: str) -> None:
    model = create_model("Model", __base__=Payload, field=(getattr(text, kind), ...))

    if case in ACCEPTED[kind]:
        model(field=TORTURE[case])
    else:
        with pytest.raises(ValidationError):
            model(field=TORTURE[case])


@pytest.mark.parametrize("case", TORTURE)
@pytest.mark.parametrize("kind", ACCEPTED)
def test_a_refusal_does_not_repeat_the_value(kind: str, case: str) -> None:
    model = create_model("Model", __base__=Payload, field=(getattr(text, kind), ...))
    marked = f"sEcReT{TORTURE[case]!r}\0"

    with pytest.raises(ValidationError) as refused:
        model(field=marked)
    assert "sEcReT" not in str(refused.value)


def test_an_extra_field_is_refused_not_ignored() -> None:
    model = create_model("Model", __base__=Payload, name=(text.Name, ...))

    with pytest.raises(ValidationError, match="extra"):
        model(name="Ada", is_staff=True)


def test_a_payload_cannot_be_changed_after_it_was_checked() -> None:
    checked = create_model("Model", __base__=Payload, name=(text.Name, ...))(name="Ada")

    with pytest.raises(ValidationError, match="frozen"):
        checked.name = "Eve"  # type: ignore[attr-defined]


@given(st.text())
def test_one_line_is_clean_or_refused(given_text: str) -> None:
    try:
        clean = text.one_line(given_text)
    except ValueError:
        return
    assert clean == unicodedata.normalize("NFC", given_text)
    assert not {unicodedata.category(c) for c in clean} & {"Cc", "Cs"}


@given(st.text())
def test_cleaning_twice_changes_nothing_more(given_text: str) -> None:
    try:
        clean = text.several_lines(given_text)
    except ValueError:
        return
    assert text.several_lines(clean) == clean


@pytest.mark.parametrize("direction", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_text_that_turns_the_reading_direction_is_refused(direction: str) -> None:
    with pytest.raises(ValueError, match="unreadable"):
        text.one_line(f"invoice{direction}fdp.exe")


def test_line_breaks_are_for_prose_only() -> None:
    assert text.several_lines("one\r\ntwo\tthree") == "one\ntwo\tthree"
    for character in ("\n", "\t", "\r"):
        with pytest.raises(ValueError, match="unreadable"):
            text.one_line(f"one{character}two")


@pytest.mark.parametrize("kind", ["Name", "Line", "Email"])
def test_surrounding_space_goes_and_the_text_is_composed(kind: str) -> None:
    assert TypeAdapter(getattr(text, kind)).validate_python("  Zoe\u0301 ") == "Zoé"


@pytest.mark.parametrize("id_", ["ord_" + "0" * 26 + "\n", "ORD_" + "0" * 26, "ord_" + "l" * 26])
def test_an_id_ends_where_it_ends(id_: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(text.Id).validate_python(id_)
