"""From the address to the register."""

from typing import Annotated

from fastapi import Depends

from app.errors import NotFound
from app.models.registers import Kind
from app.seminars.deps import SeminarDep


def kind_of(seminar: SeminarDep, kind: str) -> Kind:
    """The kind that the address names, for a member of the seminar."""
    del seminar  # a stranger may not learn which registers there are
    try:
        return Kind(kind)
    except ValueError:
        raise NotFound from None


KindDep = Annotated[Kind, Depends(kind_of)]
