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
    "sellers.profile_saved": N_("changed the shop's profile"),
    "sellers.addresses_saved": N_("changed the shop's addresses"),
    "sellers.paused": N_("paused the shop"),
    "sellers.resumed": N_("opened the shop again"),
    "sellers.restricted": N_("restricted the shop"),
    "sellers.restriction_lifted": N_("lifted a restriction"),
    "sellers.suspended": N_("suspended the shop"),
    "sellers.reinstated": N_("reinstated the shop"),
    "sellers.suspension_appealed": N_("appealed against the suspension"),
    "sellers.suspension_appeal_decided": N_("decided an appeal against a suspension"),
    "sellers.closing_begun": N_("began to close the shop"),
    "sellers.closing_taken_back": N_("stopped the closing of the shop"),
    "sellers.closed": N_("closed the shop"),
    "sellers.terminated": N_("ended the contract with the shop"),
    "sellers.level_set": N_("set the shop's level"),
    "sellers.viewing_begun": N_("began to view the shop as its members see it"),
    "sellers.viewing_ended": N_("stopped viewing the shop"),
    "sellers.note_written": N_("wrote a note on a shop"),
    "sellers.note_edited": N_("changed a note on a shop"),
    "sellers.note_pinned": N_("pinned or unpinned a note on a shop"),
    "sellers.note_deleted": N_("deleted a note on a shop"),
    "sellers.level_saved": N_("changed a level of sellers"),
    "sellers.application_submitted": N_("handed in an application"),
    "sellers.application_assigned": N_("took on an application"),
    "sellers.application_sent_back": N_("sent an application back"),
    "sellers.application_approved": N_("approved the application"),
    "sellers.application_rejected": N_("turned an application down"),
    "sellers.application_appealed": N_("appealed about an application"),
    "sellers.application_deleted": N_("deleted the draft of an application"),
    "sellers.application_appeal_decided": N_("decided an appeal about an application"),
    "sellers.submission_judged": N_("looked at a document of an application"),
    "sellers.document_renewed": N_("handed in a newer document"),
    "sellers.document_judged": N_("looked at a newer document"),
    "sellers.requirement_saved": N_("changed a requirement for sellers"),
    "sellers.requirement_switched": N_("switched a requirement for sellers"),
    "sellers.agreement_published": N_("published a seller agreement"),
    "catalog.category_changed": N_("changed a category"),
    "catalog.category_moved": N_("moved a category"),
    "catalog.category_retired": N_("retired a category"),
    "catalog.attribute_changed": N_("changed an attribute"),
    "catalog.values_merged": N_("merged values of an attribute"),
    "catalog.brand_changed": N_("changed a brand"),
    "catalog.brands_merged": N_("merged brands"),
    "catalog.listings_moved": N_("moved listings to another category"),
    "catalog.template_changed": N_("changed which attributes a category has"),
    "catalog.category_created": N_("added a category"),
    "catalog.category_restored": N_("brought a category back"),
    "catalog.attribute_created": N_("added an attribute"),
    "catalog.brand_created": N_("added a brand"),
    "search.synonym_created": N_("added a synonym"),
    "search.synonym_changed": N_("changed a synonym"),
    "search.synonym_deleted": N_("deleted a synonym"),
    "products.imported": N_("imported products"),
    "products.pictures_asked": N_("had an import's pictures fetched again"),
    "stock.counted": N_("counted stock"),
    "sellers.application_first_yes": N_("agreed first to an application"),
    "catalog.bulk_asked": N_("changed many listings at once"),
    "stock.alert_set": N_("changed when low stock is told"),
    "moderation.assigned": N_("took on a review"),
    "moderation.approved": N_("approved a listing"),
    "moderation.undone": N_("took a decision about a listing back"),
    "moderation.rejected": N_("turned a listing down"),
    "moderation.changes_requested": N_("sent a listing back"),
    "moderation.submitted": N_("handed a listing in"),
    "moderation.withdrawn": N_("took back what waited for a review"),
    "moderation.appealed": N_("appealed a decision about a listing"),
    "catalog.draft_deleted": N_("deleted a draft"),
    "catalog.template_saved": N_("changed a shipping template"),
    "catalog.template_deleted": N_("deleted a shipping template"),
    "moderation.looked": N_("looked at a listing on sale"),
    "moderation.taken_down": N_("took a listing down"),
    "moderation.restored": N_("put a listing back on sale"),
    "moderation.word_saved": N_("changed a forbidden word"),
    "moderation.word_removed": N_("removed a forbidden word"),
    "moderation.appeal_decided": N_("decided an appeal about a listing"),
    "moderation.code_saved": N_("changed a policy code"),
    "moderation.reports_closed": N_("closed reports"),
    "moderation.violation_cancelled": N_("cancelled points of a violation"),
    "media.document_read": N_("opened a document"),
    "sellers.member_added": N_("added a member to a shop"),
    "sellers.member_role_changed": N_("changed a member's role"),
    "sellers.member_removed": N_("removed a member from a shop"),
    "jobs.run_requested": N_("started a job by hand"),
    "notifications.mail_sent_again": N_("sent a letter again"),
    "outbox.retried": N_("sent a message again"),
    "outbox.dropped": N_("gave a message up"),
    "exports.downloaded": N_("downloaded an export"),
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
