"""The things the demo sells: 100 fictional goods of eight departments, each in three makes.

The pictures beside this file are drawn by `tools/art.py` from the icons named here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

BRIGHT = ("red", "blue", "green")
CALM = ("blue", "amber", "purple")


@dataclass(frozen=True, slots=True)
class Goods:
    """`price` is what the plainest make costs, in fen; `colours` have pictures of their own."""

    icon: str
    name: str
    name_zh: str
    shelf: str
    """The category's slug."""
    price: int
    options: str = ""
    """sizes, shoes, volumes, lengths or packs; empty: one size."""
    colours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Make:
    """One way a department's goods are made; `factor` is per cent of the plain price."""

    name: str
    name_zh: str
    factor: int
    words: str
    words_zh: str


MAKES: dict[str, tuple[Make, Make, Make]] = {
    "fashion": (
        Make("Everyday", "日常款", 100, "Soft cotton, cut straight, made to be washed often.", "柔软棉料，利落版型，经得起反复洗涤。"),
        Make("Linen", "亚麻", 145, "Stone-washed linen that breathes in summer and layers in spring.", "水洗亚麻，夏天透气，春秋可叠穿。"),
        Make("Heritage", "经典复刻", 210, "A pattern from the archive, sewn in small runs with horn buttons.", "沿用旧版纸样，小批量缝制，配牛角扣。"),
    ),
    "shoes-bags": (
        Make("City", "都市", 100, "Light enough for every day, with a lining that dries overnight.", "轻便耐用，里衬一夜即干。"),
        Make("Full-grain", "头层牛皮", 185, "Vegetable-tanned leather that grows darker with the years.", "植鞣头层牛皮，越用越有光泽。"),
        Make("Recycled", "再生材料", 120, "Woven from recycled bottles; the label says how many.", "由回收瓶纺成的面料，吊牌注明用了多少只。"),
    ),
    "beauty": (
        Make("Camellia", "山茶", 100, "Cold-pressed camellia oil from small groves, without perfume.", "小林山茶冷榨油，不加香精。"),
        Make("Rice ferment", "米酵", 130, "Fermented rice water, tested on sensitive skin.", "发酵米水，经敏感肌测试。"),
        Make("Travel", "旅行装", 60, "The same formula in a size that passes every airport.", "同款配方，随身可带上飞机。"),
    ),
    "electronics": (
        Make("Core", "基础版", 100, "Everything that is needed and nothing that blinks.", "该有的都有，多余的灯一个不闪。"),
        Make("Pro", "专业版", 190, "More reach, more hours, and screws you can open.", "续航更久，性能更强，螺丝可自行拆开。"),
        Make("Refurbished", "官方翻新", 65, "Checked, cleaned and guaranteed for two years.", "检测、清洁、保修两年。"),
    ),
    "home": (
        Make("Stoneware", "粗陶", 100, "Thrown by hand in Jingdezhen; no two glazes run alike.", "景德镇手作，釉色件件不同。"),
        Make("Ash wood", "白蜡木", 140, "Ash from managed forests, oiled instead of lacquered.", "可持续林地白蜡木，擦油不上漆。"),
        Make("Enamel", "珐琅", 85, "Two coats of enamel over steel, light and hard to break.", "双层珐琅包钢，轻巧耐摔。"),
    ),
    "food-tea": (
        Make("Single garden", "单一产区", 100, "From one garden, picked in one week, dated on the tin.", "同一产区一周内采收，罐上注明日期。"),
        Make("Gift box", "礼盒", 220, "In a box of pressed paper that becomes a drawer.", "压纹纸盒，用完可作抽屉收纳。"),
        Make("Pantry", "家庭装", 165, "A large bag for a kitchen that is used every day.", "大袋装，适合天天开火的厨房。"),
    ),
    "toys-baby": (
        Make("Beech", "榉木", 100, "Solid beech with water-based colour, round where it matters.", "实心榉木，水性漆，边角圆润。"),
        Make("Soft", "软质", 90, "Washable cotton filled with recycled fleece.", "可水洗棉布，填充再生绒。"),
        Make("Family", "亲子装", 175, "The larger set, for more hands than two.", "大套装，多人一起玩。"),
    ),
    "sports-outdoor": (
        Make("Club", "俱乐部", 100, "What clubs buy: honest, repairable, in stock for years.", "俱乐部常备款，可维修，长年有货。"),
        Make("Trail", "越野", 150, "Reinforced where it rubs, light where it does not.", "受力处加固，其余处减重。"),
        Make("Junior", "青少年", 75, "Smaller, lighter and cheaper to grow out of.", "更小更轻，长得快也不心疼。"),
    ),
}  # fmt: skip


