"""Who may do what: permissions, and the actors that carry them. Below every other capability."""
