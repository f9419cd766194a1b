"""The types of question that the designer offers, in its order; adding one is adding a line here."""

from app.designer.types.allocate import AllocateForm
from app.designer.types.cards import CardsForm
from app.designer.types.comment import CommentForm
from app.designer.types.compare import CompareForm
from app.designer.types.cover import CoverForm
from app.designer.types.plane import PlaneForm
from app.designer.types.propose import ProposeForm
from app.designer.types.protocol import QuestionForm
from app.designer.types.rank import RankForm
from app.designer.types.weigh import WeighForm
from app.models import Question

FORMS: dict[str, QuestionForm] = {
    form.name: form
    for form in (
        CardsForm(),
        PlaneForm(),
        CoverForm(),
        RankForm(),
        AllocateForm(),
        CompareForm(),
        WeighForm(),
        CommentForm(),
        ProposeForm(),
    )
}


def form_of(question: Question) -> QuestionForm:
    """The form of a question that is there."""
    return next(form for form in FORMS.values() if form.fits(question))


__all__ = ["FORMS", "QuestionForm", "form_of"]
