"""The rules of the marketplace every installation starts with, in words sellers understand."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from marketplace.domain.catalog.rules.content import Word
from marketplace.kit.text import Line, Payload


class CodeForm(Payload):
    """`points` of a violation and after how many days they are gone."""

    name: Annotated[Word, Field(min_length=1)]
    name_zh: Annotated[Word, Field(min_length=1)]
    advice: Line
    advice_zh: Line
    points: Annotated[int, Field(ge=0, le=48)] = 0
    decay_days: Annotated[int, Field(ge=1, le=1000)] = 180
    is_active: bool = True


class WordForm(Payload):
    """`blocks`: a listing with it cannot be handed in; else the reviewer is told."""

    word: Annotated[Word, Field(min_length=1)]
    code: str
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Default:
    code: str
    name: str
    name_zh: str
    advice: str
    advice_zh: str
    points: int


DEFAULTS = (
    Default(
        "counterfeit",
        "Counterfeit goods",
        "假冒商品",
        "Sell originals only, and keep the invoices of your supplier at hand.",
        "只销售正品，并保留供应商的进货凭证。",
        24,
    ),
    Default(
        "prohibited",
        "Goods that may not be sold here",
        "禁售商品",
        "Read the list of forbidden goods and remove the listing.",
        "请阅读禁售商品清单，并删除该商品。",
        24,
    ),
    Default(
        "unsafe",
        "Unsafe goods",
        "存在安全隐患",
        "Show the safety certificate the category asks for.",
        "请提供类目要求的安全认证。",
        12,
    ),
    Default(
        "offensive",
        "Offensive content",
        "不当内容",
        "Remove words and pictures that insult or frighten people.",
        "请删除侮辱性或令人不适的文字和图片。",
        12,
    ),
    Default(
        "stolen_pictures",
        "Pictures of somebody else",
        "盗用他人图片",
        "Use your own pictures, or show that you may use these.",
        "请使用自己拍摄的图片，或提供授权证明。",
        8,
    ),
    Default(
        "off_platform",
        "Leads buyers off the marketplace",
        "引导站外交易",
        "Remove addresses, numbers and codes that lead elsewhere.",
        "请删除站外链接、联系方式和二维码。",
        8,
    ),
    Default(
        "false_price",
        "Price that misleads",
        "价格误导",
        "Only compare with a price that was really charged.",
        "划线价必须是真实成交过的价格。",
        6,
    ),
    Default(
        "missing_document",
        "A document is missing",
        "缺少资质文件",
        "Add the document the category or brand asks for.",
        "请上传类目或品牌要求的资质文件。",
        6,
    ),
    Default(
        "misleading",
        "Misleading title or description",
        "标题或描述误导",
        "Say what it is and what it can do, and nothing it cannot.",
        "如实描述商品及其功能，不要夸大。",
        4,
    ),
    Default(
        "wrong_category",
        "Wrong category",
        "类目错误",
        "Choose the category where buyers would look for it.",
        "请选择买家会去寻找它的类目。",
        2,
    ),
    Default(
        "poor_pictures",
        "Pictures do not show the goods",
        "图片不合格",
        "Show the goods themselves, sharp and without other text.",
        "请清晰展示商品本身，不要添加其他文字。",
        2,
    ),
    Default(
        "duplicate",
        "Listed twice",
        "重复铺货",
        "Keep one listing and give it variants.",
        "请只保留一个商品，用规格来区分。",
        2,
    ),
    Default(
        "incomplete",
        "Something is missing",
        "信息不完整",
        "Fill in what the comments beside the fields ask for.",
        "请按照字段旁的说明补充信息。",
        0,
    ),
    Default(
        "other",
        "Another reason",
        "其他原因",
        "Read the note of the reviewer.",
        "请查看审核员的说明。",
        0,
    ),
)
