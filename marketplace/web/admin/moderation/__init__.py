"""Admin / Moderation: the desk where listings are decided upon, and the rulebook behind it."""
