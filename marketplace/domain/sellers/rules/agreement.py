"""The first text of the seller agreement; staff publish later versions (reference/features.md 2.2)."""

TEXT = (
    (
        "1. Who we are to each other. You sell in your own name; we run the marketplace, take the"
        " buyer's payment for you and pay you what is left after our commission."
    ),
    (
        "2. What you promise. You sell only genuine goods you may sell, describe them as they are"
        " in words and pictures, and keep price and stock up to date."
    ),
    (
        "3. Orders. You ship paid orders within the time shown to the buyer, and answer buyers "
        "within one working day."
    ),
    (
        "4. Returns. You take goods back within the days of their category, and repair, replace "
        "or refund what is faulty."
    ),
    (
        "5. What it costs. The commission of each category is shown before you list. It is frozen"
        " with each order line and explained line by line in your statements."
    ),
    (
        "6. When you are paid. What you earned becomes available after delivery and the days "
        "shown in your statements. Refunds count at once."
    ),
    (
        "7. Documents. You keep your documents valid. We remind you 60, 30 and 7 days before one "
        "ends; after a grace period payouts stop, then sales."
    ),
    (
        "8. When rules are broken. We tell you what, why and how to appeal. Somebody else than "
        "who decided looks at your appeal."
    ),
    (
        "9. Leaving. You may close your shop at any time. Orders on the way are finished first; "
        "then we pay out what is yours."
    ),
    "10. Data. You use buyers' addresses for their orders alone.",
)
TEXT_ZH = (
    "1. 双方关系：你以自己的名义销售；我们运营平台，代收买家货款，扣除佣金后向你结算。",
    "2. 你的承诺：只销售有权销售的正品，图文如实描述，及时更新价格与库存。",
    "3. 订单：在向买家展示的时限内发货，并在一个工作日内回复买家。",
    "4. 退换：按类目规定的天数接受退货；对瑕疵商品修理、更换或退款。",
    "5. 费用：每个类目的佣金在发布商品前即可看到，随订单行锁定，并在账单中逐行说明。",
    "6. 结算：货款在签收并满账单所示天数后可提现；退款即时计入。",
    "7. 资质：请保持资质有效。我们会在到期前 60、30、7 天提醒；宽限期后先暂停提现，再暂停销售。",
    "8. 违规：我们会告知违规内容、原因与申诉方式；申诉由作出决定之外的人员审核。",
    "9. 退出：你可随时申请关店。在途订单完成后，我们向你结清余款。",
    "10. 数据：买家地址仅用于履行其订单。",
)
