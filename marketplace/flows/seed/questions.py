"""What the demo's buyers looked for, found or not, and the words staff made one of since."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from marketplace.domain.access.models import System
from marketplace.domain.search.queries.found import Request, search
from marketplace.domain.search.service import asked
from marketplace.domain.search.service.synonyms import SynonymForm, create_synonym
from marketplace.kit.languages import Locale
from marketplace.settings import settings

DEMO = System(id="seed", name="Demo data")
DAYS = 75
"""How long the demo's shops have been open."""

SYNONYMS = (
    SynonymForm(word="茶具", others=("茶壶",), is_one_way=True),
    SynonymForm(word="kettle", others=("teapot",), is_one_way=True),
    SynonymForm(word="trainers", others=("running shoes",), is_one_way=True),
    SynonymForm(word="球鞋", others=("跑鞋",)),
    SynonymForm(word="sofa", others=("couch",)),
    SynonymForm(word="书包", others=("双肩包",), is_one_way=True),
    SynonymForm(word="手提电脑", others=("笔记本电脑",)),
    SynonymForm(word="行李箱", others=("登机箱",)),
)

QUESTIONS: tuple[tuple[str, Locale, int], ...] = (
    ("running shoes", "en", 94),
    ("跑鞋", "zh-CN", 88),
    ("teapot", "en", 71),
    ("茶壶", "zh-CN", 83),
    ("headphones", "en", 64),
    ("耳机", "zh-CN", 76),
    ("双肩包", "zh-CN", 58),
    ("backpack", "en", 49),
    ("月饼", "zh-CN", 67),
    ("月饼礼盒", "zh-CN", 41),
    ("green tea", "en", 52),
    ("绿茶", "zh-CN", 55),
    ("summer dress", "en", 38),
    ("连衣裙", "zh-CN", 47),
    ("羊毛大衣", "zh-CN", 24),
    ("keyboard", "en", 33),
    ("笔记本电脑", "zh-CN", 36),
    ("handmade vase", "en", 12),
    ("花瓶", "zh-CN", 21),
    ("tent", "en", 27),
    ("帐篷", "zh-CN", 22),
    ("teddy bear", "en", 19),
    ("拼图", "zh-CN", 18),
    ("trainers", "en", 31),
    ("球鞋", "zh-CN", 26),
    ("sofa", "en", 14),
    ("行李箱", "zh-CN", 17),
    ("candle", "en", 16),
    ("护手霜", "zh-CN", 23),
    ("dark chocolate", "en", 13),
    ("kettle", "en", 9),
    ("书包", "zh-CN", 20),
    ("茶杯", "zh-CN", 34),
    ("coffee grinder", "en", 18),
    ("空气净化器", "zh-CN", 15),
    ("yoga mat", "en", 29),
    ("瑜伽垫", "zh-CN", 25),
    ("wireless charger", "en", 11),
    ("充电宝", "zh-CN", 28),
    ("bed linen", "en", 8),
    ("保温杯", "zh-CN", 30),
    ("garden hose", "en", 5),
    ("电动牙刷", "zh-CN", 14),
    ("dog lead", "en", 7),
    ("猫粮", "zh-CN", 19),
    ("ukulele", "en", 4),
    ("汉服", "zh-CN", 16),
    ("旗袍", "zh-CN", 9),
)
"""What was asked, in which language, and about how often in a month."""


def seed_questions(session: Session, *, number: int, at: datetime) -> int:
    """After the listings: each question keeps what it finds among them. Returns how many."""
    for form in SYNONYMS:
        create_synonym(session, DEMO, form, at=at)
    chance = random.Random(number)  # noqa: S311  the same data on every machine
    today = at.astimezone(ZoneInfo(settings().time_zone)).date()
    for question, locale, often in QUESTIONS:
        found = search(session, Request(text=question, size=1)).total
        key = asked.key(question, locale)
        for ago in range(DAYS):
            if times := _times(chance, often, ago):
                asked.note(session, {key: (times, found)}, day=today - timedelta(days=ago))
    return len(QUESTIONS)


def _times(chance: random.Random, often: int, ago: int) -> int:
    """Of one day: half as many at the beginning of the demo as now."""
    month = 30 * 2 * DAYS
    return (chance.randint(0, 2 * often * (2 * DAYS - ago)) + chance.randrange(month)) // month
