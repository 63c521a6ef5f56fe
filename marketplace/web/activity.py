"""Recent facts of the audit log, as sentences, for the home pages."""

from collections.abc import Sequence
from typing import cast

import reflex as rx

from marketplace.flows.overview import ActivityRow
from marketplace.kit.languages import N_
from marketplace.web.i18n import moment, t
from marketplace.web.ui.person import avatar, system_avatar


def activity_list(rows: rx.vars.ArrayVar[Sequence[ActivityRow]], more: str = "") -> rx.Component:
    """A card of the last facts; `more` is where the whole log is."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t("Activity"), class_name="h3"),
            rx.el.a(t("Audit log"), href=more, class_name="link text-[12px]")
            if more
            else rx.fragment(),
            class_name="card-head",
        ),
        rx.cond(
            rows.length() > 0,
            rx.el.ul(rx.foreach(rows, _row)),
            rx.el.p(t("Nothing has happened yet."), class_name="card-body lead"),
        ),
        class_name="card",
    )


ACTIONS = {
    "accounts.registered": N_("opened an account"),
    "accounts.email_verified": N_("proved their e-mail address"),
    "accounts.signed_in": N_("signed in"),
    "accounts.second_step_passed": N_("passed the second step"),
    "accounts.identity_confirmed": N_("confirmed who they are"),
    "accounts.signed_out": N_("signed out"),
    "accounts.session_ended": N_("ended a session"),
    "accounts.signed_out_everywhere": N_("signed out everywhere else"),
    "accounts.password_changed": N_("changed their password"),
    "accounts.email_changed": N_("changed their e-mail address"),
    "accounts.renamed": N_("changed their name"),
    "accounts.disabled": N_("disabled an account"),
    "accounts.enabled": N_("enabled an account"),
    "accounts.two_step_on": N_("switched two-step sign-in on"),
    "accounts.two_step_off": N_("switched two-step sign-in off"),
    "accounts.recovery_codes_renewed": N_("made new recovery codes"),
    "accounts.two_step_reset_asked": N_("asked for a two-step reset"),
    "accounts.two_step_reset_approved": N_("approved a two-step reset"),
    "accounts.two_step_reset_cancelled": N_("stopped a two-step reset"),
    "accounts.two_step_reset_done": N_("lost their second step, as approved"),
    "accounts.role_created": N_("created a role"),
    "accounts.role_edited": N_("edited a role"),
    "accounts.role_archived": N_("archived a role"),
    "accounts.staff_roles_set": N_("changed somebody's roles"),
    "accounts.invited": N_("sent an invitation"),
    "accounts.invitation_revoked": N_("withdrew an invitation"),
    "sellers.opened": N_("opened a shop"),
    "sellers.member_added": N_("added a member to a shop"),
    "sellers.member_role_changed": N_("changed a member's role"),
    "sellers.member_removed": N_("removed a member from a shop"),
    "jobs.run_requested": N_("started a job by hand"),
    "notifications.mail_sent_again": N_("sent a letter again"),
    "outbox.retried": N_("sent a message again"),
    "outbox.dropped": N_("gave a message up"),
    "exports.written": N_("exported a table"),
}
"""What each action of the audit log says after the actor's name."""


def action_text(action: rx.Var[str]) -> rx.Var[str]:
    """The action as words; one without words yet shows its code."""
    known = {code: t(words) for code, words in ACTIONS.items()}
    return cast(rx.Var[str], rx.match(action, *known.items(), action))


def _row(row: rx.vars.ObjectVar[ActivityRow]) -> rx.Component:
    return rx.el.li(
        rx.cond(
            row.actor_kind == "system",
            system_avatar(),
            avatar(row.actor),
        ),
        rx.el.span(
            rx.el.span(row.actor, class_name="font-medium"),
            " ",
            rx.el.span(action_text(row.action), class_name="text-[var(--ink-2)]"),
            class_name="text-[13px] flex-1 min-w-0 truncate",
        ),
        rx.el.time(moment(row.at), date_time=row.at, class_name="meta whitespace-nowrap"),
        class_name="list-row !py-2",
    )
