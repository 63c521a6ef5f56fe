"""What comes in is made again or refused with the reason; the worst file ends its own process."""

import io
import random
import subprocess
import sys

import pytest
from PIL import Image

from marketplace.integrations import encode, pictures
from marketplace.integrations.pictures import FileRefused, examine
from tests.make.pictures import (
    CANARY,
    SCRIPT,
    a_bomb,
    a_pdf,
    a_photo_with_a_place,
    a_picture,
    a_text_bomb,
    a_zip,
    an_animation,
    encoded,
    with_text_chunk,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF_AND_SCRIPT = b"GIF89a/*" + encoded(Image.new("P", (20, 20)), "GIF")[8:] + b"*/=1;alert(1)"


def opened(form: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(form), formats=["WEBP"])
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_webp_in_four_widths(kind: str) -> None:
    made = examine("picture", a_picture(2000, 1000, kind))

    assert made.forms is not None
    sizes = {width: opened(form).size for width, form in made.forms.items()}
    assert sizes == {160: (160, 80), 480: (480, 240), 960: (960, 480), 1600: (1600, 800)}
    assert (made.width, made.height, made.content_type) == (2000, 1000, f"image/{kind.lower()}")


def test_a_small_picture_is_never_enlarged() -> None:
    made = examine("picture", a_picture(700, 500))

    assert made.forms is not None
    sizes = {width: opened(form).size for width, form in made.forms.items()}
    assert sizes == {160: (160, 114), 480: (480, 343), 960: (700, 500)}


def test_a_phones_picture_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    photo = a_photo_with_a_place()
    assert CANARY in photo

    made = examine("picture", photo)

    assert made.forms is not None
    assert (made.width, made.height) == (400, 800)
    assert opened(made.forms[160]).size == (160, 320)
    for form in made.forms.values():
        assert CANARY not in form and b"EXIF" not in form
        assert dict(opened(form).getexif()) == {}


def test_what_shows_through_still_does() -> None:
    clear = Image.new("RGBA", (200, 200), (0, 0, 255, 0))

    made = examine("picture", encoded(clear, "PNG"))

    assert made.forms is not None
    assert opened(made.forms[160]).mode == "RGBA"
    assert made.colour == "#ffffff"


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16"])
def test_every_kind_of_pixel_is_read(mode: str) -> None:
    image = Image.new(mode, (64, 64))
    made = examine("picture", encoded(image, "JPEG" if mode == "CMYK" else "PNG"))

    assert made.widths == (160,)


def test_copies_have_one_fingerprint_and_other_pictures_another() -> None:
    prints = [
        examine("picture", data).fingerprint
        for data in (
            a_picture(1200, 800),
            a_picture(1200, 800, "PNG"),
            a_picture(600, 400, quality=60),
            encoded(Image.radial_gradient("L").convert("RGB"), "JPEG"),
        )
    ]

    assert prints[0] == prints[1] == prints[2] != prints[3]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (a_bomb(13_000, 13_000), "too many pixels"),
        (a_bomb(40_000, 40_000), "too many pixels"),
        (a_bomb(8, 8), "too small"),
        (SVG, "no picture we can read"),
        (GIF_AND_SCRIPT, "no picture we can read"),
        (b"<!doctype html>" + SCRIPT, "no picture we can read"),
        (a_pdf(), "no picture we can read"),
        (a_zip(), "no picture we can read"),
        (b"", "no picture we can read"),
        (an_animation(300), "Animated"),
        (a_picture(kind="PNG")[:-400], "damaged"),
        (a_picture()[:2000], "damaged"),
        (a_text_bomb(), "damaged"),
    ],
    ids=[
        "169 megapixels", "1,600 megapixels", "8 x 8", "svg", "gif and script", "html", "pdf", "zip", "nothing",
        "300 frames", "half a png", "half a jpeg", "text bomb",
    ],
)  # fmt: skip
def test_what_is_no_honest_picture_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused, match=reason):
        examine("picture", data)


def test_a_bomb_is_small_on_the_wire() -> None:
    assert len(a_bomb(13_000, 13_000)) < 40_000


@pytest.mark.parametrize(
    "data",
    [
        a_picture() + a_zip(),
        a_picture() + SCRIPT + CANARY,
        with_text_chunk(a_picture(kind="PNG"), b"Comment\0" + SCRIPT + CANARY),
        a_picture(comment=SCRIPT + CANARY),
        a_picture(kind="WEBP", xmp=SCRIPT + CANARY),
        a_picture(icc_profile=CANARY * 20),
    ],
    ids=["jpeg and zip", "jpeg and html", "png text", "jpeg comment", "webp xmp", "icc profile"],
)
def test_nothing_but_pixels_gets_through(data: bytes) -> None:
    assert CANARY in data

    made = examine("picture", data)

    assert made.forms
    for form in made.forms.values():
        assert CANARY not in form and b"script" not in form and b"PK\x03\x04" not in form


