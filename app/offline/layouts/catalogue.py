"""Which layout a question has on a form; adding one is adding a line here."""

from collections.abc import Callable

from app.offline.layouts import comment, cover, listed, pairs, propose, rate
from app.offline.layouts.laying import Laying
from app.offline.sheet import Section

Layout = Callable[[Laying], Section]


def _weigh(laying: Laying) -> Section:
    return pairs.weigh(laying) if laying.settings.get("method") == "pairwise" else listed.weigh(laying)


LAYOUTS: dict[str, Layout] = {
    "rate": rate.lay,
    "cover": cover.lay,
    "comment": comment.lay,
    "propose": propose.lay,
    "rank": listed.rank,
    "allocate": listed.allocate,
    "compare": pairs.compare,
    "weigh": _weigh,
}
