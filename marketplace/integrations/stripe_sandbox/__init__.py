"""A payment service that answers as Stripe does, for development, the demo and the tests.

`Sandbox.handle` is the API without a socket; `hosted` is what the pay page asks; `controls` is
what only a sandbox has; `clients` leads the real SDK here, within the process or over HTTP.
"""

from marketplace.integrations.stripe_sandbox.clients import InProcessClient as InProcessClient
from marketplace.integrations.stripe_sandbox.clients import application as application
from marketplace.integrations.stripe_sandbox.sandbox import Sandbox as Sandbox
from marketplace.integrations.stripe_sandbox.sandbox import SandboxRefused as SandboxRefused
from marketplace.integrations.stripe_sandbox.sandbox import require_sandbox as require_sandbox
