"""Nobody reaches a handler unasked: policies, the event guard and the socket guard (DESIGN D7)."""
