"""The letters there are: fixed text with places for words. Pure."""

from dataclasses import dataclass

from marketplace.kit.languages import N_


@dataclass(frozen=True, slots=True)
class Template:
    """A letter's fixed text: message ids with `{places}`. The subject has none for people's words."""

    subject: str
    lines: tuple[str, ...]
    button: str = ""
    words: frozenset[str] = frozenset()
    """What must be given; `site` (the marketplace's name) is always there, `link` is for the button."""


def _letter(subject: str, *lines: str, button: str = "", words: str = "name") -> Template:
    needed = frozenset(words.split()) | ({"link"} if button else frozenset())
    return Template(subject, lines, button, needed)


HELLO = N_("Hello {name},")
NOT_YOU = N_("If this was not you, reset your password now and sign out everywhere.")
IGNORE = N_("If you did not ask for this, you can ignore this letter. Nothing has changed.")
HALF_AN_HOUR = N_("The link works once and for 30 minutes.")

TEMPLATES: dict[str, Template] = {
    "verify_email": _letter(
        N_("Confirm your e-mail address for {site}"),
        HELLO,
        N_("Please confirm that this address is yours, and your account is ready."),
        HALF_AN_HOUR,
        IGNORE,
        button=N_("Confirm this address"),
    ),
    "account_exists": _letter(
        N_("You already have an account on {site}"),
        HELLO,
        N_(
            "Somebody, probably you, tried to open an account with this address. There is one already."
        ),
        N_("You can sign in with it, or choose a new password if the old one is forgotten."),
        IGNORE,
        button=N_("Sign in"),
    ),
    "reset_password": _letter(
        N_("Choose a new password for {site}"),
        HELLO,
        N_("Somebody, probably you, asked to choose a new password for this account."),
        HALF_AN_HOUR,
        IGNORE,
        button=N_("Choose a new password"),
    ),
    "password_changed": _letter(
        N_("Your password for {site} was changed"),
        HELLO,
        N_("Your password was changed, and every browser was signed out."),
        N_("If this was not you, choose a new password at once."),
        button=N_("Choose a new password"),
    ),
    "email_change_confirm": _letter(
        N_("Confirm your new e-mail address for {site}"),
        HELLO,
        N_("Please confirm that your account shall use this address from now on."),
        HALF_AN_HOUR,
        IGNORE,
        button=N_("Use this address"),
    ),
    "email_changed": _letter(
        N_("Your e-mail address for {site} was changed"),
        HELLO,
        N_("Your account now uses {email}. This is the last letter to this address."),
        N_("If this was not you, write to us at once by answering this letter."),
        words="name email",
    ),
    "invitation_staff": _letter(
        N_("You are invited to the {site} team"),
        N_("Hello,"),
        N_("{inviter} invites you to join the team of {place}."),
        N_("The invitation is for this address only and ends after 7 days."),
        button=N_("Accept the invitation"),
        words="inviter place",
    ),
    "invitation_member": _letter(
        N_("You are invited to a shop on {site}"),
        N_("Hello,"),
        N_("{inviter} invites you to work for {place} on {site}."),
        N_("The invitation is for this address only and ends after 7 days."),
        button=N_("Accept the invitation"),
        words="inviter place",
    ),
    "new_sign_in": _letter(
        N_("New sign-in to {site}"),
        HELLO,
        N_(
            "Your account was just used from a browser we have not seen before: {device}, {ip}, {when}."
        ),
        NOT_YOU,
        words="name device ip when",
    ),
    "two_step_changed": _letter(
        N_("Two-step sign-in was changed on {site}"),
        HELLO,
        N_("The second step of signing in to your account was set up, renewed or taken away."),
        NOT_YOU,
    ),
    "two_step_reset": _letter(
        N_("A reset of two-step sign-in was asked for on {site}"),
        HELLO,
        N_("Somebody asked our staff to take the second step of signing in off your account."),
        N_("It happens {hours} hours after a second member of staff agrees."),
        N_("If you did not ask for this, sign in and stop it, or answer this letter at once."),
        words="name hours",
    ),
    "application_received": _letter(
        N_("We have your application to sell on {site}"),
        HELLO,
        N_("Thank you for applying with {shop}. You hear from us by {until} at the latest."),
        N_("Until then you can read everything you sent, but not change it."),
        button=N_("See your application"),
        words="name shop until",
    ),
    "application_waiting": _letter(
        N_("Your application to sell on {site} waits for you"),
        HELLO,
        N_("You began an application to sell. {state}"),
        N_("Everything you entered is kept. You stopped at step {step} of 6."),
        N_("If you no longer want to sell, you can delete the application on the same page."),
        button=N_("Go on"),
        words="name state step",
    ),
    "application_changes": _letter(
        N_("Please change your application on {site}"),
        HELLO,
        N_("We looked at your application for {shop}. Items to put right: {n}."),
        N_("Our note: {note}"),
        N_("Only these items are open; everything else stays as it is."),
        button=N_("Put it right"),
        words="name shop n note",
    ),
    "application_approved": _letter(
        N_("Your shop on {site} is open"),
        HELLO,
        N_("Welcome: {shop} is open. The next step is your first listing."),
        button=N_("Open the seller portal"),
        words="name shop",
    ),
    "application_rejected": _letter(
        N_("Your application on {site} was not accepted"),
        HELLO,
        N_("We can't accept your application for {shop}: {reason}."),
        N_("Our note: {note}"),
        N_("You can appeal until {until}. Somebody else than who decided looks at it."),
        N_("You can apply again from {again} on; what you wrote is kept."),
        button=N_("See your application"),
        words="name shop reason note until again",
    ),
    "appeal_granted": _letter(
        N_("Your appeal on {site} was granted"),
        HELLO,
        N_("We look at your application for {shop} again."),
        N_("Our answer: {note}"),
        button=N_("See your application"),
        words="name shop note",
    ),
    "appeal_denied": _letter(
        N_("Your appeal on {site} was turned down"),
        HELLO,
        N_("The decision on your application for {shop} stays as it is."),
        N_("Our answer: {note}"),
        button=N_("See your application"),
        words="name shop note",
    ),
    "shop_restricted": _letter(
        N_("Your shop on {site} was restricted"),
        HELLO,
        N_("Something was switched off for {shop}: {reason}."),
        N_("Our note: {note}"),
        N_("Orders on the way go on as usual."),
        button=N_("See what and why"),
        words="name shop reason note",
    ),
    "shop_lifted": _letter(
        N_("A restriction of your shop on {site} was lifted"),
        HELLO,
        N_("A restriction of {shop} was lifted."),
        N_("Our note: {note}"),
        button=N_("See your shop"),
        words="name shop note",
    ),
    "shop_suspended": _letter(
        N_("Your shop on {site} was suspended"),
        HELLO,
        N_("{shop} was suspended: {reason}."),
        N_("Our note: {note}"),
        N_("Its listings are hidden and payouts wait. Please ship the orders that are paid."),
        N_("You can appeal until {until}. Somebody else than who decided looks at it."),
        button=N_("Read the reasons and appeal"),
        words="name shop reason note until",
    ),
    "shop_reinstated": _letter(
        N_("Your shop on {site} is no longer suspended"),
        HELLO,
        N_("{shop} is no longer suspended."),
        N_("Our note: {note}"),
        button=N_("See your shop"),
        words="name shop note",
    ),
    "shop_appeal_denied": _letter(
        N_("Your appeal on {site} was turned down"),
        HELLO,
        N_("{shop} stays suspended."),
        N_("Our answer: {note}"),
        button=N_("See your shop"),
        words="name shop note",
    ),
    "shop_closing": _letter(
        N_("Your shop on {site} is closing"),
        HELLO,
        N_("{shop} takes no new orders from now on. What is on the way is finished first."),
        N_("Our note: {note}"),
        button=N_("See your shop"),
        words="name shop note",
    ),
    "shop_closed": _letter(
        N_("Your shop on {site} is closed"),
        HELLO,
        N_("{shop} is closed. Thank you for the time with us."),
        button=N_("See your shop"),
        words="name shop",
    ),
    "shop_terminated": _letter(
        N_("Your contract with {site} has ended"),
        HELLO,
        N_("The contract with {shop} has ended."),
        N_("Our note: {note}"),
        words="name shop note",
    ),
    "document_expiring": _letter(
        N_("A document of your shop on {site} ends soon"),
        HELLO,
        N_("{item} of {shop} is good until {until}. Please hand in a new one in time."),
        button=N_("Hand in a new one"),
        words="name shop item until",
    ),
    "document_expired": _letter(
        N_("A document of your shop on {site} has ended"),
        HELLO,
        N_("{item} of {shop} has ended."),
        N_("Without a new one, payouts stop after {n} days, and sales a week later."),
        button=N_("Hand in a new one"),
        words="name shop item n",
    ),
    "document_rejected": _letter(
        N_("A document of your shop on {site} was not accepted"),
        HELLO,
        N_("We can't accept what you handed in: {item}."),
        N_("Our note: {note}"),
        button=N_("Hand in another"),
        words="name item note",
    ),
    "requirement_new": _letter(
        N_("Something new is needed for your shop on {site}"),
        HELLO,
        N_("Please hand this in by {until}: {item}. Until then nothing changes for your shop."),
        button=N_("Hand it in"),
        words="name item until",
    ),
    "listing_decided": _letter(
        N_("One of your listings on {site} was refused or taken down"),
        HELLO,
        N_("Our team looked at your listing {title}."),
        N_("The reason: {reason}. What you can do: {advice}"),
        N_("A note from the reviewer: {note}"),
        N_("You can change it and hand it in again, or appeal if you think we are wrong."),
        button=N_("See the listing"),
        words="name title reason advice note",
    ),
    "back_in_stock": _letter(
        N_("Back in stock on {site}"),
        N_("Hello,"),
        N_("you asked us to tell you when {title} is there again. It is now."),
        N_("Nothing is set aside for you: who orders first gets it. We write only this once."),
        button=N_("See it"),
        words="title",
    ),
}
