"""How firm the order is, in words: what is sure, and on what it hangs."""

from app.i18n import _, enumerate_words, gettext, ngettext
from app.outcome.reading import enumerate_codes
from app.results import camps
from app.results.robustness import OpinionGroup, Robust, Robustness, WithoutSectors
from app.results.tally import OptionTally, RateTally

TOP = 3

METHODS = {
    "weighted_sum": _("Weighted sum of the means: the ranking"),
    "median": _("Weighted sum of the medians"),
    "topsis": _("TOPSIS: distance from the most and the least favourable values"),
    "promethee_ii": _("PROMETHEE II: two by two on each criterion"),
    "borda": _("Borda: points on each expert's own order"),
    "copeland": _("Copeland: majorities between two, won and lost"),
    "schulze": _("Schulze: chains of majorities"),
}
SHORT = {
    "weighted_sum": _("the weighted sum"),
    "median": _("the medians"),
    "topsis": "TOPSIS",
    "promethee_ii": "PROMETHEE II",
    "borda": "Borda",
    "copeland": "Copeland",
    "schulze": "Schulze",
}
# Kendall's tau-b from which on two orders are much the same, and below which they have little in common.
MUCH, LITTLE = 0.8, 0.5


def surely_first(tally: RateTally) -> str:
    """Which ways forward are among the first three for sure, by their rank sets."""
    sure = [one.code for one in tally.options if one.robust and one.robust.surely_among_first(TOP)]
    if not sure:
        return gettext("Of no way forward is it sure that it is among the first three.")
    text = ngettext(
        "Surely among the first three is one way forward: %(codes)s.",
        "Surely among the first three are %(n)s ways forward: %(codes)s.",
        len(sure),
    )
    return text % {"n": len(sure), "codes": enumerate_codes(sure)}


def tiers(tally: RateTally) -> list[list[OptionTally]]:
    """The ranked ways forward by tier, the best first."""
    found: dict[int, list[OptionTally]] = {}
    for option in tally.options:
        if option.robust and option.robust.tier is not None:
            found.setdefault(option.robust.tier, []).append(option)
    return [found[tier] for tier in sorted(found)]


def told_apart(tally: RateTally) -> str:
    """Into how many tiers the ways forward fall."""
    count = len(tiers(tally))
    if count == 1:
        return gettext(
            "All ways forward form one tier: no line divides them into some that are surely above all others"
            " and the rest."
        )
    return ngettext(
        "There is %(n)s tier: what stands in a higher one is surely above all in a lower one.",
        "There are %(n)s tiers: what stands in a higher one is surely above all in a lower one.",
        count,
    ) % {"n": count}


def surely_below(tally: RateTally, option: OptionTally) -> list[str]:
    """The codes of the ways forward that stand above this one for sure."""
    return [one.code for one in tally.options if one.robust and option.code in one.robust.surely_above]


def surely_above(tally: RateTally, robust: Robust) -> list[str]:
    """The codes that it is above for sure, in the order of the ranks."""
    return [one.code for one in tally.options if one.code in robust.surely_above]


def alike(robust: Robustness) -> str:
    """How far the methods agree on the first three."""
    fields = {
        "n": len(robust.methods),
        "same": robust.alike,
        "others": enumerate_words([gettext(SHORT[one.code]) for one in robust.methods if not one.same_first]),
    }
    if robust.alike == len(robust.methods):
        return gettext("The first three are the same under all %(n)s methods of ranking.") % fields
    if robust.alike == 1:
        return gettext("Under each of the other methods of ranking, others are among the first three.")
    return (
        gettext(
            "The first three are the same under %(same)s of %(n)s methods of ranking; they are others under"
            " %(others)s."
        )
        % fields
    )


def nearness(tau: float | None) -> str:
    """How near a method's order comes to the ranking."""
    if tau is None:
        return gettext("cannot be compared")
    if tau >= 1:
        return gettext("the same order")
    if tau >= MUCH:
        return gettext("much the same order")
    return gettext("a somewhat different order") if tau >= LITTLE else gettext("a different order")


def without(told: WithoutSectors | None) -> str:
    """What is told of leaving out one sector at a time; nothing where nothing is."""
    if told is None or told.hold is None:
        return ""
    fields = {"n": len(told.sizes)}
    if told.hold:
        return (
            gettext(
                "Each of %(n)s sectors was left out in turn. None of them moves the ranks farther than"
                " as many experts drawn by lot do as a rule."
            )
            % fields
        )
    return (
        gettext(
            "Each of %(n)s sectors was left out in turn. One of them at least moves some ranks farther than"
            " as many experts drawn by lot do as a rule: the order hangs on what it thinks. Which one is not"
            " told, since it would lead to its ballots."
        )
        % fields
    )


def dissent(tally: RateTally, option: OptionTally, minimum: int) -> str:
    """Whether the panel stands in two camps or is merely wide apart; nothing where neither is."""
    if option.robust is None or not option.robust.dissent or tally.overall is None:
        return ""
    if option.robust.is_spread:
        return gettext(
            "Views are spread: the middle half of the panel reaches over half the scale or more, and there"
            " are no two camps."
        )
    sizes = camps.sizes(option.by_criterion[tally.overall.code], minimum)
    if sizes is None:
        return gettext("Views are polarised: the panel stands in two camps, one for it and one against.")
    return gettext(
        "Views are polarised: %(favour)s experts rate it favourably and %(against)s unfavourably."
    ) % {"favour": sizes[1], "against": sizes[0]}


def divided(tally: RateTally, kind: str) -> list[str]:
    """The codes on which the panel is polarised, or spread."""
    return [one.code for one in tally.options if one.robust and one.robust.dissent == kind]


def size(group: OpinionGroup) -> str:
    """How many there are of a group."""
    return ngettext("%(n)s expert", "%(n)s experts", group.size) % {"n": group.size}