def test_bent_files_are_read_or_refused_and_nothing_else() -> None:
    """Random bits turned over, in the three formats; the judge itself, without a process each."""
    chance, whole = random.Random(7), [a_picture(200, 150, kind) for kind in encode.FORMATS]
    judged = {"read": 0, "refused": 0}
    for _ in range(300):
        bent = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 8)):
            bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
        try:
            encode.opened(bytes(bent), largest=160)
            judged["read"] += 1
        except encode.Refused:
            judged["refused"] += 1

    assert sum(judged.values()) == 300 and min(judged.values()) > 0


def test_a_paper_is_made_again_and_a_pdf_stays_as_it_is() -> None:
    paper, pdf = examine("document", a_photo_with_a_place()), examine("document", a_pdf())

    assert (paper.content_type, paper.widths) == ("image/webp", (2400,))
    assert paper.forms is not None and CANARY not in paper.forms[2400]
    assert (pdf.content_type, pdf.forms) == ("application/pdf", {})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (a_pdf() + a_zip(), "no PDF"),
        (a_pdf() + SCRIPT, "no PDF"),
        (b"%PDF-1.4 " + SCRIPT, "no PDF"),
        (a_pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "contains a script"),
        (a_pdf(b"/OpenAction<</S/J#61vaScript/J#53(app.alert(1))>>"), "contains a script"),
        (a_pdf(packed=b"<</S/JavaScript/JS(app.alert(1))>>"), "contains a script"),
        (a_pdf(packed=b"<</S/J#61vaScript/J#53(app.alert(1))>>"), "contains a script"),
        (a_pdf(packed=b"<</S/URI>>", packing=b"/Filter/LZWDecode"), "no PDF"),
        (a_pdf(packed=b"<<>>", packing=b"/Filter[/FlateDecode/ASCIIHexDecode]"), "no PDF"),
        (a_pdf(packed=b"<<>>", packing=b"/Filter/FlateDecode/DecodeParms<<>>"), "no PDF"),
        (a_pdf(packed=b"<<>>" + b" " * 40_000_000), "no PDF"),
        (a_pdf(b"/Encrypt 9 0 R"), "is locked"),
        (a_pdf(b"/Names<</EmbeddedFiles 3 0 R>>"), "contains a script"),
        (a_pdf(b"/AA<</S/Launch/F(cmd.exe)>>"), "contains a script"),
        (SCRIPT + a_pdf(), "no picture"),
    ],
    ids=[
        "pdf and zip",
        "pdf and html",
        "no pdf",
        "script",
        "script by numbers",
        "packed script",
        "packed script by numbers",
        "packed otherwise",
        "packed twice",
        "packed with a predictor",
        "packed bomb",
        "locked",
        "file inside",
        "launches",
        "html first",
    ],
)
def test_a_pdf_is_nothing_but_a_pdf_and_does_nothing(data: bytes, reason: str) -> None:
    with pytest.raises(FileRefused, match=reason):
        examine("document", data)


def test_a_pdf_with_harmless_packed_objects_is_taken() -> None:
    """As every office program writes them since PDF 1.5."""
    made = examine("document", a_pdf(packed=b"1 0 <</Type/Page/Parent 2 0 R>>"))
    assert made.content_type == "application/pdf"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Handle,Title\r\ncup,Cup\r\n", "text/csv"),
        ("\ufeff名称;价格\n".encode(), "text/csv"),
        ("名称,价格\n".encode("gb18030"), "text/csv"),
        ("Handle,Title\n".encode("utf-16"), "text/csv"),
        (a_zip(("[Content_Types].xml", "xl/workbook.xml")), encode.XLSX),
    ],
    ids=["csv", "with a mark", "gb18030", "utf-16", "xlsx"],
)
def test_a_table_is_known_by_what_is_in_it(data: bytes, kind: str) -> None:
    assert examine("table", data).content_type == kind


@pytest.mark.parametrize(
    "data", [a_zip(), a_pdf(), a_picture(), b"a,b\0c", b"PK\x03\x04" + b"x" * 50, b"MZ" + b"x" * 9]
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        examine("table", data)


def test_every_reason_of_the_script_is_one_we_translate() -> None:
    own = {
        value for name, value in vars(encode).items() if name.isupper() and str(value).endswith(".")
    }

    assert own == {*pictures.REASONS, pictures.DAMAGED}


def test_a_decoder_that_takes_too_much_ends_its_own_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were a hole in the decoder found: memory is limited from outside its reach."""
    greedy = (
        f"import sys; sys.path.insert(0, {str(pictures.SCRIPT.parent)!r}); import encode\n"
        "encode.limit_myself()\nhuge = bytearray(2 * 1024**3)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", greedy], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr

    monkeypatch.setattr(pictures, "PATIENCE", 0)
    with pytest.raises(FileRefused, match="more time or memory"):
        examine("picture", a_picture())


def test_the_script_has_nothing_of_ours_and_no_surroundings() -> None:
    imported = {
        line.split()[1].partition(".")[0]
        for line in pictures.SCRIPT.read_text().splitlines()
        if line.startswith(("import ", "from "))
    }

    assert "marketplace" not in imported
