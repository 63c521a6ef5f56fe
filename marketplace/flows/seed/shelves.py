"""What stands on the demo's shelves: a listing's content made from one thing in one make."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from marketplace.domain.catalog.models import AttributeType
from marketplace.domain.catalog.rules.content import (
    Block,
    ListingContent,
    Option,
    OptionValue,
    Parcel,
    Picture,
    Seo,
    VariantContent,
)
from marketplace.domain.catalog.rules.taxonomy import AttributeField
from marketplace.flows.seed.goods import FIGURES, MADE_OF, MADE_OF_MAKE, Goods, Make

SWATCHES = {
    "red": ("Red", "红色", "#d64545"),
    "blue": ("Blue", "蓝色", "#3f6fd6"),
    "green": ("Green", "绿色", "#4f9d5d"),
    "purple": ("Purple", "紫色", "#8a5fc7"),
    "amber": ("Amber", "琥珀色", "#d9a23b"),
}
SECOND: dict[str, tuple[str, str, tuple[tuple[str, str, int], ...]]] = {
    "sizes": ("Size", "尺码", (("S", "小码", 100), ("M", "中码", 100), ("L", "大码", 100), ("XL", "加大码", 106))),
    "shoes": ("Shoe size", "鞋码", tuple((str(n), str(n), 100) for n in range(38, 43))),
    "volumes": ("Volume", "容量", (("250 ml", "250 毫升", 100), ("500 ml", "500 毫升", 172), ("1 l", "1 升", 298))),
    "lengths": ("Length", "长度", (("20 cm", "20 厘米", 100), ("28 cm", "28 厘米", 138), ("36 cm", "36 厘米", 182))),
    "packs": ("Pack", "规格", (("1 piece", "单件", 100), ("3 pieces", "3 件装", 272), ("6 pieces", "6 件装", 518))),
}  # fmt: skip
"""By `Goods.options`: the option's names, and its values with their price in per cent."""

SERIES_WORDS = (
    ("", ""), ("River", "河岸"), ("Moss", "青苔"), ("Harbour", "港湾"), ("Orchard", "果园"), ("Dune", "沙丘"),
    ("Lantern", "灯笼"), ("Willow", "垂柳"), ("Cedar", "雪松"), ("Tide", "潮汐"), ("Meadow", "草甸"), ("Ember", "余烬"),
    ("Frost", "霜降"), ("Bamboo", "竹影"), ("Cloud", "云端"), ("Pebble", "卵石"), ("Maple", "枫林"), ("Plum", "梅园"),
    ("Stone", "磐石"), ("Silk", "丝路"), ("Dawn", "晨曦"), ("Dusk", "暮色"), ("Fern", "蕨谷"), ("Lotus", "莲塘"),
)  # fmt: skip

PRICE_STEPS = 7

