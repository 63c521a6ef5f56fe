"""Reflex's own settings. Ours are in `marketplace/settings.py`."""

import reflex as rx

from marketplace.settings import settings

config = rx.Config(
    app_name="marketplace",
    app_module_import="marketplace.marketplace",
    api_url="http://localhost:3000",  # the port in use is put in when served: http/bundle.py
    frontend_port=settings().port,
    backend_host=settings().host,
    cors_allowed_origins=settings().origins,
    transport=settings().transport,
    trusted_proxy_hops=settings().trusted_proxy_hops,
    redis_url=settings().redis_url.get_secret_value() or None,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    react_strict_mode=False,
    plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
