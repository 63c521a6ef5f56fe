"""The code a phone scans, as a picture that needs no address of its own."""

import segno


def picture(text: str) -> str:
    """A `data:` address of an SVG."""
    return str(
        segno.make(text, error="m").svg_data_uri(scale=5, border=2, dark="#000", light="#fff")
    )
