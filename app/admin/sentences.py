"""What the entries of the audit log say, in words."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app import i18n
from app.i18n import _

SENTENCES: dict[str, str] = {
    "founding:seminar:found": _("The seminar was founded."),
    "seminar:member:invite": _("A person was invited as %(role)s."),
    "seminar:member:resend": _("An invitation was sent again."),
    "seminar:member:join": _("A person who was invited joined the seminar."),
    "seminar:member:decline": _("A person who was invited declined."),
    "seminar:member:withdraw": _("A member left the seminar."),
    "seminar:member:address": _("The address of a person who was invited was corrected."),
    "seminar:member:role": _("The role of a member was changed from %(before)s to %(after)s."),
    "seminar:setting:change": _("Settings of the seminar were changed: %(fields)s."),
    "seminar:setting:min_group": _("The minimum group was changed from %(fewer)s to %(more)s."),
    "seminar:wording:lock": _("The rules by which numbers become words were locked."),
    "seminar:key:destroy": _("The link between people and their answers was destroyed."),
    "register:item:accept": _("%(subject)s was added to the registers. Reason: %(reason)s"),
    "register:item:reword": _("%(subject)s got version %(version)s of its wording. Reason: %(reason)s"),
    "register:item:merge": _("%(subject)s was merged into %(into)s. Reason: %(reason)s"),
    "register:item:split": _("%(subject)s was split into %(into)s. Reason: %(reason)s"),
    "register:item:retire": _("%(subject)s was withdrawn from its register. Reason: %(reason)s"),
    "register:item:relink": _("The links of %(subject)s were changed."),
    "register:register:import": _(
        "The register “%(subject)s” was imported from a spreadsheet: %(new)s new, %(changed)s changed. "
        "Reason: %(reason)s"
    ),
    "report:report:begin": _("The report was begun, with a draft of every section."),
    "report:report:change": _("The settings of the report were changed."),
    "report:report:approve": _("The report was approved as version %(number)s."),
    "report:report:take_up": _("The report was taken up again after its approval."),
    "report:report:renew": _("All sections of the report that nobody had edited were drafted anew."),
    "report:section:save": _("The section “%(subject)s” of the report was saved."),
    "report:section:confirm": _("The figures in the section “%(subject)s” of the report were confirmed."),
    "report:section:draft": _("The section “%(subject)s” of the report was replaced by a new draft."),
    "report:version:keep": _("The report was kept as version %(number)s."),
    "design:plan:apply": _("Rounds were added from the plan “%(subject)s”: %(count)s."),
    "design:plan:keep": _("Rounds of the seminar were kept as a plan: %(count)s."),
    "design:round:carry": _(
        "Round %(subject)s was made to ask again about %(count)s subjects of round %(source)s."
    ),
    "design:round:add": _("Round %(subject)s was added to the plan."),
    "design:round:change": _("The settings of round %(subject)s were changed."),
    "design:round:remove": _("Round %(subject)s, which was a draft, was deleted."),
    "design:question:add": _("Question %(question)s was added to round %(subject)s."),
    "design:question:change": _("Question %(question)s of round %(subject)s was changed."),
    "design:question:subjects": _(
        "What question %(question)s of round %(subject)s is about was changed: %(count)s subjects."
    ),
    "design:question:rule": _(
        "The rule of agreement of question %(question)s of round %(subject)s was set: %(rule)s"
    ),
    "design:question:move": _("Question %(question)s of round %(subject)s was moved."),
    "design:question:remove": _("Question %(question)s was removed from round %(subject)s."),
    "design:criterion:add": _("Criterion %(subject)s was added."),
    "design:criterion:change": _("Criterion %(subject)s was changed."),
    "design:criterion:remove": _("Criterion %(subject)s was removed."),
    "round:state:open": _("Round %(subject)s was opened until %(until)s."),
    "round:time:extend": _("Round %(subject)s was extended from %(from)s to %(to)s. Reason: %(reason)s"),
    "round:time:schedule": _(
        "Round %(subject)s was scheduled to open on %(opens)s and to close on %(until)s."
    ),
    "round:time:unschedule": _("The schedule of round %(subject)s was taken back."),
    "round:state:miss": _(
        "Round %(subject)s was scheduled for %(planned)s and was not opened: something on its checklist was "
        "missing."
    ),
    "round:time:grant": _(
        "One expert was given until %(to)s to answer round %(subject)s. Reason: %(reason)s"
    ),
    "round:time:revoke": _(
        "The longer time that one expert had to answer round %(subject)s was taken back. Reason: %(reason)s"
    ),
    "round:state:reopen": _("Round %(subject)s was opened again until %(to)s. Reason: %(reason)s"),
    "round:result:look": _(
        "The result of round %(subject)s was looked at; from then on the round could not be opened again."
    ),
    "round:reminder:send": _("%(count)s experts were reminded of round %(subject)s on demand."),
    "round:state:close": _("Round %(subject)s was closed."),
    "round:state:publish": _("The result of round %(subject)s was published."),
    "result:tally:freeze": _("The result of round %(subject)s was computed and frozen."),
    "result:tally:attest": _(
        "The digest of the input from which the result of round %(subject)s was computed was noted."
    ),
    "result:tally:release": _("The result of round %(subject)s was released to the panel."),
    "offline:form:enter": _("A form of round %(subject)s was entered (form %(form)s)."),
    "offline:form:replace": _(
        "A form of round %(subject)s was entered in place of what had been submitted before (form %(form)s)."
    ),
    "offline:mailing:set": _("Who gets forms by mail was changed: %(count)s experts get them now."),
    "offline:forms:prepare": _("Forms of round %(subject)s were prepared for sending: %(count)s."),
    "bridge:vote:again": _(
        "%(item)s was rated in the room again, in round %(subject)s. What was discussed anew: %(reason)s"
    ),
    "moderation:proposal:accept": _("Proposal %(subject)s was accepted as %(into)s."),
    "moderation:proposal:merge": _("Proposal %(subject)s was merged into %(into)s."),
    "moderation:proposal:ask": _("The author of proposal %(subject)s was asked something."),
    "moderation:proposal:decline": _("Proposal %(subject)s was declined."),
    "moderation:setting:proposing": _("What may be proposed at any time was changed. It is now: %(kinds)s"),
    "dissent:statement:edit": _(
        "Minority statement %(subject)s on %(item)s was given wording %(version)s, for its owners to approve."
    ),
    "dissent:statement:release": _("Minority statement %(subject)s on %(item)s was released."),
    "dissent:statement:withhold": _("Minority statement %(subject)s on %(item)s was withheld."),
    "moderation:text:hold": _("A text on %(item)s in round %(subject)s was held back."),
    "moderation:text:shorten": _("A text on %(item)s in round %(subject)s was shortened for the panel."),
    "moderation:text:release": _("A text on %(item)s in round %(subject)s was shown as written after all."),
}

ROLES: dict[str, str] = {
    "expert": _("expert"),
    "facilitator": _("facilitator"),
    "organiser": _("organizer"),
    "observer": _("observer"),
    "clerk": _("form clerk"),
}
ROLE_FIELDS = frozenset({"role", "before", "after"})
TIME_FIELDS = frozenset({"until", "from", "to", "opens", "planned"})


def sentence(action: str, subject: str, details: Mapping[str, Any], zone: str) -> str:
    """The entry as a sentence in the language spoken; an action without one is shown by its code."""
    message = SENTENCES.get(action)
    if message is None:
        return action
    said: defaultdict[str, str] = defaultdict(lambda: "-", subject=subject)
    said.update((name, _said(name, value, zone)) for name, value in details.items())
    return i18n.gettext(message) % said


def _said(name: str, value: Any, zone: str) -> str:
    if name in ROLE_FIELDS:
        return i18n.gettext(ROLES.get(str(value), str(value)))
    if name in TIME_FIELDS and value:
        return i18n.moment(datetime.fromisoformat(str(value)), zone)
    return str(value)
