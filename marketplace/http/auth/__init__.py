"""The way in and out: sign-in, registration, forgotten passwords, invitations."""

from marketplace.http.auth import choices, invitation, register, reset, second_factor, sign_in
from marketplace.http.auth.next_page import know_pages

routes = [
    *sign_in.routes,
    *second_factor.routes,
    *register.routes,
    *reset.routes,
    *invitation.routes,
    *choices.routes,
]

know_pages(["/", "/zh", "/seller", "/admin"])
know_pages(route.path for route in routes if not route.path.startswith("/auth/"))