def makes_of(goods: Goods, department: str) -> tuple[Make, ...]:
    """The three makes of a thing, none of a material that it can't be of."""
    makes = MAKES[department]
    if goods.icon not in MADE_OF:
        return makes
    return tuple(INSTEAD.get(make.name, make) for make in makes)


MADE_OF = {
    "coat": "Wool", "socks": "Wool", "top-hat": "Wool", "necktie": "Silk", "jeans": "Cotton",
    "running-shirt": "Polyester", "running-shoe": "Polyester", "thong-sandal": "Plastic",
    "luggage": "Plastic", "backpack": "Canvas", "umbrella": "Polyester", "candle": "Glass",
    "basket": "Bamboo", "bucket": "Stainless steel", "framed-picture": "Wood",
    "wind-chime": "Bamboo", "couch-and-lamp": "Linen", "chair": "Wood",
    "red-paper-lantern": "Bamboo", "cooking": "Stainless steel", "potted-plant": "Stoneware",
    "teddy-bear": "Cotton", "puzzle-piece": "Wood", "kite": "Polyester", "yo-yo": "Wood",
    "nesting-dolls": "Wood", "baby-bottle": "Glass", "balloon": "Plastic", "robot": "Plastic",
    "crayon": "Plastic", "artist-palette": "Wood", "carousel-horse": "Wood", "drum": "Wood",
}  # fmt: skip
"""Material by icon, of things that are made of one whatever the make."""

INSTEAD = {
    "Linen": Make("Weekend", "周末款", 145, "A looser cut for two days without a plan.", "宽松版型，给没有安排的两天。"),
    "Full-grain": Make("Touring", "远行", 185, "Reinforced where a long way wears it first.", "长途最先磨损的地方全部加固。"),
    "Stoneware": Make("Workshop", "工坊", 100, "Made in a small workshop; no two are quite alike.", "小工坊制作，件件略有不同。"),
    "Ash wood": Make("Atelier", "匠作", 140, "Finished by hand, with the maker's mark underneath.", "手工收尾，底部有匠人印记。"),
    "Enamel": Make("Simple", "简约", 85, "The plain one: fewer parts, easy to mend.", "简单款，零件更少，容易修理。"),
    "Soft": Make("Starter", "入门", 90, "The smaller set to begin with.", "入门小套装，先从这里开始。"),
    "Beech": Make("Classic", "经典", 100, "The one that grandparents remember.", "祖辈也记得的老样子。"),
}  # fmt: skip
"""By make: what is said of a thing in `MADE_OF`, which that make's material would belie."""

FIGURES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "capacity": {
        "backpack": ("18000", "25000"), "handbag": ("9000",), "clutch-bag": ("1500",),
        "briefcase": ("12000",), "luggage": ("38000",), "purse": ("200",), "basket": ("15000",),
        "bucket": ("10000",), "bowl-with-spoon": ("450", "600"),
    },
    "heel_height": {
        "high-heeled-shoe": ("7", "9"), "ballet-shoes": ("1",), "flat-shoe": ("2",),
        "mans-shoe": ("3",),
    },
    "length": {
        "scarf": ("180",), "necktie": ("148",), "couch-and-lamp": ("164",), "chair": ("46",),
    },
    "screen_size": {"mobile-phone": ("6.1", "6.7"), "laptop": ("14",), "watch": ("1.4",)},
    "battery_life": {"": ("8", "20", "30")},
    "net_weight": {"": ("100", "250", "500")},
    "age_from": {"": ("3", "6", "8")},
}  # fmt: skip
"""By attribute and thing, in the attribute's unit; under `""` for whatever asks. What is not here
has no such figure: a sponge holds no millilitres."""

MADE_OF_MAKE = {
    "Everyday": "Cotton", "Linen": "Linen", "Heritage": "Wool", "City": "Canvas",
    "Full-grain": "Leather", "Recycled": "Polyester", "Stoneware": "Stoneware", "Ash wood": "Wood",
    "Enamel": "Stainless steel", "Beech": "Wood", "Soft": "Cotton", "Family": "Wood",
}  # fmt: skip
"""Material by make, of everything else."""

