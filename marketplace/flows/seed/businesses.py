"""The businesses of the demo: shops in every state, and applications in every state."""

from dataclasses import dataclass

from marketplace.kit.languages import Locale


@dataclass(frozen=True, slots=True)
class Business:
    """One business. `key` is its owner's sign-in; `state` what becomes of it (see `shops`)."""

    key: str
    owner: str
    locale: Locale
    slug: str
    name: str
    name_zh: str
    about: str
    about_zh: str
    shelf: str
    """The slug of the category it sells in."""
    city: str
    state: str
    level: str = "standard"
    business_type: str = "company"
    legal_name: str = ""

    @property
    def firm(self) -> str:
        return self.legal_name or f"{self.name_zh}有限公司"


FIRST = (
    Business(
        "qiu.shan", "Qiu Shan", "zh-CN", "qingshan-ceramics", "Qingshan Ceramics", "青山陶瓷",
        "Celadon and stoneware for the daily pot of tea, fired in Longquan.",
        "龙泉窑口烧制的青瓷与粗陶，为每天的一壶茶。",
        "tableware", "Longquan", "open", "trusted",
    ),
    Business(
        "daniel.reed", "Daniel Reed", "en", "strider-lab", "Strider Lab", "健步实验室",
        "Road and trail shoes, fitted by weekly distance.", "公路与越野跑鞋，按每周跑量挑选。",
        "shoes", "Xiamen", "open", "standard",
    ),
)  # fmt: skip
"""The shops whose people the demo prints."""

SELLERS = (
    Business(
        "luo.ming", "Luo Ming", "zh-CN", "lumen-home", "Lumen Home", "流明家居",
        "Lamps and small furniture in oiled ash.", "白蜡木擦油的灯与小家具。",
        "furniture", "Foshan", "expired",
    ),
    Business(
        "jiang.rou", "Jiang Rou", "zh-CN", "jasmine-court", "Jasmine Court Tea", "茉莉庭茶庄",
        "Scented seven times with fresh jasmine from Hengzhou.", "横州鲜茉莉，七窨而成。",
        "tea", "Fuzhou", "open", "trusted",
    ),
    Business(
        "nina.berg", "Nina Berg", "en", "northlight-audio", "Northlight Audio", "北光音频",
        "Headphones and speakers that can be opened and repaired.", "可拆可修的耳机与音箱。",
        "audio", "Shenzhen", "open", "new", "cross_border", "Northlight Audio ApS",
    ),
    Business(
        "he.mu", "He Mu", "zh-CN", "beech-street-toys", "Beech Street Toys", "榉木街玩具",
        "Beech toys with water-based colours.", "榉木玩具，水性漆。",
        "games", "Yunhe", "open", "standard", "sole_trader", "云和县榉木街玩具店",
    ),
    Business(
        "liu.mian", "Liu Mian", "zh-CN", "willow-linen", "Willow Linen", "柳棉生活",
        "Linen for summer, sewn in small runs.", "小批量缝制的夏季亚麻。",
        "fashion-women", "Hangzhou", "paused",
    ),
    Business(
        "oscar.hughes", "Oscar Hughes", "en", "harbour-gear", "Harbour Gear", "港湾户外",
        "Tents, stoves and bags for a week outside.", "够用一周的帐篷、炉具与背包。",
        "camping", "Qingdao", "restricted",
    ),
    Business(
        "bai.zhi", "Bai Zhi", "zh-CN", "glow-botanics", "Glow Botanics", "植光本草",
        "Skin care from pressed camellia and rice.", "山茶与米的护肤。",
        "skincare", "Guangzhou", "suspended", "new",
    ),
    Business(
        "song.ru", "Song Ru", "zh-CN", "old-street-snacks", "Old Street Snacks", "老街零食铺",
        "Sesame, peanut and osmanthus, roasted every morning.", "芝麻、花生与桂花，每天清早现炒。",
        "snacks", "Chengdu", "closing", "standard", "sole_trader", "成都市老街零食铺",
    ),
    Business(
        "clara.moreau", "Clara Moreau", "en", "paper-kite", "Paper Kite Studio", "纸鸢画材",
        "Paper, brushes and colours for slow afternoons.", "纸、笔与颜色，给慢下来的午后。",
        "art-supplies", "Xuancheng", "expiring",
    ),
    Business(
        "fang.zheng", "Fang Zheng", "zh-CN", "square-pixel", "Square Pixel", "方正像素数码",
        "Refurbished phones with two years of guarantee.", "官方翻新手机，质保两年。",
        "phones", "Shenzhen", "open", "new",
    ),
)  # fmt: skip

APPLICANTS = (
    Business(
        "ye.fan", "Ye Fan", "zh-CN", "yefan-coffee", "Sail Leaf Coffee", "叶帆咖啡",
        "Beans from Yunnan, roasted to order.", "云南豆，下单现烘。",
        "pantry", "Kunming", "draft",
    ),
    Business(
        "mo.li", "Mo Li", "zh-CN", "ink-carp", "Ink Carp", "墨鲤文房",
        "Ink, paper and stones.", "墨、纸与砚。", "art-supplies", "Shexian", "submitted",
    ),
    Business(
        "victor.novak", "Victor Novak", "en", "novak-cycles", "Novak Cycles", "诺瓦克单车",
        "Steel frames, built one at a time.", "手工钢架单车。",
        "wheels", "Tianjin", "submitted_twin", "new", "cross_border", "Novak Cycles s.r.o.",
    ),
    Business(
        "han.xue", "Han Xue", "zh-CN", "snow-field-bath", "Snowfield Bath", "雪原洗护",
        "Soap from goat's milk.", "羊奶皂。", "bath", "Harbin", "in_review",
    ),
    Business(
        "leo.martin", "Leo Martin", "en", "martin-optics", "Martin Optics", "马丁光学",
        "Second-hand cameras, cleaned and measured.", "二手相机，清洁并检测。",
        "cameras", "Shanghai", "changes", "new", "cross_border", "Martin Optique SARL",
    ),
    Business(
        "wu.kai", "Wu Kai", "zh-CN", "kai-sneakers", "Kai Sneakers", "凯凯球鞋",
        "Sneakers of all brands.", "各品牌球鞋。", "shoes", "Putian", "rejected",
    ),
)  # fmt: skip
