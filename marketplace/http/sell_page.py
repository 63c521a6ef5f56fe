"""`/sell` with its content in the HTML (DESIGN D8), as `http/public_pages.py` does for the home."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from marketplace import db
from marketplace.flows.fees import fees
from marketplace.http.bundle import COMPRESSED
from marketplace.http.pages import rendered
from marketplace.http.public_pages import into_shell, ld_json
from marketplace.kit.languages import N_, Locale, translate
from marketplace.settings import settings

TITLE = N_("Open your shop on Jishi")
SUMMARY = N_(
    "Buyers who look for makers, prices that explain themselves, and no fee until you sell."
)
STEPS = (
    (
        N_("Apply in six short steps"),
        N_("What you enter is saved as you go; come back whenever you like."),
    ),
    (
        N_("We look at it within two working days"),
        N_("If something is missing, you fix only that, and keep the rest."),
    ),
    (
        N_("Fill your shelves"),
        N_("Add listings one by one, or bring them over from a spreadsheet."),
    ),
    (
        N_("Sell and get paid"),
        N_("Every amount opens to the rule and the base it was computed from."),
    ),
)
NEEDS = (
    (
        N_("A private person"),
        N_("Proof of identity, and a bank account in your own name."),
    ),
    (
        N_("A sole trader"),
        N_("The business licence, the owner's proof of identity, and a bank account."),
    ),
    (
        N_("A company"),
        N_(
            "The business licence, the legal representative's proof of identity, who owns it, "
            "and a company account."
        ),
    ),
    (
        N_("A company abroad"),
        N_(
            "The registration of your country, its tax number, and a return address in the "
            "country you sell to."
        ),
    ),
)


async def sell(request: Request) -> Response:
    """What selling costs and needs, in the language of its address."""
    locale: Locale = "zh-CN" if request.url.path.startswith("/zh") else "en"
    rows = await db.read(fees)
    title, summary = translate(locale, TITLE), translate(locale, SUMMARY)
    facts = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": title,
        "url": settings().public_url + ("/zh/sell" if locale == "zh-CN" else "/sell"),
        "inLanguage": locale,
    }
    head = rendered(
        "public/head.html",
        locale,
        title=title,
        summary=summary,
        path="/sell",
        facts=ld_json(facts),
    )
    body = rendered(
        "public/sell.html",
        locale,
        fees=rows,
        steps=STEPS,
        needs=NEEDS,
        title=title,
        summary=summary,
        is_chinese=locale == "zh-CN",
    )
    return HTMLResponse(
        into_shell(locale, head=head, body=body),
        headers={"Cache-Control": "public, max-age=60", "Content-Language": locale},
    )


routes: list[BaseRoute] = [
    Route("/sell", sell, middleware=COMPRESSED),
    Route("/zh/sell", sell, middleware=COMPRESSED),
]
