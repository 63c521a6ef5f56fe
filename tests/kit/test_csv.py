"""A file that Excel opens safely (reference/security.md SEC-39)."""

import csv as standard
import io
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.kit import csv

NASTY = st.text(st.sampled_from("=+-@\t\r\n\0 ＝＋－＠﹢\u200b\ufeff'\",;ab1中"), max_size=12)


def written(rows: list[list[csv.Cell]], header: tuple[str, ...] = ("a",)) -> bytes:
    return b"".join(csv.encoded(header, rows))


def read(data: bytes) -> list[list[str]]:
    return list(standard.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_file_starts_with_a_byte_order_mark_and_ends_its_lines_as_rfc_4180_says() -> None:
    assert written([["中", 1]], ("名", "n")) == b"\xef\xbb\xbf" + "名,n\r\n中,1\r\n".encode()


def test_numbers_stay_numbers() -> None:
    row: list[csv.Cell] = [-12, Decimal("-12.50"), Decimal("1E+3"), True, None]
    assert read(written([row]))[1] == ["-12", "-12.50", "1000", "true", ""]


def test_moments_and_days_are_iso() -> None:
    row: list[csv.Cell] = [datetime(2026, 3, 2, 8, tzinfo=UTC), date(2026, 3, 2)]
    assert read(written([row]))[1] == ["2026-03-02T08:00:00+00:00", "2026-03-02"]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "  \t =1", "＝1", "＋1", "－1", "＠x",
        "\u200b=1", "\ufeff=1", '=HYPERLINK("http://evil")', "\u00a0=1", "\0=1", "\n=1",
    ],
)  # fmt: skip
def test_a_formula_becomes_text(text: str) -> None:
    assert csv.guarded(text) == "'" + text.replace("\0", "")


@pytest.mark.parametrize("text", ["", "a=b", "Ada", "1-2", "中文", "'=1", "ada@example.com"])
def test_other_text_is_left_alone(text: str) -> None:
    assert csv.guarded(text) == text


@given(st.one_of(NASTY, st.text(max_size=30)))
def test_no_cell_is_read_as_a_formula(text: str) -> None:
    cell = read(written([[text, "x"]]))[1][0]

    plain = unicodedata.normalize("NFKC", cell).lstrip()
    assert not plain.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))
    assert cell.removeprefix("'") == text.replace("\0", "").encode(
        "utf-8", "replace"
    ).decode().removeprefix("'")


@given(st.lists(st.lists(NASTY, min_size=2, max_size=2), max_size=5))
def test_cells_keep_their_places(rows: list[list[str]]) -> None:
    parsed = read(written([list(row) for row in rows], ("a", "b")))

    assert [len(row) for row in parsed] == [2] * (len(rows) + 1)


def test_a_long_table_comes_in_pieces() -> None:
    drawn = 0

    def rows():  # type: ignore[no-untyped-def]
        nonlocal drawn
        for number in range(1000):
            drawn += 1
            yield [number]

    chunks = csv.encoded(("n",), rows())
    next(chunks), next(chunks)
    assert drawn == csv.ROWS_AT_ONCE
