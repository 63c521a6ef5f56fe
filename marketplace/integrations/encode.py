"""Checks one uploaded file and makes its public forms; runs alone, as a script, with little power.

    python -I encode.py picture|document|table

The file is on standard input. What was made goes into the current folder as `<width>.webp`, what
was found out to standard output as JSON: `{"ok": true, …}` or `{"ok": false, "reason": …}`. It imports
nothing of ours, so that it starts quickly and has no secret in reach (reference/security.md SEC-37).
"""

import hashlib
import io
import json
import re
import resource
import sys
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MEMORY = 900 * 1024 * 1024  # address space: 40 megapixels decoded, and Python itself
SECONDS = 10  # of processor time
LARGEST_OUTPUT = 40 * 1024 * 1024  # bytes per file
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 16_000
SHORTEST_SIDE = 16
WIDTHS = (160, 480, 960, 1600)
DOCUMENT_WIDTH = 2400
FORMATS = ("JPEG", "PNG", "WEBP")
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
QUALITY = {160: 78, 480: 80, 960: 82, 1600: 84, DOCUMENT_WIDTH: 88}

UNREADABLE = "This file is no picture we can read. Accepted: JPEG, PNG, WebP."
TOO_MANY_PIXELS = "This picture has too many pixels. At most 40 megapixels are accepted."
TOO_SMALL = "This picture is too small. Each side needs at least 16 pixels."
ANIMATED = "Animated pictures are not accepted."
DAMAGED = "This file is damaged. Please save it again and upload that."
NOT_A_PDF = "This file is no PDF we can read."
ACTIVE_PDF = (
    "This PDF contains a script, a form action or another file. Please print it to a new PDF."
)
LOCKED_PDF = "This PDF is locked. Please print it to a new PDF without a password."
NOT_A_TABLE = "This file is no CSV or XLSX table."
PDF_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)\b"
)
PDF_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
"""A character of a name by its number, as in `/J#61vaScript`."""
PDF_STREAM = re.compile(rb"\bobj\b((?:(?!endobj|stream).)*)\bstream\r?\n", re.DOTALL)
"""The dictionary in front of each stream."""
PDF_FLATE = re.compile(rb"/Filter\s*\[?\s*/(FlateDecode|Fl)\b(?!\s*/)")
MOST_UNPACKED = 32 * 1024 * 1024  # bytes of objects that a PDF keeps in streams
PDF_END = re.compile(rb"%%EOF\s*\Z")
ZIP_END = b"PK\x05\x06"
OTHER_FORMATS = (
    b"PK\x03\x04",
    b"%PDF",
    b"\x7fELF",
    b"MZ",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
)


class Refused(Exception):
    """The file is not what may come in; the text is a message id."""


