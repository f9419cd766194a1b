"""Released statements as rows of the data set, the exports and the report's annex."""

from typing import Any

from sqlmodel import Session

from app.dissent import queries
from app.models import Seminar
from app.policy import Role

# whoever takes a file away reads what every member may
READS = frozenset({Role.OBSERVER})
COLUMNS = ("option", "option_version", "round", "held_by", "held_by_count", "language", "wording", "text")


def rows(session: Session, seminar: Seminar) -> list[dict[str, Any]]:
    """Every released statement by the code of its option; `held_by_count` is null where it is of too few."""
    found = queries.released(session, seminar=seminar, roles=READS)
    return [
        dict(
            zip(
                COLUMNS,
                (
                    code,
                    one.version,
                    one.round_number,
                    one.size,
                    one.count,
                    one.language,
                    one.wording,
                    one.text,
                ),
                strict=True,
            )
        )
        for code in sorted(found)
        for one in found[code]
    ]