GOODS: tuple[Goods, ...] = (
    Goods("dress", "Summer dress", "连衣裙", "fashion-women", 25_900, "sizes", BRIGHT),
    Goods("t-shirt", "T-shirt", "T恤", "fashion-men", 7_900, "sizes", BRIGHT),
    Goods("jeans", "Jeans", "牛仔裤", "fashion-men", 22_900, "sizes"),
    Goods("coat", "Wool coat", "羊毛大衣", "fashion-women", 69_900, "sizes", CALM),
    Goods("scarf", "Scarf", "围巾", "fashion-accessories", 15_900, "", BRIGHT),
    Goods("kimono", "House robe", "居家长袍", "fashion-women", 35_900, "sizes"),
    Goods("shorts", "Shorts", "短裤", "fashion-men", 12_900, "sizes", BRIGHT),
    Goods("socks", "Wool socks", "羊毛袜", "fashion-accessories", 3_900, "packs", CALM),
    Goods("necktie", "Silk tie", "真丝领带", "fashion-accessories", 16_900, "", CALM),
    Goods("running-shirt", "Running vest", "跑步背心", "fashion-men", 9_900, "sizes", BRIGHT),
    Goods("top-hat", "Felt hat", "毡帽", "fashion-accessories", 23_900, "sizes"),
    Goods("billed-cap", "Cap", "棒球帽", "fashion-accessories", 8_900, "", BRIGHT),
    Goods("gloves", "Gloves", "手套", "fashion-accessories", 11_900, "sizes", CALM),
    Goods("running-shoe", "Running shoes", "跑鞋", "shoes", 39_900, "shoes", BRIGHT),
    Goods("hiking-boot", "Hiking boots", "登山靴", "shoes", 59_900, "shoes"),
    Goods("high-heeled-shoe", "Court shoes", "高跟鞋", "shoes", 42_900, "shoes", BRIGHT),
    Goods("ballet-shoes", "Ballet shoes", "芭蕾舞鞋", "shoes", 19_900, "shoes"),
    Goods("flat-shoe", "Flats", "平底鞋", "shoes", 25_900, "shoes", BRIGHT),
    Goods("mans-shoe", "Derby shoes", "德比鞋", "shoes", 55_900, "shoes"),
    Goods("thong-sandal", "Sandals", "人字拖", "shoes", 6_900, "shoes", BRIGHT),
    Goods("backpack", "Backpack", "双肩包", "bags", 32_900, "", BRIGHT),
    Goods("handbag", "Handbag", "手提包", "bags", 45_900, "", CALM),
    Goods("clutch-bag", "Clutch", "手拿包", "bags", 21_900, "", BRIGHT),
    Goods("briefcase", "Briefcase", "公文包", "bags", 65_900),
    Goods("luggage", "Cabin case", "登机箱", "bags", 49_900, "", BRIGHT),
    Goods("purse", "Coin purse", "零钱包", "bags", 7_900, "", CALM),
    Goods("lipstick", "Lipstick", "口红", "makeup", 12_900, "", ("red", "purple", "amber")),
    Goods("lotion-bottle", "Body lotion", "身体乳", "skincare", 8_900, "volumes"),
    Goods("nail-polish", "Nail polish", "指甲油", "makeup", 3_900, "", BRIGHT),
    Goods("soap", "Bar soap", "手工皂", "skincare", 2_900, "packs", CALM),
    Goods("sponge", "Bath sponge", "沐浴海绵", "bath", 2_500, "packs"),
    Goods("mirror", "Vanity mirror", "化妆镜", "makeup", 15_900),
    Goods("hair-pick", "Hair comb", "发梳", "hair", 4_900),
    Goods("razor", "Safety razor", "安全剃须刀", "bath", 16_900),
    Goods("toothbrush", "Toothbrush", "牙刷", "bath", 1_900, "packs", BRIGHT),
    Goods("rose", "Rose hand cream", "玫瑰护手霜", "skincare", 6_900, "volumes"),
    Goods("lotus", "Lotus face mist", "荷花喷雾", "skincare", 9_900, "volumes"),
    Goods("hibiscus", "Hibiscus shampoo", "木槿洗发露", "hair", 7_900, "volumes"),
    Goods("headphone", "Headphones", "头戴耳机", "audio", 89_900, "", CALM),
    Goods("laptop", "Laptop", "笔记本电脑", "computers", 499_900),
    Goods("mobile-phone", "Phone", "手机", "phones", 299_900, "", CALM),
    Goods("camera", "Camera", "相机", "cameras", 359_900),
    Goods("watch", "Watch", "腕表", "phones", 129_900, "", BRIGHT),
    Goods("keyboard", "Keyboard", "键盘", "computers", 39_900),
    Goods("computer-mouse", "Mouse", "鼠标", "computers", 15_900),
    Goods("video-game", "Game pad", "游戏手柄", "computers", 27_900, "", CALM),
    Goods("radio", "Kitchen radio", "收音机", "audio", 25_900, "", CALM),
    Goods("television", "Television", "电视机", "audio", 269_900),
    Goods("printer", "Printer", "打印机", "computers", 89_900),
    Goods("studio-microphone", "Microphone", "麦克风", "audio", 79_900),
    Goods("movie-camera", "Film camera", "摄像机", "cameras", 429_900),
    Goods("teapot", "Teapot", "茶壶", "tableware", 19_900, "volumes", BRIGHT),
    Goods("potted-plant", "Potted plant", "盆栽", "garden", 8_900),
    Goods("couch-and-lamp", "Two-seat sofa", "双人沙发", "furniture", 329_900, "", CALM),
    Goods("chair", "Dining chair", "餐椅", "furniture", 59_900),
    Goods("candle", "Candle", "香薰蜡烛", "decor", 6_900, "", CALM),
    Goods("basket", "Basket", "藤编篮", "storage", 9_900),
    Goods("bucket", "Bucket", "提桶", "storage", 4_900, "", BRIGHT),
    Goods("framed-picture", "Framed print", "装饰画", "decor", 12_900, "lengths"),
    Goods("wind-chime", "Wind chime", "风铃", "decor", 5_900),
    Goods("umbrella", "Umbrella", "雨伞", "storage", 12_900, "", BRIGHT),
    Goods("cooking", "Frying pan", "煎锅", "tableware", 22_900, "lengths"),
    Goods("bowl-with-spoon", "Soup bowl", "汤碗", "tableware", 5_900, "packs", CALM),
    Goods("amphora", "Vase", "花瓶", "decor", 15_900),
    Goods("red-paper-lantern", "Paper lantern", "纸灯笼", "decor", 4_900),
    Goods("teacup-without-handle", "Green tea", "绿茶", "tea", 12_900, "packs"),
    Goods("honey-pot", "Acacia honey", "槐花蜜", "pantry", 6_900, "volumes"),
    Goods("cookie", "Almond biscuits", "杏仁饼", "snacks", 3_900, "packs"),
    Goods("chocolate-bar", "Dark chocolate", "黑巧克力", "snacks", 4_900, "packs"),
    Goods("moon-cake", "Mooncakes", "月饼", "snacks", 8_900, "packs"),
    Goods("bread", "Sourdough loaf", "酸种面包", "pantry", 3_500),
    Goods("cheese-wedge", "Farm cheese", "农场奶酪", "pantry", 7_900, "packs"),
    Goods("canned-food", "Tomato preserve", "番茄罐头", "pantry", 2_900, "packs"),
    Goods("chestnut", "Roast chestnuts", "糖炒栗子", "snacks", 3_900, "packs"),
    Goods("peanuts", "Peanuts", "花生", "snacks", 2_500, "packs"),
    Goods("olive", "Olives", "橄榄", "pantry", 4_500, "packs"),
    Goods("tangerine", "Tangerines", "蜜橘", "fruit", 4_900, "packs"),
    Goods("mango", "Mangoes", "芒果", "fruit", 6_900, "packs"),
    Goods("strawberry", "Strawberries", "草莓", "fruit", 5_900, "packs"),
    Goods("teddy-bear", "Teddy bear", "泰迪熊", "plush", 12_900, "lengths"),
    Goods("puzzle-piece", "Puzzle", "拼图", "games", 6_900, "", BRIGHT),
    Goods("kite", "Kite", "风筝", "outdoor-toys", 5_900, "", BRIGHT),
    Goods("yo-yo", "Yo-yo", "悠悠球", "games", 3_900, "", BRIGHT),
    Goods("nesting-dolls", "Nesting dolls", "套娃", "games", 15_900),
    Goods("baby-bottle", "Baby bottle", "奶瓶", "baby", 5_900, "volumes"),
    Goods("balloon", "Balloons", "气球", "outdoor-toys", 1_900, "packs", BRIGHT),
    Goods("robot", "Robot", "机器人", "games", 19_900),
    Goods("crayon", "Crayons", "蜡笔", "art-supplies", 3_900, "packs", BRIGHT),
    Goods("artist-palette", "Paint box", "颜料盒", "art-supplies", 8_900),
    Goods("carousel-horse", "Rocking horse", "摇马", "baby", 45_900),
    Goods("drum", "Drum", "小鼓", "games", 13_900, "", BRIGHT),
    Goods("soccer-ball", "Football", "足球", "ball-sports", 12_900),
    Goods("basketball", "Basketball", "篮球", "ball-sports", 14_900),
    Goods("tennis", "Tennis set", "网球套装", "ball-sports", 25_900),
    Goods("badminton", "Badminton set", "羽毛球套装", "ball-sports", 18_900),
    Goods("ping-pong", "Table tennis set", "乒乓球套装", "ball-sports", 9_900),
    Goods("skateboard", "Skateboard", "滑板", "wheels", 32_900, "", BRIGHT),
    Goods("roller-skate", "Roller skates", "轮滑鞋", "wheels", 36_900, "shoes", BRIGHT),
    Goods("camping", "Tent", "帐篷", "camping", 69_900),
    Goods("diving-mask", "Diving mask", "潜水镜", "water-sports", 16_900, "", BRIGHT),
    Goods("compass", "Compass", "指南针", "camping", 9_900),
)  # fmt: skip
