"""Bring together what a window sent and what is in force, so that none overwrites the other in silence.

A window says of each field which revision it shows. Since revisions are only ever added, it can be
known whether the field was changed in the window, elsewhere, or both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# A score, the word of an abstention, a rationale, or None for nothing.
Value = int | str | None


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be done about each field that was sent.

    `writes` are new values; `newer` were changed elsewhere and not here, and stay; `conflicts` were
    changed here and elsewhere, and stay until their author decides, who may then say that she has
    seen what is `there`. `seen` is what the window may now say it shows: of what stays, still the
    old revision.
    """

    writes: dict[str, Value] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    newer: dict[str, Value] = field(default_factory=dict)
    conflicts: dict[str, Value] = field(default_factory=dict)
    there: dict[str, int] = field(default_factory=dict)


def merge(
    sent: Mapping[str, Value], seen: Mapping[str, int], history: Mapping[str, Sequence[Value]]
) -> Merge:
    """Compare, field by field; `history` has the values of a field by revision, from the first.

    Examples
    --------
    >>> merge({"OV": 7}, {}, {}).writes
    {'OV': 7}
    >>> merge({"OV": 7}, {}, {"OV": [7]}).writes  # sent twice: already done
    {}
    >>> merge({"OV": 7}, {"OV": 1}, {"OV": [7, 3]}).newer  # an older window that left it alone
    {'OV': 3}
    >>> merge({"OV": 8}, {"OV": 1}, {"OV": [7, 3]}).conflicts
    {'OV': 3}
    """
    result = Merge(seen=dict(seen))
    for name, value in sent.items():
        past = history.get(name, [])
        current, base = (past[-1] if past else None), seen.get(name, 0)
        result.seen[name] = base
        if value == current:
            result.seen[name] = len(past)
        elif base >= len(past):
            result.writes[name] = value
            result.seen[name] = len(past) + 1
        elif value == (past[base - 1] if base else None):
            result.newer[name] = current
        else:
            result.conflicts[name] = current
            result.there[name] = len(past)
    return result
