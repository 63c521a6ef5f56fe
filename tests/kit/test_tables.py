"""Tables from outside: read whatever writes them, refused with row and column when broken."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from marketplace.kit import csv
from marketplace.kit.tables import (
    MOST_BYTES,
    MOST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    CellTooLong,
    Unreadable,
    column_letter,
    read_table,
    workbook,
)

TEXT = "handle,title\nlamp,纸灯笼\n"
NO_TEXT = st.characters(blacklist_categories=("Cs", "Cc"))
CELLS = st.text(NO_TEXT, max_size=30)


def refused(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_table(data)
    return caught.value


def place(error: Unreadable) -> tuple[object, object]:
    return error.words.get("row"), error.words.get("column")


def packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return written.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("gb18030"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace("\n", "\r\n").encode(),
        workbook(["handle", "title"], [["lamp", "纸灯笼"]], title="t"),
    ],
    ids=[
        "utf-8", "with a mark", "utf-16", "big endian", "without a mark", "gb18030",
        "semicolons", "tabs", "windows lines", "workbook",
    ],
)  # fmt: skip
def test_the_same_table_is_read_whoever_wrote_it(data: bytes) -> None:
    table = read_table(data)

    assert table.header == ("handle", "title")
    assert [(row.number, row.cells) for row in table.rows] == [(2, ("lamp", "纸灯笼"))]


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'a,b\n1,"x"y\n', (2, "B")),
        (b'a,b\n1,2\n3,"x\n4,5\n', (3, "B")),
        (b'a,b\n1,"' + b"y" * 10_000_000 + b'"\n', (2, "B")),
        (b"a,b\n" + b"y" * 10_000_000 + b",1\n", (2, "A")),
        (b"a,b\n1,\0x\n", (2, "B")),
        (b"a,b\n1,2,3\n", (2, "C")),
        (b"a,A\n1,2\n", (1, "B")),
        (b"a,,c\n1,2,3\n", (1, "B")),
    ],
    ids=[
        "letters after a quote", "a quote that never ends", "ten megabytes in quotes",
        "ten megabytes", "a zero", "a cell too many", "twice the same name", "no name",
    ],
)  # fmt: skip
def test_a_broken_table_is_refused_with_row_and_column(data: bytes, where: tuple[int, str]) -> None:
    assert place(refused(data)) == where


def test_a_hundred_thousand_columns_are_refused() -> None:
    error = refused(b",".join(b"c%d" % number for number in range(10**5)) + b"\n1\n")

    assert error.words == {"row": 1, "most": MOST_COLUMNS}


def test_a_million_empty_columns_are_no_table() -> None:
    refused(b"," * 10**6 + b"\n")


def test_more_rows_than_we_take_are_refused() -> None:
    error = refused(b"a\n" + b"1\n" * (MOST_ROWS + 1))

    assert error.words == {"most": MOST_ROWS}


def test_a_file_that_is_too_large_is_not_even_decoded() -> None:
    assert refused(b"\xff" * (MOST_BYTES + 1)).words == {"most": MOST_BYTES // 1_000_000}


def test_bytes_of_no_alphabet_are_refused_with_their_row() -> None:
    assert refused(b"a,b\n1,2\n\xff\xff,x\n").words == {"row": 3}


@pytest.mark.parametrize("title", ["Café crème", "It’s “new”", "Müller Söhne", "naïve – 5 €"])
@pytest.mark.parametrize("alphabet", ["cp1252", "cp1250"])
def test_a_western_alphabet_is_refused_and_never_read_as_chinese(title: str, alphabet: str) -> None:
    data = f"handle,title\nlamp,Plain\ncup,{title}\n".encode(alphabet, "replace")
    assert refused(data).words == {"row": 3}


@pytest.mark.parametrize(
    "title", ["纸灯笼", "紙燈籠與茶杯", "青山陶瓷 Café 杯", "镕记 ¥20 ™", "龍泉青瓷 • 茶器"]
)
def test_real_chinese_files_are_read(title: str) -> None:
    data = f"handle,title\nlamp,{title}\n".encode("gb18030")

    assert read_table(data).rows[0].cells == ("lamp", title)


def test_a_file_cut_in_a_letter_is_not_read_as_another_alphabet() -> None:
    data = TEXT.encode() + "cup,青瓷茶杯".encode()[:-1] + b"\n"

    assert refused(data).words == {"row": 3}


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    refused(data)


def test_empty_rows_are_left_out_and_do_not_shift_the_numbers() -> None:
    table = read_table(b"a,b\n1,2\n,\n\n3,4\n")

    assert [row.number for row in table.rows] == [2, 5]


def test_formulas_of_a_workbook_are_text() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["a", "b", "c", "d", "e"])
    sheet.append(["=1+1", 9.99, 50.0, True, date(2026, 3, 2)])
    written = io.BytesIO()
    book.save(written)

    cells = read_table(written.getvalue()).rows[0].cells

    assert cells == ("=1+1", "9.99", "50", "true", "2026-03-02T00:00:00")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    parts = unpacked(workbook(["a"], [["1"]], title="t"))
    parts["xl/worksheets/sheet1.xml"] = b" " * 200_000_000

    assert "too large" in refused(packed(parts)).message


@pytest.mark.parametrize(
    "change",
    [
        {"xl/vbaProject.bin": b"x"},
        {"xl/worksheets/sheet1.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'},
        {"xl/worksheets/sheet1.xml": b"<not closed"},
        {f"xl/junk{number}.xml": b"<a/>" for number in range(600)},
    ],
    ids=["macros", "entities", "broken xml", "very many parts"],
)
def test_a_workbook_with_something_else_in_it_is_refused(change: dict[str, bytes]) -> None:
    refused(packed(unpacked(workbook(["a"], [["1"]], title="t")) | change))


@pytest.mark.parametrize("data", [b"PK\x03\x04nothing", b"\xd0\xcf\x11\xe0old office"])
def test_what_only_looks_like_a_workbook_is_refused(data: bytes) -> None:
    refused(data)


@pytest.mark.parametrize(
    ("place_", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_called_as_spreadsheets_call_them(place_: int, letter: str) -> None:
    assert column_letter(place_) == letter


@given(st.lists(st.tuples(CELLS, CELLS), max_size=20))
def test_what_we_write_we_read_back(rows: list[tuple[str, str]]) -> None:
    """Also cells that look like formulas: the apostrophe we put before them goes again."""
    wanted = [cells for cells in rows if any(cell.strip() for cell in cells)]

    for data in (b"".join(csv.encoded(["a", "b"], rows)), workbook(["a", "b"], rows, title="t")):
        assert [row.cells for row in read_table(data).rows] == wanted


@given(CELLS)
def test_no_cell_of_a_workbook_begins_like_a_formula(text: str) -> None:
    sheet = unpacked(workbook(["a"], [[text]], title="t"))["xl/worksheets/sheet1.xml"]

    assert b"<f>" not in sheet


def test_the_cap_of_a_cell_is_below_what_the_csv_reader_takes() -> None:
    assert place(refused(b"a\n" + b"x" * (MOST_CELL + 1))) == (2, "A")


@pytest.mark.parametrize("text", ["x" * 32_767, "灯" * 32_767, "🏮" * 16_383])
def test_a_cell_as_long_as_excel_takes_comes_back_whole(text: str) -> None:
    table = read_table(workbook(["a"], [[text]], title="t"))
    assert [list(row.cells) for row in table.rows] == [[text]]


@pytest.mark.parametrize("text", ["x" * 32_768, "🏮" * 16_384])
def test_a_longer_cell_is_refused_and_never_cut(text: str) -> None:
    with pytest.raises(CellTooLong):
        workbook(["a"], [["fits"], [text]], title="t")
