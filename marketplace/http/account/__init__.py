"""One's own account: profile, password, address, two-step sign-in, sessions."""

from marketplace.http.account import confirm_identity, email, password, profile, sessions, two_step
from marketplace.http.auth.next_page import know_pages

routes = [
    *profile.routes,
    *password.routes,
    *email.routes,
    *two_step.routes,
    *sessions.routes,
    *confirm_identity.routes,
]

know_pages(route.path for route in routes if "GET" in (route.methods or ()))
