"""Who comes first, and how firmly, in a sentence: of an order and of comparisons alike."""

from collections.abc import Sequence
from typing import Protocol

from app.i18n import enumerate_words, gettext, percent
from app.results.reasoned import Reasoned


class Leader(Protocol):
    """A subject that is first, alone or tied; `p_best` is None where nothing was drawn anew."""

    @property
    def code(self) -> str:
        """Its code."""

    @property
    def p_best(self) -> float | None:
        """How often it is first in panels drawn from this one."""


def first_place(tally: Reasoned, leaders: Sequence[Leader]) -> str:
    """Who has the first place; there is at least one."""
    titles = {subject.code: subject.title for subject in tally.subjects}
    named = enumerate_words([f"{titles[leader.code]} ({leader.code})" for leader in leaders])
    if len(leaders) > 1:
        return gettext("%(subjects)s share the first place.") % {"subjects": named}
    if leaders[0].p_best is None:
        return gettext("%(subject)s comes first.") % {"subject": named}
    said = {"subject": named, "share": percent(leaders[0].p_best)}
    return (
        gettext("%(subject)s comes first, and so it does in %(share)s of panels drawn from this one.") % said
    )
