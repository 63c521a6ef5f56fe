"""The tree of categories a new marketplace starts with, its attributes and fictional brands."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from marketplace.domain.access.models import System
from marketplace.domain.catalog.models import Attribute, AttributeType, Brand, Category
from marketplace.domain.catalog.rules.taxonomy import (
    AttributeForm,
    BrandForm,
    CategoryForm,
    TemplateForm,
    ValueForm,
    code_of,
)
from marketplace.domain.catalog.rules.tree import slug_of
from marketplace.domain.catalog.service import taxonomy as service

T = AttributeType


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Ids by slug, code and slug."""

    categories: dict[str, str]
    attributes: dict[str, str]
    brands: dict[str, str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category; `asks` names attributes by code, a `*` behind those that must be filled in."""

    slug: str
    name: str
    name_zh: str
    asks: str = ""
    commission_bps: int | None = None
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class Department:
    """A top category with its shelves."""

    shelf: Shelf
    icon: str
    about: str
    about_zh: str
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """An attribute; `values` are `English=中文=synonym|synonym`, separated by `;`.
    `uses` holds f (filter), o (variants differ by it), r (a change of it is reviewed)."""

    name: str
    name_zh: str
    type: AttributeType
    uses: str = ""
    unit: str = ""
    values: str = ""


PROPERTIES: tuple[Property, ...] = (
    Property("Colour", "颜色", T.CHOICE, "fo", "",
        "Red=红色=crimson|大红;Blue=蓝色=navy|藏青;Green=绿色=olive|墨绿;"
        "Amber=琥珀色=yellow|黄色;Purple=紫色=violet;Black=黑色=;White=白色=ivory|米白;"
        "Grey=灰色=gray;Brown=棕色=tan|咖啡色;Natural=原色=undyed|本色"),
    Property("Size", "尺码", T.CHOICE, "fo", "",
        "XS=加小码=;S=小码=small;M=中码=medium;L=大码=large;XL=加大码=;XXL=双加大码=2XL;"
        "One size=均码=free size"),
    Property("Shoe size", "鞋码", T.CHOICE, "fo", "EU",
        "36=36=;37=37=;38=38=;39=39=;40=40=;41=41=;42=42=;43=43=;44=44="),
    Property("Material", "材质", T.CHOICES, "fr", "",
        "Cotton=棉=纯棉;Linen=亚麻=flax;Wool=羊毛=merino;Cashmere=羊绒=开司米;"
        "Silk=真丝=桑蚕丝;Leather=皮革=真皮|cowhide;Canvas=帆布=;Polyester=聚酯纤维=涤纶;"
        "Stoneware=粗陶=;Porcelain=瓷=瓷器;Glass=玻璃=;Stainless steel=不锈钢=;"
        "Wood=木=beech|ash;Bamboo=竹=;Plastic=塑料="),
    Property("Care", "洗护方式", T.CHOICE, "", "",
        "Machine wash=机洗=;Hand wash=手洗=;Dry clean=干洗=;Wipe clean=擦拭="),
    Property("Fit", "版型", T.CHOICE, "f", "", "Slim=修身=;Regular=常规=标准;Loose=宽松=oversized"),
    Property("Season", "适用季节", T.CHOICES, "f", "",
        "Spring=春=;Summer=夏=;Autumn=秋=fall;Winter=冬="),
    Property("Heel height", "跟高", T.NUMBER, "f", "cm"),
    Property("Capacity", "容量", T.NUMBER, "f", "ml"),
    Property("Net weight", "净含量", T.NUMBER, "", "g"),
    Property("Skin type", "适用肤质", T.CHOICES, "f", "",
        "All=所有肤质=;Dry=干性=;Oily=油性=;Combination=混合性=;Sensitive=敏感性="),
    Property("Shade", "色号", T.CHOICE, "o", "", "Rose=玫瑰=;Plum=梅子=;Coral=珊瑚=;Nude=裸色="),
    Property("Filing number", "备案编号", T.TEXT, "r"),
    Property("Connection", "连接方式", T.CHOICES, "f", "",
        "Bluetooth=蓝牙=;Wi-Fi=无线网络=wifi;USB-C=USB-C=type-c;3.5 mm=3.5 毫米接口=aux"),
    Property("Battery life", "续航", T.NUMBER, "f", "h"),
    Property("Screen size", "屏幕尺寸", T.NUMBER, "f", "inch"),
    Property("Storage", "存储容量", T.CHOICE, "fo", "",
        "64 GB=64 GB=;128 GB=128 GB=;256 GB=256 GB=;512 GB=512 GB=;1 TB=1 TB="),
    Property("Certificate", "认证编号", T.TEXT, "r"),
    Property("Length", "长度", T.NUMBER, "", "cm"),
    Property("Dishwasher safe", "可用洗碗机", T.YES_NO, "f"),
    Property("Origin", "产地", T.CHOICE, "f", "",
        "Zhejiang=浙江=;Fujian=福建=;Yunnan=云南=;Jiangxi=江西=景德镇;Guangdong=广东=;"
        "Sichuan=四川=;Inner Mongolia=内蒙古=;Imported=进口="),
    Property("Best before", "保质期至", T.DATE),
    Property("Flavour", "口味", T.CHOICE, "fo", "",
        "Plain=原味=original;Sweet=甜味=;Spicy=辣味=hot|麻辣;Salted=咸味=;Fruity=果味="),
    Property("Age from", "适用年龄", T.NUMBER, "f", "years"),
    Property("Safety tested", "通过安全检测", T.YES_NO, "r"),
    Property("Waterproof", "防水", T.YES_NO, "f"),
    Property("Refurbished", "官方翻新", T.YES_NO, "fr"),
)  # fmt: skip

TREE: tuple[Department, ...] = (
    Department(
        Shelf("fashion", "Fashion", "服饰", "colour size material* season care", 1_000),
        "shirt", "Clothes and accessories from independent labels.", "独立品牌的服装与配饰。",
        (
            Shelf("fashion-women", "Women's fashion", "女装", "fit"),
            Shelf("fashion-men", "Men's fashion", "男装", "fit"),
            Shelf("fashion-accessories", "Accessories", "配饰", "length", 1_200),
        ),
    ),
    Department(
        Shelf("shoes-bags", "Shoes & bags", "鞋靴箱包", "colour material*", 1_000),
        "footprints", "Shoes and bags, fitted and mended.", "合脚的鞋，耐用的包。",
        (
            Shelf("shoes", "Shoes", "鞋靴", "shoe_size* heel_height waterproof"),
            Shelf("bags", "Bags", "箱包", "capacity waterproof"),
            Shelf("travel-gear", "Travel gear", "旅行用品", "capacity"),
        ),
    ),
    Department(
        Shelf("beauty", "Beauty", "美妆个护", "filing_number*", 1_500, is_restricted=True),
        "sparkles", "Skin, hair and colour, each with its filing number.", "护肤、洗护与彩妆，均有备案编号。",
        (
            Shelf("skincare", "Skin care", "护肤", "skin_type* capacity"),
            Shelf("makeup", "Make-up", "彩妆", "shade colour"),
            Shelf("hair", "Hair care", "洗发护发", "capacity"),
            Shelf("bath", "Bath & body", "洗浴身体", "capacity"),
        ),
    ),
    Department(
        Shelf("electronics", "Electronics", "数码电器", "colour certificate* refurbished", 600),
        "headphones", "Useful devices with screws you can open.", "拧得开螺丝的实用电器。",
        (
            Shelf("audio", "Audio", "影音", "connection* battery_life waterproof"),
            Shelf("phones", "Phones", "手机", "storage* screen_size* battery_life", 400),
            Shelf("computers", "Computers", "电脑", "storage screen_size connection", 400),
            Shelf("cameras", "Cameras", "相机", "storage"),
        ),
    ),
    Department(
        Shelf("home", "Home", "家居", "colour material*", 800),
        "lamp", "Things for a home that is lived in.", "给认真生活的家。",
        (
            Shelf("tableware", "Tableware", "餐具茶具", "capacity dishwasher_safe origin"),
            Shelf("decor", "Decoration", "家饰", "origin"),
            Shelf("furniture", "Furniture", "家具", "length", 700),
            Shelf("storage", "Storage", "收纳", "capacity"),
            Shelf("garden", "Garden", "园艺", "season"),
        ),
    ),
    Department(
        Shelf("food-tea", "Food & tea", "食品茶饮", "origin* best_before* net_weight*", 800, is_restricted=True),
        "coffee", "From gardens and small kitchens, with dates on every tin.", "来自茶园与小厨房，罐罐有日期。",
        (
            Shelf("tea", "Tea", "茶叶", "season"),
            Shelf("snacks", "Snacks", "零食", "flavour"),
            Shelf("pantry", "Pantry", "粮油调味", "flavour"),
            Shelf("fruit", "Fruit", "水果", "season", 500),
        ),
    ),
    Department(
        Shelf("toys-baby", "Toys & baby", "玩具母婴", "age_from* safety_tested* material colour", 1_000),
        "toy-brick", "Safe to chew, made to be handed down.", "放心玩，也经得起一代代玩。",
        (
            Shelf("games", "Games & puzzles", "游戏拼图"),
            Shelf("plush", "Soft toys", "毛绒玩具", "care"),
            Shelf("outdoor-toys", "Outdoor toys", "户外玩具", "waterproof"),
            Shelf("art-supplies", "Art supplies", "绘画用品"),
            Shelf("baby", "Baby", "婴儿用品", "care", None, is_restricted=True),
        ),
    ),
    Department(
        Shelf("sports-outdoor", "Sports & outdoor", "运动户外", "colour waterproof", 900),
        "mountain", "Gear that clubs buy, and can mend.", "俱乐部爱买、也修得好的装备。",
        (
            Shelf("camping", "Camping", "露营", "season capacity"),
            Shelf("ball-sports", "Ball sports", "球类运动", "size"),
            Shelf("water-sports", "Water sports", "水上运动", "size"),
            Shelf("wheels", "Bikes & wheels", "骑行轮滑", "size"),
        ),
    ),
)  # fmt: skip

BRANDS: tuple[tuple[str, str, bool], ...] = (
    ("Qingshan", "青山", False),
    ("Strider", "健步", False),
    ("Luban Audio", "鲁班声学", True),
    ("Snowline Knits", "雪线针织", False),
    ("Moon Beauty", "月白美妆", True),
    ("Peak Stride", "峰行", False),
    ("Tick Supply", "滴答供应", True),
    ("Toy Lane", "玩具巷", False),
    ("Wild Camp", "野营记", False),
    ("Green Balcony", "绿阳台", False),
    ("Zisha Studio", "紫砂工坊", False),
    ("Yunnan Origin", "云南原产", False),
    ("Rainy Day", "雨天", False),
    ("Linen House", "麻布屋", False),
    ("North Pier", "北码头", False),
    ("Paper Crane", "纸鹤", False),
    ("Cloud Porcelain", "云瓷", False),
    ("Bamboo & Co", "竹与友", False),
    ("Harbour Optics", "港湾光学", True),
    ("Red Lantern", "红灯笼", False),
    ("Silk Road Scarves", "丝路围巾", False),
    ("Little Beech", "小榉木", False),
    ("Mountain Spring", "山泉", True),
    ("Old Street Bakery", "老街饼家", False),
    ("Field Notes Tea", "田记茶", False),
    ("Fox & Fern", "狐与蕨", False),
    ("Blue Kiln", "蓝窑", False),
    ("Quick Fox Cycles", "快狐单车", False),
    ("Nordstern", "北极星", True),
    ("Ash & Oak", "白蜡与橡木", False),
)


def seed_taxonomy(session: Session, system: System, *, at: datetime) -> Taxonomy:
    """Make all of it in an empty catalogue; one that is there is only looked up."""
    if session.exec(select(Category.id).limit(1)).first() is not None:
        return taxonomy_of(session)
    attributes = {
        code_of(each.name): service.create_attribute(session, system, _attribute(each), at=at)
        for each in PROPERTIES
    }
    categories: dict[str, str] = {}
    for department in TREE:
        top = _shelf(session, system, department.shelf, attributes, at=at, department=department)
        categories[department.shelf.slug] = top
        for shelf in department.shelves:
            categories[shelf.slug] = _shelf(
                session, system, shelf, attributes, at=at, parent_id=top
            )
    brands = {
        slug_of(name): service.create_brand(
            session,
            system,
            BrandForm(name=name, name_zh=name_zh, needs_authorisation=needs),
            at=at,
        )
        for name, name_zh, needs in BRANDS
    }
    return Taxonomy(categories, attributes, brands)


def taxonomy_of(session: Session) -> Taxonomy:
    """What `seed_taxonomy` made before."""
    return Taxonomy(
        dict(session.exec(select(Category.slug, Category.id)).all()),
        dict(session.exec(select(Attribute.code, Attribute.id)).all()),
        dict(session.exec(select(Brand.slug, Brand.id)).all()),
    )


def _attribute(each: Property) -> AttributeForm:
    return AttributeForm(
        name=each.name,
        name_zh=each.name_zh,
        type=each.type,
        unit=each.unit,
        values=tuple(_value(text) for text in each.values.split(";") if text),
        is_filter="f" in each.uses,
        is_option="o" in each.uses,
        is_restricted="r" in each.uses,
    )


def _value(text: str) -> ValueForm:
    name, name_zh, synonyms = text.split("=")
    words = tuple(word for word in synonyms.split("|") if word)
    return ValueForm(name=name, name_zh=name_zh, synonyms=words)


def _shelf(
    session: Session,
    system: System,
    shelf: Shelf,
    attributes: dict[str, str],
    *,
    at: datetime,
    parent_id: str = "",
    department: Department | None = None,
) -> str:
    form = CategoryForm(
        name=shelf.name,
        name_zh=shelf.name_zh,
        slug=shelf.slug,
        icon=department.icon if department else "",
        about=department.about if department else "",
        about_zh=department.about_zh if department else "",
        return_days=7,
        commission_bps=shelf.commission_bps,
        is_restricted=shelf.is_restricted,
    )
    id_ = service.create_category(session, system, form, at=at, parent_id=parent_id)
    template = [
        TemplateForm(attribute_id=attributes[code.rstrip("*")], is_required=code.endswith("*"))
        for code in shelf.asks.split()
    ]
    if template:
        service.set_category_attributes(session, system, id_, template, version=1, at=at)
    return id_
