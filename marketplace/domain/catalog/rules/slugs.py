"""Addresses of listings: lower-case ASCII words joined by hyphens, Chinese spelt in pinyin."""

from pypinyin import lazy_pinyin
from slugify import slugify

LONGEST = 100


def slug_of(title: str, title_zh: str = "") -> str:
    """Of the English title, else of the Chinese one; empty if neither has a letter or digit.

    >>> slug_of("", "陶瓷茶杯")
    'tao-ci-cha-bei'
    """
    text = title if slugify(title) else " ".join(lazy_pinyin(title_zh or title))
    return slugify(text, max_length=LONGEST, word_boundary=True)


def numbered(slug: str, number: int) -> str:
    """`cup`, `cup-2`, `cup-3` …, never longer than an address may be."""
    if number < 2:
        return slug
    end = f"-{number}"
    return slug[: LONGEST - len(end)].rstrip("-") + end
