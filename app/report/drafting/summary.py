"""The summary: the only part that most people read, so that it says no more than the numbers."""

from app.i18n import day, gettext, ngettext
from app.models.seminars import Anonymity
from app.outcome import reading
from app.report.drafting.writing import (
    LeftOut,
    body,
    bullets,
    figure,
    label_sentence,
    name,
    number,
    paragraph,
    rests,
    support,
)
from app.report.material import Material
from app.results.tally import OptionTally
from app.rounds.lifecycle import is_concluded

# so many ways forward are named under a label; of more it is said how many there are
MOST = 9


def draft(material: Material) -> str:
    """What was done, what was found label by label, and how far to trust it."""
    outcome = material.outcome
    if outcome is None:
        raise LeftOut(gettext("No rating of ways forward has been published yet."))
    verdicts = reading.verdicts(outcome.tally)
    return body(
        _what_was_done(material),
        _opening(material, has_labels=bool(verdicts)),
        *(_verdict(material, verdict) for verdict in verdicts),
        figure(material, "overall-support"),
        _sensitivity(material),
        _minorities(material),
        _effort(material),
        _interim(material),
        gettext(
            "This summary is the sole responsibility of the organizers. It ascribes no view to any person, "
            "organization or State; its figures describe those who took part and are no vote."
        ),
    )


def _opening(material: Material, *, has_labels: bool) -> str:
    """What leads to the labels, or to overall support where there are none; nothing before nothing."""
    outcome = material.outcome
    if outcome is None or not (has_labels or outcome.tally.overall):
        return ""
    rest = "labels" if has_labels else f"R{outcome.round_.number}"
    return gettext(
        "Of the %(all)s ways forward that were rated, the panel's views were as follows.%(rests)s"
    ) % {"all": number("options"), "rests": rests(rest)}


def _what_was_done(material: Material) -> str:
    outcome = material.outcome
    assert outcome is not None, "asked for where there is one"
    held = [asked.round_ for _, asked in sorted(material.turnouts.items())]
    first, last = held[0], outcome.round_
    zone = material.seminar.timezone
    sentence = ngettext(
        "In one round of written exchange, %(submitted)s experts of %(invited)s who had been invited "
        "answered in their personal capacity.",
        "From %(first)s to %(last)s, in %(rounds)s rounds of written exchange, experts answered in their "
        "personal capacity; %(submitted)s of the %(invited)s who had been invited submitted the latest "
        "rating.",
        len(held),
    )
    said = {
        "submitted": number(f"R{last.number}.submitted"),
        "invited": number(f"R{last.number}.invited"),
        "rounds": len(held),
        "first": day(first.opened_at, zone) if first.opened_at else "",
        "last": day(last.closed_at, zone) if last.closed_at else "",
    }
    named = material.seminar.anonymity is Anonymity.NAMED
    unnamed = "" if named else gettext("They were not named to each other.")
    return paragraph(sentence % said + rests(f"R{last.number}"), unnamed)


def _verdict(material: Material, verdict: reading.Verdict) -> str:
    said = {"label": verdict.label, "count": number(f"label.{verdict.id}")}
    head = gettext("**%(label)s** (%(count)s):") % said
    if len(verdict.options) > MOST:
        codes = ", ".join(option.code for option in verdict.options)
        return paragraph(head, codes + ".")
    return body(head, bullets(_line(material, option) for option in verdict.options))


def _line(material: Material, option: OptionTally) -> str:
    """Where the label's sentence has figures of its own, the sentence; else the name."""
    sentence = label_sentence(material, option)
    telling = "[[number:" in sentence
    return (sentence if telling else name(option.title, option.code)) + support(material, option.code)


def _sensitivity(material: Material) -> str:
    outcome = material.outcome
    if outcome is None or outcome.tally.overall is None or not outcome.rules.labels:
        return ""
    count = sum(option.label_may_change for option in outcome.tally.options)
    if not count:
        return gettext(
            "No label would be different if the thresholds of the wording rules moved by five points."
        )
    sentence = ngettext(
        "One label would be different if the thresholds of the wording rules moved by five points.",
        "%(count)s labels would be different if the thresholds of the wording rules moved by five points.",
        count,
    )
    return sentence % {"count": number("label.sensitive")}


def _minorities(material: Material) -> str:
    count = sum(map(len, material.minorities.values()))
    if not count:
        return ""
    return ngettext(
        "One minority statement is printed under the way forward that it concerns, and again in an annex.",
        "%(count)s minority statements are printed under the ways forward that they concern, and again in "
        "an annex.",
        count,
    ) % {"count": count}


def _interim(material: Material) -> str:
    if all(is_concluded(one) for one in material.plan):
        return ""
    return gettext("Rounds are still to come, so that this summary is an interim one.")


def _effort(material: Material) -> str:
    if material.allotted is None or not material.allotted.tally.allocations:
        return ""
    first = material.allotted.tally.options[:3]
    titles = {one.code: one.title for one in material.allotted.tally.subjects}
    lines = [name(titles[one.code], one.code) + rests(f"{one.code}.points") for one in first]
    return body(
        gettext(
            "Asked where effort should go first, participants gave most points to the following; their ranks "
            "have intervals, which overlap where the order is not firm:"
        ),
        bullets(lines),
    )
