"""One analyser of words for every database and rule: folded words, and pairs of Chinese characters.

No tokenizer of SQLite or PostgreSQL finds a two-character Chinese word by itself (DESIGN D16), so
both get what this returns, and forbidden words and duplicate hints read text the same way.
"""

import re
import unicodedata

LONGEST_WORD = 200
"""Characters of a token: PostgreSQL refuses a whole row for a word of more than 2,046 bytes."""

# Han with its extensions, kana and hangul: scripts whose words have no spaces between them
_CJK = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U000323af"
)
_RUN = re.compile(f"[{_CJK}]+")
_WORD = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")


def fold(text: str) -> str:
    """NFKC, without case, spaces collapsed: texts that look the same to a reader are the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words(text: str) -> list[str]:
    """The words in their order: runs of letters and digits, and runs of Chinese characters."""
    return _WORD.findall(unicodedata.normalize("NFKC", fold(text)))


def runs(text: str) -> list[str]:
    """The runs of Chinese, Japanese and Korean characters alone."""
    return _RUN.findall(unicodedata.normalize("NFKC", fold(text)))


def tokens(text: str) -> list[str]:
    """Words as an index stores them: 陶瓷茶杯 is 陶瓷 瓷茶 茶杯, a lone character is itself.

    An endless word is cut, in an index and in a question alike.
    """
    found: list[str] = []
    for word in words(text):
        if _RUN.fullmatch(word) and len(word) > 1:
            found += [word[place : place + 2] for place in range(len(word) - 1)]
        else:
            found.append(word[:LONGEST_WORD])
    return found
