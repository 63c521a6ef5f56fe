"""Draws the demo pictures (a maintainer's script: `python tools/art.py ICONS.JSON`).

It composes vectors of Fluent Emoji (Microsoft, MIT; npm `@iconify-json/fluent-emoji`) with Pillow
and `resvg-py`; neither is needed to run the marketplace, because the small results are committed.
"""

import colorsys
import io
import json
import math
import sys
from pathlib import Path

import resvg_py
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from marketplace.flows.seed.goods import GOODS

FOLDER = Path("marketplace/flows/seed/pictures")
SIDE = 1000
ICON = 620
FLOOR = 770
COLOURS = {"red": 0.985, "blue": 0.60, "green": 0.37, "purple": 0.77, "amber": 0.105}
QUALITY = 80
WIDTHS = (160, 480, 960)


def main() -> None:
    icons = json.loads(Path(sys.argv[1]).read_text())["icons"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    for place, goods in enumerate(GOODS):
        drawn = vector(icons[goods.icon]["body"])
        tilt = (-7, 0, 6, -4, 8)[place % 5] if goods.tilts else 0
        save(studio(drawn, hue_of(drawn), tilt), goods.icon)
        save(detail(drawn, hue_of(drawn)), f"{goods.icon}-detail")
        for colour in goods.colours:
            tinted = recoloured(drawn, colour)
            save(studio(tinted, hue_of(tinted), tilt), f"{goods.icon}-{colour}")


def vector(body: str, side: int = 1200) -> Image.Image:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{body}</svg>'
    png = resvg_py.svg_to_bytes(svg_string=svg, width=side, height=side)
    drawn = Image.open(io.BytesIO(bytes(png))).convert("RGBA")
    return drawn.crop(drawn.getbbox())


def studio(drawn: Image.Image, hue: float, tilt: float) -> Image.Image:
    """The thing on a floor before a wall of its own tint."""
    scene = backdrop(hue)
    thing = drawn.rotate(tilt, Image.Resampling.BICUBIC, expand=True)
    thing = thing.crop(thing.getbbox())
    thing.thumbnail((ICON, ICON), Image.Resampling.LANCZOS)
    left, top = (SIDE - thing.width) // 2, FLOOR + 20 - thing.height
    contact = Image.new("L", (SIDE, SIDE))
    half = int(thing.width * 0.46)
    ImageDraw.Draw(contact).ellipse(
        (SIDE // 2 - half, FLOOR - 16, SIDE // 2 + half, FLOOR + 46), fill=120
    )
    darken(scene, contact.filter(ImageFilter.GaussianBlur(22)))
    cast = Image.new("L", (SIDE, SIDE))
    cast.paste(thing.getchannel("A").point(lambda a: a * 70 // 255), (left + 16, top + 22))
    darken(scene, cast.filter(ImageFilter.GaussianBlur(18)))
    scene.paste(thing, (left, top), thing)
    return scene


def detail(drawn: Image.Image, hue: float) -> Image.Image:
    """Half of it, close, on paper white."""
    scene = Image.new("RGB", (SIDE, SIDE), tint(hue, 0.06, 0.965))
    close = drawn.copy()
    close.thumbnail((1500, 1500), Image.Resampling.LANCZOS)
    scale = 1500 / max(close.size)
    close = close.resize((int(close.width * scale), int(close.height * scale)))
    scene.paste(close, ((SIDE - close.width) // 2 - 140, 110), close)
    return scene


def backdrop(hue: float) -> Image.Image:
    scene = Image.new("RGB", (SIDE, SIDE))
    draw = ImageDraw.Draw(scene)
    for row in range(SIDE):
        if row < FLOOR - 70:
            draw.line((0, row, SIDE, row), fill=tint(hue, 0.13, 0.865 + 0.05 * row / FLOOR))
        else:
            down = (row - FLOOR + 70) / (SIDE - FLOOR + 70)
            draw.line((0, row, SIDE, row), fill=tint(hue, 0.19, 0.845 - 0.05 * down))
    glow = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(glow).ellipse((140, 60, 860, 780), fill=70)
    glow = glow.filter(ImageFilter.GaussianBlur(120))
    scene.paste(Image.new("RGB", scene.size, "white"), (0, 0), glow)
    return scene


def recoloured(drawn: Image.Image, colour: str) -> Image.Image:
    """Every saturated pixel turned towards one hue; greys stay as they are."""
    alpha = drawn.getchannel("A")
    hue, saturation, value = drawn.convert("RGB").convert("HSV").split()
    shift = int((COLOURS[colour] - hue_of(drawn)) * 255) % 256
    turned = hue.point(lambda h: (h + shift) % 256)
    merged = Image.merge("HSV", (turned, saturation, value)).convert("RGB")
    merged.putalpha(alpha)
    return merged


def hue_of(drawn: Image.Image) -> float:
    """The mean hue of the coloured pixels, 0-1."""
    small = drawn.resize((48, 48)).tobytes()
    x = y = 0.0
    for place in range(0, len(small), 4):
        red, green, blue, alpha = small[place : place + 4]
        hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
        weight = saturation * value * alpha
        x += weight * math.cos(hue * math.tau)
        y += weight * math.sin(hue * math.tau)
    return (math.atan2(y, x) / math.tau) % 1


def darken(scene: Image.Image, mask: Image.Image) -> None:
    shade = ImageChops.multiply(scene, Image.new("RGB", scene.size, (70, 66, 78)))
    scene.paste(shade, (0, 0), mask)


def tint(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue, saturation, min(1.0, value))
    return int(red * 255), int(green * 255), int(blue * 255)


def save(scene: Image.Image, name: str) -> None:
    """In the sizes that uploads are made into, so that seeding copies files and encodes none."""
    for width in WIDTHS:
        sized = scene.resize((width, width), Image.Resampling.LANCZOS)
        sized.save(FOLDER / f"{name}.{width}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
