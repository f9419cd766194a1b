"""The routes of the application, and who may take which: the one list that the tests of permissions read."""

from collections.abc import Iterator
from typing import Any

from fastapi.routing import APIRoute

from app.identity.deps import signed_in
from app.main import ROUTERS
from app.policy import Permission, Role, allows
from app.seminars.deps import MemberWhoMay, memberships

EXPERT, FACILITATOR, ORGANISER, OBSERVER = Role.EXPERT, Role.FACILITATOR, Role.ORGANISER, Role.OBSERVER
CLERK = Role.CLERK
MEMBERS = frozenset(Role)

# Who gets in where, written by hand from docs and policy, to be compared with what the routes do.
# Anybody at all, signed in or not, a stranger or not:
PUBLIC = frozenset(
    {
        "admin.health",
        "demo.doors",
        "demo.enter",
        "home.landing",
        "identity.ask",
        "identity.asked",
        "identity.enter_code",
        "identity.language",
        "identity.link",
        "identity.redeem",
        "identity.sign_in",
        "identity.sign_out",
        "notifications.choice",
        "notifications.choose",
        "notifications.one_click",
        "seminars.accept",
        "seminars.confirm_decline",
        "seminars.decline",
        "seminars.invitation",
        "seminars.invitation_privacy",
    }
)

# Whoever has signed in:
PERSONAL = frozenset(
    {
        "home.seminars",
        "identity.end_other_sessions",
        "identity.profile",
        "identity.save_profile",
    }
)

# Whoever has signed in and may found seminars; in the demonstration, the organiser:
FOUNDERS = frozenset({"founding.create", "founding.new"})