CARE: dict[str, tuple[str, str]] = {
    "fashion": (
        "The fabric is washed before it is cut, so it keeps its size. Seams are bound, buttons are sewn on a shank, and a spare one hangs inside. Between two sizes, take the larger one; the table below gives the body, not the garment.",
        "面料先水洗再裁剪，不易缩水。缝份包边，钮扣绕脚钉缝，内附备用扣一枚。介于两码之间请选大一码；尺码表为人体净尺寸，并非成衣尺寸。",
    ),
    "shoes-bags": (
        "Soles and straps can be replaced by any cobbler, and we send the parts. Keep it away from heat when wet, brush the dust off, and feed it once a season. The inside is lined with cloth that can be wiped.",
        "鞋底与肩带可由任意修鞋铺更换，配件由我们寄送。受潮后请远离热源，刷去浮尘，每季保养一次。内里为可擦拭布料。",
    ),
    "beauty": (
        "Made in small batches with the date on the base. No mineral oil, no dyes, no animal testing. Try it on the inside of your arm first, keep it out of the sun, and use it within twelve months of opening.",
        "小批量生产，日期印于瓶底。不含矿物油与色素，不做动物实验。首次使用请先在手臂内侧试用，避光保存，开封后十二个月内用完。",
    ),
    "electronics": (
        "It starts without an account and works without a network. The battery comes out with two screws, and the manual shows how. In the box: the device, a woven cable and a card with the numbers that repairs need.",
        "无需注册账号即可使用，断网也能工作。两颗螺丝即可更换电池，说明书附步骤。盒内含主机、编织线与一张维修编号卡。",
    ),
    "home": (
        "It is made to be used every day and to look better for it. Small differences in colour and shape are the hand of the maker, not a fault. It is packed in paper and starch, and every part of the parcel can be composted.",
        "为天天使用而做，越用越好看。颜色与形状的细微差别来自手作，并非瑕疵。包装为纸与淀粉填充物，全部可堆肥。",
    ),
    "food-tea": (
        "We buy from growers whose names stand on the pack, and pay before the harvest. Keep it cool, dry and closed. Once opened it is at its best for a month. May contain traces of nuts and sesame.",
        "我们向包装上署名的农户采购，并在采收前付款。请置于阴凉干燥处密封保存，开封后一个月内风味最佳。可能含有微量坚果与芝麻。",
    ),
    "toys-baby": (
        "Tested for small parts and safe colours by an independent laboratory; the report is in the documents. Nothing needs a battery. Wipe it with a damp cloth, and write to us if a piece is lost: we send single parts.",
        "经独立实验室检测小零件与颜料安全，报告见资质文件。无需电池。湿布擦拭即可；如有零件遗失请联系我们，单件可补寄。",
    ),
    "sports-outdoor": (
        "Used for a season by people who do it every week before we put it on sale. Stitching, valves and edges are the parts that fail first, so they are doubled here. Rinse it after use and let it dry in the shade.",
        "上架前由每周训练的爱好者试用一整季。缝线、气嘴与边缘最易损坏，因此均做加固。使用后冲洗并阴干。",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """What tells one listing of a thing in one make from the next."""

    word: str
    """In titles; empty: the plain one."""
    word_zh: str
    number: str
    """Behind the word, from the second round of words on."""
    code: str
    """In SKUs."""
    dearer: int
    """Above the plain price, minor units."""


def series_of(place: int) -> Series:
    """The series at a place, 0 the plain one. Price steps repeat after `PRICE_STEPS`."""
    word, word_zh = SERIES_WORDS[place % len(SERIES_WORDS)]
    turn = place // len(SERIES_WORDS)
    dearer = 100 * (place % PRICE_STEPS)
    return Series(word, word_zh, str(turn) if turn else "", str(place), dearer)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a listing stands: ids that the database gave, and the day it is."""

    department: str
    category_id: str
    fields: Sequence[AttributeField]
    pictures: Mapping[str, str]
    """Picture ids by the names of `goods`."""
    today: date
    shipping_template_id: str = ""
    brand_id: str = ""


def content(
    goods: Goods,
    make: Make,
    series: Series,
    setting: Setting,
    ids: Sequence[str],
    rng: random.Random,
) -> ListingContent:
    """`ids` are new ids of variants, at least sixteen."""
    title, title_zh = named(goods, make, series)
    options = _options(goods, setting)
    care, care_zh = CARE[setting.department]
    return ListingContent(
        title=title,
        title_zh=title_zh,
        category_id=setting.category_id,
        brand_id=setting.brand_id,
        tags=[make.name.lower()],
        pictures=_pictures(goods, title, title_zh, setting),
        attributes=_attributes(goods, make, setting, rng),
        options=options,
        variants=_variants(goods, make, series, options, ids, rng),
        blocks=[
            Block(text=f"{make.words}\n\n{care}", text_zh=f"{make.words_zh}\n\n{care_zh}"),
            Block(kind="picture", picture_ids=_known(setting, goods.icon, f"{goods.icon}-detail")),
        ],
        shipping_template_id=setting.shipping_template_id,
        handling_days=rng.choice((1, 2, 2, 3)),
        parcel=Parcel(length=320, width=240, height=120),
        return_days=rng.choice((7, 14, 30)),
        warranty_months=24 if setting.department == "electronics" else 0,
        seo=Seo(title=title, title_zh=title_zh, description=make.words),
    )


def named(goods: Goods, make: Make, series: Series) -> tuple[str, str]:
    """Titles in both languages; a series tells one from the next."""
    thing = goods.name[0].lower() + goods.name[1:] if goods.name[:2] != "T-" else goods.name
    title = f"{make.name} {thing}" + (f", {series.word} series" if series.word else "")
    title_zh = f"{make.name_zh}{goods.name_zh}"
    title_zh += f"·{series.word_zh}系列" if series.word_zh else ""
    if not series.number:
        return title, title_zh
    return f"{title} {series.number}", f"{title_zh} {series.number}"


def _options(goods: Goods, setting: Setting) -> list[Option]:
    options = []
    if goods.colours:
        values = [
            OptionValue(
                name=SWATCHES[colour][0],
                name_zh=SWATCHES[colour][1],
                swatch=SWATCHES[colour][2],
                picture_id=setting.pictures.get(f"{goods.icon}-{colour}", ""),
            )
            for colour in goods.colours
        ]
        options.append(Option(name="Colour", name_zh="颜色", values=values))
    if goods.options:
        name, name_zh, values_of = SECOND[goods.options]
        sized = [OptionValue(name=one, name_zh=one_zh) for one, one_zh, _factor in values_of]
        options.append(Option(name=name, name_zh=name_zh, values=sized))
    return options


def _variants(
    goods: Goods,
    make: Make,
    series: Series,
    options: Sequence[Option],
    ids: Sequence[str],
    rng: random.Random,
) -> list[VariantContent]:
    factors = (
        {one: factor for one, _zh, factor in SECOND[goods.options][2]} if goods.options else {}
    )
    rows: list[list[OptionValue]] = [[]]
    for option in options:
        rows = [[*row, value] for row in rows for value in option.values]
    plain = goods.price * make.factor // 100 + series.dearer
    variants = []
    for id_, row in zip(ids, rows, strict=False):
        price = plain * factors.get(row[-1].name, 100) // 100 if row else plain
        price = max(100, price // 100 * 100 - 10)
        code = "-".join([goods.icon, make.name, series.code, *(value.name for value in row)])
        variants.append(
            VariantContent(
                id=id_,
                values=[value.name for value in row],
                sku="".join(c if c.isalnum() else "-" for c in code.upper()),
                price=price,
                cost=price * 55 // 100,
                weight=200 + rng.randrange(0, 900, 50),
                low_at=5,
                picture_id=next((value.picture_id for value in row if value.picture_id), ""),
            )
        )
    return variants


def _pictures(goods: Goods, title: str, title_zh: str, setting: Setting) -> list[Picture]:
    names = [goods.icon, f"{goods.icon}-detail", *(f"{goods.icon}-{c}" for c in goods.colours)]
    said = {f"{goods.icon}-detail": (", close", "，细节")}
    said |= {
        f"{goods.icon}-{c}": (f" in {SWATCHES[c][0].lower()}", f"，{SWATCHES[c][1]}")
        for c in goods.colours
    }
    return [
        Picture(
            id=setting.pictures[name],
            alt=title + said.get(name, ("", ""))[0],
            alt_zh=title_zh + said.get(name, ("", ""))[1],
        )
        for name in names
        if name in setting.pictures
    ]


def _known(setting: Setting, *names: str) -> list[str]:
    return [setting.pictures[name] for name in names if name in setting.pictures]


def _attributes(
    goods: Goods, make: Make, setting: Setting, rng: random.Random
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in setting.fields:
        if field.code in ("colour", "size", "shoe_size") and not field.is_required:
            continue  # the options say it
        if not field.is_required and rng.random() < 0.25:
            continue  # nobody fills in everything
        if value := _value(field, goods, setting, make, rng):
            found[field.code] = [value]
        if field.code == "material":
            found[field.code] = _material(field, goods, make) or found[field.code]
    return found


def _material(field: AttributeField, goods: Goods, make: Make) -> list[str]:
    """What such a thing is really made of: the thing decides, then the make."""
    name = MADE_OF.get(goods.icon) or MADE_OF_MAKE.get(make.name, "")
    return [one.code for one in field.values if one.name == name]


def _value(
    field: AttributeField, goods: Goods, setting: Setting, make: Make, rng: random.Random
) -> str:
    """Empty if such a thing has none."""
    match field.type:
        case AttributeType.CHOICE | AttributeType.CHOICES:
            named = [one.code for one in field.values if one.name.lower() in make.words.lower()]
            return named[0] if named else rng.choice(field.values).code if field.values else ""
        case AttributeType.NUMBER:
            known = FIGURES.get(field.code, {})
            figures = known.get(goods.icon) or known.get("", ())
            return rng.choice(figures) if figures else ""
        case AttributeType.YES_NO:
            return "yes" if field.is_required or rng.random() < 0.6 else "no"
        case AttributeType.DATE:
            return (setting.today + timedelta(days=rng.randrange(120, 500))).isoformat()
        case AttributeType.TEXT:
            return f"JS-{rng.randrange(10**7, 10**8)}"
