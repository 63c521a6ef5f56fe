"""The Reflex app: pages, routes and jobs put together; decides nothing."""

import reflex as rx

from marketplace.web import sitemap

app = rx.App()
sitemap.add_pages(app)
