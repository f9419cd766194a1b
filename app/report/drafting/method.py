"""The methods statement, after the ACCORD guideline: docs/accord.md says where each item is answered.

It is the one section in which the method's own term, consensus, stands.
"""

from app.i18n import days, enumerate_words, gettext, moment, ngettext, number
from app.models import Round
from app.models.registers import ItemStatus
from app.models.rounds import FeedbackPolicy
from app.models.seminars import Anonymity
from app.outcome import reading
from app.report.drafting.deviations import deviations
from app.report.drafting.writing import LeftOut, body, bullets, heading, paragraph, rests, table
from app.report.drafting.writing import number as place
from app.report.markup import plain
from app.report.material import Asked, Material
from app.results.tally import PLANES, RateTally
from app.rounds import queries as rounds
from app.rounds.since import since


def draft(material: Material) -> str:
    """From the seminar's settings, its rounds and its log alone."""
    if not material.turnouts:
        raise LeftOut(gettext("No round has been published yet."))
    return body(
        _kind(material),
        heading(gettext("Panel")),
        _panel(material),
        heading(gettext("Rounds")),
        gettext("The exchange went in the following steps."),
        bullets(_round(material, asked) for _, asked in sorted(material.turnouts.items())),
        _answering(material),
        heading(gettext("Definition of agreement")),
        _definition(material),
        table(material, "wording"),
        _locked(material),
        table(material, "sensitivity"),
        heading(gettext("Analysis")),
        _analysis(material),
        table(material, "criteria"),
        heading(gettext("What became of the ways forward")),
        _items(material),
        heading(gettext("Deviations")),
        _deviations(material),
        heading(gettext("Limits")),
        bullets(_limits(material)),
        _unanswered(),
    )


def _kind(material: Material) -> str:
    text = gettext(
        "This was a Delphi exercise, one of the consensus methods: experts answered in rounds, each alone, "
        "and saw between rounds what the panel had said. It was chosen since it gives everybody the same "
        "hearing and shows disagreement as well as agreement. At the United Nations consensus means "
        "adoption without a vote: no such decision was taken here, and apart from this section this report "
        "does not use the word. The section follows the ACCORD reporting guideline (2024)."
    )
    return paragraph(
        text, gettext("All its data are synthetic, for demonstration.") if material.seminar.synthetic else ""
    )


def _panel(material: Material) -> str:
    first = min(material.turnouts)
    said = {
        "invited": place(f"R{first}.invited"),
        "enrolled": place(f"R{first}.enrolled"),
        "sectors": "; ".join(plain(label) for label in material.sectors.values()),
    }
    chosen = gettext(
        "The organizers invited %(invited)s experts, in their personal capacity, of whom %(enrolled)s had "
        "joined when round R%(first)s was closed."
    ) % (said | {"first": first})
    sectors = (
        gettext("They were looked for in the following sectors: %(sectors)s.") % said
        if material.sectors
        else ""
    )
    plan = material.seminar.mandate.get("plan", {})
    sought = ""
    if isinstance(plan.get("minimum_panel"), int) and isinstance(plan.get("target_panel"), int):
        sought = gettext("A panel of %(target)s was sought, and %(minimum)s held to be the least.") % {
            "target": number(plan["target_panel"]),
            "minimum": number(plan["minimum_panel"]),
        }
    return body(paragraph(chosen + rests(f"R{first}"), sought), sectors, _anonymity(material))


def _anonymity(material: Material) -> str:
    texts = {
        Anonymity.NAMED: gettext("Answers were given by name."),
        Anonymity.PSEUDONYMOUS: gettext(
            "Answers were given under pseudonyms: neither other experts nor the facilitators saw by whom, "
            "and the organizers saw who had answered but not what."
        ),
        Anonymity.SEALED: gettext(
            "Answers were given under pseudonyms, and the link between persons and answers is destroyed "
            "when the last round is published: neither other experts nor the facilitators saw by whom they "
            "were given."
        ),
    }
    small = gettext("No figure is printed of a group of fewer than %(minimum)s.") % {
        "minimum": number(material.seminar.min_group)
    }
    return paragraph(texts[material.seminar.anonymity], small)


