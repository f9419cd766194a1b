"""From exact figures to the words of a report, by the ordered rules that a seminar has fixed."""

from app.wording.conditions import BrokenRule, Figures
from app.wording.quantifiers import Quantifier
from app.wording.rules import Label, Rules

__all__ = ["BrokenRule", "Figures", "Label", "Quantifier", "Rules"]