def main() -> None:
    limit_myself()
    data = sys.stdin.buffer.read()
    try:
        found = JUDGES[sys.argv[1]](data)
    except Refused as refused:
        found = {"ok": False, "reason": str(refused)}
    else:
        found |= {"ok": True, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    sys.stdout.write(json.dumps(found))


def limit_myself() -> None:
    """Whatever a file does to a decoder, it ends with this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def judge_picture(data: bytes) -> dict[str, Any]:
    image, told = opened(data, largest=WIDTHS[-1])
    made = []
    for width in wanted_widths(told["width"]):
        small = image.copy()
        small.thumbnail((width, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
        save(small, width)
        made.append(width)
    return told | {"widths": made, "fingerprint": fingerprint(image), "colour": colour(image)}


def judge_document(data: bytes) -> dict[str, Any]:
    """A PDF stays as it is; a photo of a paper is made again like any picture."""
    if data.startswith(b"%PDF-"):
        return judge_pdf(data)
    image, told = opened(data, largest=DOCUMENT_WIDTH)
    save(image, DOCUMENT_WIDTH)
    return told | {"widths": [DOCUMENT_WIDTH], "content_type": "image/webp"}


def judge_pdf(data: bytes) -> dict[str, Any]:
    """Nothing but a PDF from its first byte to its last, and nothing in it that acts."""
    if (
        not PDF_END.search(data[-1024:])
        or b"startxref" not in data[-2048:]
        or ZIP_END in data[-66_000:]
    ):
        raise Refused(NOT_A_PDF)
    if b"/Encrypt" in _spelt_out(data):
        raise Refused(LOCKED_PDF)
    if any(PDF_ACTIVE.search(part) for part in (data, _spelt_out(data), *_packed_objects(data))):
        raise Refused(ACTIVE_PDF)
    return {"content_type": "application/pdf"}


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """Objects that lie compressed in streams, where a plain search sees nothing. Streams that are
    packed in another way than everybody's are refused, for nobody can say what is in them."""
    left = MOST_UNPACKED
    for found in PDF_STREAM.finditer(data):
        told = _spelt_out(found[1])
        if b"/ObjStm" not in told:
            continue
        if b"/Filter" in told and (not PDF_FLATE.search(told) or b"/DecodeParms" in told):
            raise Refused(NOT_A_PDF)
        packed = data[found.end() : data.find(b"endstream", found.end())]
        if b"/Filter" not in told:
            continue  # plain, and searched with the rest
        try:
            unpacked = zlib.decompressobj().decompress(packed, left)
        except zlib.error:
            raise Refused(DAMAGED) from None
        left -= len(unpacked)
        if left <= 0:
            raise Refused(NOT_A_PDF)
        yield _spelt_out(unpacked)


def _spelt_out(data: bytes) -> bytes:
    """With the characters that names give by number."""
    return PDF_ESCAPE.sub(_character, data)


def _character(escape: re.Match[bytes]) -> bytes:
    return bytes.fromhex(escape[1].decode())


def judge_table(data: bytes) -> dict[str, Any]:
    """Only whether it is a table at all; the import reads it cell by cell."""
    if data.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                names = set(parts.namelist())
        except (zipfile.BadZipFile, ValueError, OSError):
            raise Refused(DAMAGED) from None
        if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
            raise Refused(NOT_A_TABLE)
        return {"content_type": XLSX}
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16
    if data.startswith(OTHER_FORMATS) or (b"\0" in data and not is_wide):
        raise Refused(NOT_A_TABLE)
    return {"content_type": "text/csv"}


def opened(data: bytes, *, largest: int) -> tuple[Image.Image, dict[str, Any]]:
    """The picture upright, in sRGB, without anything but pixels, at most `largest` wide.

    Size and frames are read from the header before a single pixel is decoded.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            check_header(image)
            kind = TYPES[str(image.format)]
            profile = image.info.get("icc_profile")
            has_turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
            width, height = reversed(image.size) if has_turned else image.size
            image.draft("RGB", (largest * 2, largest * 2))  # JPEG: decode no more than is needed
            exif = image.getexif()
            image.load()
            plain = plainly(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Refused(TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise Refused(UNREADABLE) from None
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        IndexError,
        TypeError,
        KeyError,
        OverflowError,
    ):
        raise Refused(DAMAGED) from None
    box = (LONGEST_SIDE, largest) if has_turned else (largest, LONGEST_SIDE)
    plain.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=3.0)
    plain.getexif().update({0x0112: exif.get(0x0112, 1)})
    upright = in_srgb(ImageOps.exif_transpose(plain), profile)
    upright.info.clear()
    return upright, {"content_type": kind, "width": width, "height": height}


def check_header(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Refused(TOO_MANY_PIXELS)
    if min(width, height) < SHORTEST_SIDE:
        raise Refused(TOO_SMALL)
    if getattr(image, "n_frames", 1) != 1:
        raise Refused(ANIMATED)


def plainly(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where something shows through."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        image = image.point(lambda value: value / 256).convert("L") if image.mode != "F" else image
    has_alpha = image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as they were meant: the profile goes with the metadata, so it is applied first."""
    if not profile or image.mode != "RGB":
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image  # a broken profile is no reason to refuse a picture


def wanted_widths(width: int) -> list[int]:
    """Never larger than the original: the last name may hold a picture that is narrower."""
    smaller = [each for each in WIDTHS if each < width]
    return smaller + [each for each in WIDTHS if each >= width][:1]


def save(image: Image.Image, width: int) -> None:
    image.save(
        Path(f"{width}.webp"),
        "WEBP",
        quality=QUALITY[width],
        method=4,
        exif=b"",
        icc_profile=b"",
        xmp=b"",
    )


def fingerprint(image: Image.Image) -> str:
    """64 bits of where it gets brighter from left to right (dHash): equal for copies."""
    small = on_white(image).convert("L").resize((9, 8), Image.Resampling.BOX)
    pixels = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            left, right = pixels[row * 9 + column], pixels[row * 9 + column + 1]
            bits = bits * 2 + (left < right)
    return f"{bits:016x}"


def colour(image: Image.Image) -> str:
    """The average, to stand in its place until it has loaded."""
    red, green, blue = on_white(image).resize((1, 1), Image.Resampling.BOX).tobytes()[:3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


JUDGES = {"picture": judge_picture, "document": judge_document, "table": judge_table}

if __name__ == "__main__":
    main()