def _round(material: Material, asked: Asked) -> str:
    round_ = asked.round_
    zone = material.seminar.timezone
    when = days(round_.opened_at, round_.closed_at, zone) if round_.opened_at and round_.closed_at else ""
    sentence = gettext("**R%(number)s, %(title)s** (%(when)s): %(submitted)s of %(enrolled)s submitted.")
    said = {
        "number": round_.number,
        "title": plain(round_.title),
        "when": when,
        "submitted": place(f"R{round_.number}.submitted"),
        "enrolled": place(f"R{round_.number}.enrolled"),
    }
    purpose = plain(round_.purpose)
    if purpose:
        purpose = gettext("Purpose: %(purpose)s") % {"purpose": purpose}
    return paragraph(
        sentence % said + rests(f"R{round_.number}"), purpose, _types(material, round_), _shown(round_)
    )


def _types(material: Material, round_: Round) -> str:
    words = {
        "propose": gettext("proposing entries"),
        "rate": gettext("rating"),
        "rank": gettext("ranking"),
        "allocate": gettext("spending points"),
        "compare": gettext("comparing pairs"),
        "weigh": gettext("weighting criteria"),
        "cover": gettext("grading coverage"),
        "comment": gettext("arguing for and against"),
    }
    types = dict.fromkeys(one.type for one in rounds.questions(material.session, round_))
    return gettext("Asked: %(types)s.") % {"types": enumerate_words([words.get(one, one) for one in types])}


def _shown(round_: Round) -> str:
    if round_.previous_id is None:
        return ""
    shown = {
        FeedbackPolicy.STATISTICS: gettext("Experts saw the figures of the round before."),
        FeedbackPolicy.RATIONALES: gettext(
            "Experts saw the figures and the reasons of the round before, and their own answers beside them."
        ),
    }
    return shown.get(round_.feedback, "")


def _answering(material: Material) -> str:
    del material
    return gettext(
        "Everybody answered alone, on web pages or on forms that came and went by mail. Ways forward stood "
        "in an order of chance for each expert. Every rating could be given a reason, or be left with a "
        "reason for abstaining: abstentions are counted apart and never as a middle rating. The words of "
        "every question stand in an annex."
    )


def _definition(material: Material) -> str:
    outcome = material.outcome
    if outcome is None:
        return gettext("No rating of ways forward has been published yet.")
    if not outcome.rules.labels:
        return gettext("No wording rules were fixed: the ways forward bear no labels.")
    scale = outcome.tally.overall
    if scale is None:
        return gettext("No rating of overall support has been published.")
    high, _, low = reading.band_names(outcome.rules, scale.low, scale.high)
    said = {"high": high, "low": low}
    return (
        gettext(
            "What in other reports is called the definition of consensus are the wording rules of the "
            "following table. They are tried in their order on the ratings of overall support; ratings of "
            "%(high)s are favourable, those of %(low)s unfavourable. The ratings are those of the latest "
            "published round."
        )
        % said
    )


def _locked(material: Material) -> str:
    locked = material.seminar.wording_locked_at
    if locked is None:
        # of rules that nobody fixed, and before a rating, there was nothing to lock
        if material.outcome is None or not material.outcome.rules.labels:
            return ""
        return gettext("The rules were not locked before the rating: this is a deviation from good practice.")
    return gettext("The rules have been locked since %(moment)s, before the first rating began.") % {
        "moment": moment(locked, material.seminar.timezone)
    }