# Members of the seminar, in these roles:
ROLES: dict[str, frozenset[Role]] = {
    "admin.audit": frozenset({ORGANISER}),
    "ballots.ballot": frozenset({EXPERT}),
    "ballots.card": frozenset({EXPERT}),
    "ballots.keep": frozenset({EXPERT}),
    "ballots.keep_all": frozenset({EXPERT}),
    "ballots.opened": frozenset({EXPERT}),
    "ballots.preview": frozenset({FACILITATOR, ORGANISER}),
    "ballots.preview_question": frozenset({FACILITATOR, ORGANISER}),
    "ballots.question": frozenset({EXPERT}),
    "ballots.receipt": frozenset({EXPERT}),
    "ballots.receipt_text": frozenset({EXPERT}),
    "ballots.review": frozenset({EXPERT}),
    "ballots.save": frozenset({EXPERT}),
    "ballots.save_card": frozenset({EXPERT}),
    "ballots.submit": frozenset({EXPERT}),
    "bridge.agenda": frozenset({FACILITATOR, ORGANISER}),
    "bridge.agenda_file": frozenset({FACILITATOR, ORGANISER}),
    "bridge.confirm_start": frozenset({FACILITATOR}),
    "bridge.finish": frozenset({FACILITATOR}),
    "bridge.screen": frozenset({FACILITATOR, ORGANISER}),
    "bridge.start": frozenset({FACILITATOR}),
    "designer.apply": frozenset({FACILITATOR}),
    "designer.confirm_delete_plan": frozenset({FACILITATOR, ORGANISER}),
    "designer.confirm_keep": frozenset({FACILITATOR}),
    "designer.delete_plan": frozenset({FACILITATOR, ORGANISER}),
    "designer.keep": frozenset({FACILITATOR}),
    "designer.plan": frozenset({FACILITATOR, ORGANISER}),
    "designer.plans": frozenset({FACILITATOR, ORGANISER}),
    "designer.carry": frozenset({FACILITATOR}),
    "designer.carry_forward": frozenset({FACILITATOR}),
    "designer.add_criterion": frozenset({FACILITATOR}),
    "designer.add_from_library": frozenset({FACILITATOR}),
    "designer.add_question": frozenset({FACILITATOR}),
    "designer.agreement": frozenset({FACILITATOR}),
    "designer.confirm_remove": frozenset({FACILITATOR}),
    "designer.confirm_remove_criterion": frozenset({FACILITATOR}),
    "designer.confirm_remove_question": frozenset({FACILITATOR}),
    "designer.copy_criterion": frozenset({FACILITATOR}),
    "designer.create": frozenset({FACILITATOR}),
    "designer.criteria": frozenset({FACILITATOR}),
    "designer.criterion": frozenset({FACILITATOR}),
    "designer.design": frozenset({FACILITATOR}),
    "designer.duplicate_question": frozenset({FACILITATOR}),
    "designer.move_criterion": frozenset({FACILITATOR}),
    "designer.move_question": frozenset({FACILITATOR}),
    "designer.new": frozenset({FACILITATOR}),
    "designer.new_criterion": frozenset({FACILITATOR}),
    "designer.new_question": frozenset({FACILITATOR}),
    "designer.question": frozenset({FACILITATOR}),
    "designer.remove": frozenset({FACILITATOR}),
    "designer.remove_criterion": frozenset({FACILITATOR}),
    "designer.remove_question": frozenset({FACILITATOR}),
    "designer.save_agreement": frozenset({FACILITATOR}),
    "designer.save_criterion": frozenset({FACILITATOR}),
    "designer.save_question": frozenset({FACILITATOR}),
    "designer.save_settings": frozenset({FACILITATOR}),
    "designer.save_subjects": frozenset({FACILITATOR}),
    "designer.settings": frozenset({FACILITATOR}),
    "designer.subjects": frozenset({FACILITATOR}),
    "dissent.approve": frozenset({EXPERT}),
    "dissent.confirm_withdraw": frozenset({EXPERT}),
    "dissent.dissent": MEMBERS,
    "dissent.edit": frozenset({FACILITATOR}),
    "dissent.new": frozenset({EXPERT}),
    "dissent.release": frozenset({FACILITATOR}),
    "dissent.reply": frozenset({EXPERT}),
    "dissent.revise": frozenset({EXPERT}),
    "dissent.statement": MEMBERS,
    "dissent.support": frozenset({EXPERT}),
    "dissent.withdraw": frozenset({EXPERT}),
    "dissent.withhold": frozenset({FACILITATOR}),
    "dissent.write": frozenset({EXPERT}),
    "feedback.live": frozenset({EXPERT}),
    "feedback.mark": frozenset({EXPERT}),
    "feedback.question": MEMBERS,
    "feedback.round": MEMBERS,
    "home.seminar": MEMBERS,
    "maps.coverage": MEMBERS,
    "maps.figure": MEMBERS,
    "maps.item": MEMBERS,
    "maps.network": MEMBERS,
    "maps.stakeholders": MEMBERS,
    "maps.threats": MEMBERS,
    "maps.trace": MEMBERS,
    "maps.traces": MEMBERS,
    "monitor.figure": frozenset({FACILITATOR, ORGANISER}),
    "monitor.round": frozenset({FACILITATOR, ORGANISER}),
    "moderation.accept": frozenset({FACILITATOR}),
    "moderation.ask": frozenset({FACILITATOR}),
    "moderation.confirm_accept": frozenset({FACILITATOR}),
    "moderation.confirm_ask": frozenset({FACILITATOR}),
    "moderation.confirm_decline": frozenset({FACILITATOR}),
    "moderation.confirm_merge": frozenset({FACILITATOR}),
    "moderation.confirm_merge_item": frozenset({FACILITATOR}),
    "moderation.confirm_retire": frozenset({FACILITATOR}),
    "moderation.confirm_reword": frozenset({FACILITATOR}),
    "moderation.confirm_split": frozenset({FACILITATOR}),
    "moderation.decline": frozenset({FACILITATOR}),
    "moderation.hold": frozenset({FACILITATOR}),
    "moderation.import_register": frozenset({FACILITATOR, ORGANISER}),
    "moderation.merge": frozenset({FACILITATOR}),
    "moderation.merge_item": frozenset({FACILITATOR}),
    "moderation.proposal": frozenset({FACILITATOR}),
    "moderation.queue": frozenset({FACILITATOR}),
    "moderation.retire": frozenset({FACILITATOR}),
    "moderation.reword": frozenset({FACILITATOR}),
    "moderation.setting": frozenset({FACILITATOR}),
    "moderation.split": frozenset({FACILITATOR}),
    "moderation.table": MEMBERS,
    "moderation.texts": frozenset({FACILITATOR}),
    "notifications.again": frozenset({ORGANISER}),
    "notifications.confirm_remind": frozenset({FACILITATOR}),
    "notifications.mail": frozenset({ORGANISER}),
    "notifications.people": frozenset({ORGANISER}),
    "notifications.remind": frozenset({FACILITATOR}),
    "notifications.remind_people": frozenset({ORGANISER}),
    "offline.by_mail": frozenset({EXPERT}),
    "offline.check": frozenset({EXPERT}),
    "offline.confirm": frozenset({EXPERT}),
    "offline.download": frozenset({EXPERT}),
    "offline.enter": frozenset({CLERK}),
    "offline.entry": frozenset({CLERK}),
    "offline.form": frozenset({EXPERT}),
    "offline.forms": frozenset({CLERK}),
    "offline.mailing": frozenset({ORGANISER}),
    "offline.people": frozenset({ORGANISER}),
    "offline.prepare": frozenset({ORGANISER}),
    "offline.receipt": frozenset({EXPERT}),
    "offline.receive": frozenset({CLERK}),
    "offline.save_mailing": frozenset({ORGANISER}),
    "offline.send": frozenset({EXPERT}),
    "outcome.export": frozenset({FACILITATOR, ORGANISER}),
    "outcome.figure": MEMBERS,
    "outcome.files": frozenset({FACILITATOR, ORGANISER}),
    "outcome.method": MEMBERS,
    "outcome.option": MEMBERS,
    "outcome.outcome": MEMBERS,
    "outcome.what_if": MEMBERS,
    "outcome.prepare": frozenset({FACILITATOR, ORGANISER}),
    "outcome.prepared": frozenset({FACILITATOR, ORGANISER}),
    "proposals.answer": frozenset({EXPERT}),
    "proposals.confirm_submit": frozenset({EXPERT}),
    "proposals.confirm_withdraw": frozenset({EXPERT}),
    "proposals.create": frozenset({EXPERT}),
    "proposals.mine": frozenset({EXPERT}),
    "proposals.new": frozenset({EXPERT}),
    "proposals.proposal": frozenset({EXPERT}),
    "proposals.save": frozenset({EXPERT}),
    "proposals.similar": frozenset({EXPERT}),
    "proposals.submit": frozenset({EXPERT}),
    "proposals.withdraw": frozenset({EXPERT}),
    "registers.export": MEMBERS,
    "registers.glossary": MEMBERS,
    "registers.import_register": frozenset({FACILITATOR, ORGANISER}),
    "registers.item": MEMBERS,
    "registers.mandate": MEMBERS,
    "registers.preview_import": frozenset({FACILITATOR, ORGANISER}),
    "registers.register": MEMBERS,
    "report.approve": frozenset({ORGANISER}),
    "report.begin": frozenset({FACILITATOR, ORGANISER}),
    "report.comment": frozenset({FACILITATOR, ORGANISER}),
    "report.configure": frozenset({FACILITATOR, ORGANISER}),
    "report.confirm": frozenset({FACILITATOR, ORGANISER}),
    "report.figure": frozenset({FACILITATOR, ORGANISER}),
    "report.keep": frozenset({FACILITATOR, ORGANISER}),
    "report.preview": frozenset({FACILITATOR, ORGANISER}),
    "report.renew": frozenset({FACILITATOR, ORGANISER}),
    "report.report": frozenset({FACILITATOR, ORGANISER}),
    "report.resolve": frozenset({FACILITATOR, ORGANISER}),
    "report.save": frozenset({FACILITATOR, ORGANISER}),
    "report.section": frozenset({FACILITATOR, ORGANISER}),
    "report.take": frozenset({FACILITATOR, ORGANISER}),
    "report.take_up": frozenset({ORGANISER}),
    "report.version": frozenset({FACILITATOR, ORGANISER}),
    "results.confirm_look": frozenset({FACILITATOR}),
    "results.look": frozenset({FACILITATOR}),
    "results.confirm_reopen": frozenset({FACILITATOR}),
    "results.reopen": frozenset({FACILITATOR}),
    "results.close": frozenset({FACILITATOR}),
    "results.confirm_close": frozenset({FACILITATOR}),
    "results.confirm_publish": frozenset({FACILITATOR}),
    "results.export": frozenset({FACILITATOR, ORGANISER}),
    "results.figure": MEMBERS,
    "results.publish": frozenset({FACILITATOR}),
    "rounds.confirm_schedule": frozenset({FACILITATOR}),
    "rounds.schedule": frozenset({FACILITATOR}),
    "rounds.unschedule": frozenset({FACILITATOR}),
    "rounds.deadlines": frozenset({ORGANISER}),
    "rounds.deadline": frozenset({ORGANISER}),
    "rounds.give_deadline": frozenset({ORGANISER}),
    "rounds.confirm_take_back": frozenset({ORGANISER}),
    "rounds.take_back": frozenset({ORGANISER}),
    "rounds.confirm_extend": frozenset({FACILITATOR}),
    "rounds.confirm_open": frozenset({FACILITATOR}),
    "rounds.extend": frozenset({FACILITATOR}),
    "rounds.open": frozenset({FACILITATOR}),
    "rounds.plan": MEMBERS,
    "rounds.round": MEMBERS,
    "seminars.configure": frozenset({ORGANISER}),
    "seminars.settings": frozenset({ORGANISER}),
    "seminars.change_role": frozenset({ORGANISER}),
    "seminars.confirm_leave": MEMBERS,
    "seminars.import_page": frozenset({ORGANISER}),
    "seminars.import_panel": frozenset({ORGANISER}),
    "seminars.invite": frozenset({ORGANISER}),
    "seminars.leave": MEMBERS,
    "seminars.member": frozenset({ORGANISER}),
    "seminars.panel": frozenset({ORGANISER}),
    "seminars.privacy": MEMBERS,
    "seminars.resend": frozenset({ORGANISER}),
    "seminars.withdraw": frozenset({ORGANISER}),
}

# What a member does with her own membership, whatever her role:
OWN = frozenset({"seminars.leave"})


def routes() -> list[APIRoute]:
    """Every route, in the order in which the application asks them."""
    return [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def calls(dependant: Any) -> Iterator[Any]:
    """Everything that is called before the route's own body."""
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from calls(dependency)


def permission_of(route: APIRoute) -> Permission | None:
    """The permission that the route asks for, if it asks for one; of several that which fewest have."""
    found = {call.permission for call in calls(route.dependant) if isinstance(call, MemberWhoMay)}
    return min(found, key=lambda one: sum(allows(role, one) for role in Role), default=None)


def asks_for_a_member(route: APIRoute) -> bool:
    """Whether the route is for members of its seminar, of whatever role."""
    return any(call is memberships for call in calls(route.dependant))


def asks_for_a_person(route: APIRoute) -> bool:
    """Whether the route is for somebody who has signed in."""
    return any(call is signed_in for call in calls(route.dependant))