def _analysis(material: Material) -> str:
    outcome = material.outcome
    if outcome is None:
        return gettext("No rating of ways forward has been published yet, so there is nothing to rank.")
    tally = outcome.tally
    shown = gettext(
        "Of each rating its distribution, median and quartiles are given (Hyndman and Fan's type 7) and the "
        "shares in three bands of the scale."
    )
    if not reading.is_sure(tally):
        return paragraph(
            shown, gettext("Too few submitted for a ranking with its uncertainty, so none is printed.")
        )
    ranked = gettext(
        "The ways forward are ranked by the sum of their mean ratings on the weighted criteria, times the "
        "weights of the table below. How firm a rank is was found by drawing the panel anew %(replicates)s "
        "times from those who submitted: the interval holds the middle 95 per cent of the ranks so found. "
        "It describes this panel, and proves no order."
    ) % {"replicates": number(tally.replicates)}
    alike = (
        gettext("Kendall's W, of how far the experts order the ways forward alike, is %(w)s.")
        % {"w": number(tally.kendall_w, 2)}
        if tally.kendall_w is not None
        else ""
    )
    equal = gettext("Ranks with equal weights stand beside these in an annex.")
    return paragraph(shown, ranked, alike, equal)


def _items(material: Material) -> str:
    outcome = material.outcome
    if outcome is None:
        return gettext("No way forward has been rated yet.")
    became = since(material.session, seminar=material.seminar, subjects=list(material.subjects.values()))
    major = [code for code, one in became.items() if one.is_earlier]
    gone = [code for code, one in became.items() if one.status is not ItemStatus.ACCEPTED]
    sentences = [
        gettext(
            "%(count)s ways forward were rated; the annex on proposals says what became of each one proposed."
        )
        % {"count": place("options")}
    ]
    if major:
        sentences.append(
            gettext("Reworded since, with another meaning than was rated: %(codes)s.")
            % {"codes": enumerate_words(major)}
        )
    if gone:
        sentences.append(
            gettext("Merged or withdrawn since they were rated: %(codes)s.")
            % {"codes": enumerate_words(gone)}
        )
    if not (major or gone):
        sentences.append(gettext("None has been reworded in its meaning, merged or withdrawn since."))
    return paragraph(*sentences)


def _deviations(material: Material) -> str:
    found = deviations(material)
    if not found:
        return gettext(
            "The log holds none: no round was extended or opened again, and nobody was given more time than "
            "others."
        )
    return body(gettext("The log holds the following, in the order of the rounds:"), bullets(found))


def _limits(material: Material) -> list[str]:
    outcome = material.outcome
    found = [
        gettext(
            "The panel was chosen and is no sample: its figures describe those who took part, and are not "
            "to be carried over to States or sectors."
        ),
        gettext("Thresholds are a convention. The section says which labels depend on them."),
    ]
    few = [number_ for number_, one in material.turnouts.items() if not one.tally.quorum_reached]
    if few:
        names = enumerate_words([f"R{one}" for one in sorted(few)])
        found.append(gettext("The quorum was not reached in %(rounds)s.") % {"rounds": names})
    left = sum(one.left or 0 for one in material.passages)
    if left:
        found.append(
            ngettext(
                "One expert who had answered a round did not answer the next; whether those who leave think "
                "otherwise is not known.",
                "In %(left)s cases an expert who had answered a round did not answer the next; whether "
                "those who leave think otherwise is not known.",
                left,
            )
            % {"left": number(left)}
        )
    if outcome is not None and not any(one.movement for one in outcome.tally.options):
        found.append(
            gettext(
                "The ways forward have been rated once so far: how stable views are is not known before "
                "they are rated again."
            )
        )
    optional = _optional(outcome.tally) if outcome else []
    if optional:
        found.append(
            gettext("Some criteria were rated by fewer, since they were optional: %(criteria)s.")
            % {"criteria": enumerate_words(optional)}
        )
    return found


def _optional(tally: RateTally) -> list[str]:
    """The criteria that less than half as many rated as overall support."""
    if tally.overall is None or tally.method in PLANES or not tally.options:
        return []
    most = sum(one.by_criterion[tally.overall.code].n for one in tally.options)
    return [
        plain(scale.label)
        for scale in tally.scales
        if not scale.overall and 2 * sum(one.by_criterion[scale.code].n for one in tally.options) < most
    ]


def _unanswered() -> str:
    """What the platform cannot know, and the guideline asks."""
    return gettext(
        "The following are for the organizers to add, as the guideline asks: who directed the exercise and "
        "with what experience; how experts were found; what they were given to read; whether the questions "
        "were tried out; funding, and interests that bear on it."
    )
