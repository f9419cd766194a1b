"""The wording rules of a seminar: labels tried in order, when views were still evolving, quantifiers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from app.wording.conditions import OTHERWISE, BrokenRule, Condition, Figures, Otherwise
from app.wording.parsing import condition
from app.wording.quantifiers import Quantifier, quantifier

FIELDS = frozenset({"option", "themes", "n", "N", "p_hi", "p_lo", "iqr", "median"})
PLACE = re.compile(r"\{(\w+)\}")
THEMES = re.compile(r"(?:,[^,{}]*)?\{themes\}")
STABLE = re.compile(r"\btwo points or more\b.*\bbelow (\d+(?:\.\d+)?) per cent")
FIVE_POINTS = Fraction(5, 100)


def thirds(low: int, high: int) -> tuple[int, int]:
    """The end of the unfavourable and the start of the favourable band where nothing else is said.

    Each holds a third of the points, rounded down, and at least one: 1-3 and 7-9 on a scale from 1 to 9.
    """
    third = max((high - low + 1) // 3, 1)
    return low + third - 1, high - third + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What an option is called in the report, when, and in which sentence."""

    id: str
    text: str
    condition: Condition
    sentence: str

    def say(self, figures: Figures, *, option: str, themes: str = "") -> str:
        """The label's sentence about an option; without themes, their clause is left out."""
        sentence = self.sentence if themes else THEMES.sub("", self.sentence)
        return PLACE.sub(lambda place: _filled(place[1], figures, option, themes), sentence)


def _filled(name: str, figures: Figures, option: str, themes: str) -> str:
    if name in ("option", "themes"):
        return option if name == "option" else themes
    value = figures[name]
    if value is None:
        return "?"
    if name in ("p_hi", "p_lo"):
        return str((200 * value + 1) // 2)  # per cent, half a point rounded up
    return f"{float(value):g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules in force; a seminar that has fixed none has no labels."""

    labels: tuple[Label, ...] = ()
    quantifiers: tuple[Quantifier, ...] = ()
    unstable_from: Fraction = Fraction(15, 100)
    # the first and last point of the unfavourable band, then of the favourable one
    named_bands: tuple[int, int, int, int] | None = None

    @classmethod
    def read(cls, wording: Mapping[str, Any]) -> "Rules":
        """The rules that a seminar's wording states, or `BrokenRule` saying which is wrong."""
        entries = _entries(wording, "labels")
        if all("order" in entry for entry in entries):
            entries = sorted(entries, key=_order)
        labels = tuple(_label(entry) for entry in entries)
        twice = [name for name, times in Counter(label.id for label in labels).items() if times > 1]
        if twice:
            raise BrokenRule(twice[0], "there is more than one rule of this id")
        for place, label in enumerate(labels, 1):
            if isinstance(label.condition, Otherwise) != (place == len(labels)):
                raise BrokenRule(label.id, f"the last rule, and no other, has the condition {OTHERWISE!r}")
        return cls(
            labels=labels,
            quantifiers=tuple(quantifier(entry) for entry in _entries(wording, "quantifiers")),
            unstable_from=_unstable_from(wording),
            named_bands=_named_bands(wording),
        )

    def label(self, figures: Figures) -> Label | None:
        """The first label whose condition is true; None where no rules are fixed."""
        return next((label for label in self.labels if label.condition.holds(figures)), None)

    def stricter(self, step: Fraction = FIVE_POINTS) -> "Rules":
        """The rules with every condition harder to meet: each threshold on a share moved by a step.

        A least share (`p_hi >= 0.80`) goes up, a greatest share (`p_lo <= 0.10`, `n/N < 0.60`)
        goes down, never beyond 0 or 100 per cent. This is so for every label, the unfavourable
        ones too. Thresholds on counts, medians and ranges stay, since points of a percentage are
        not their unit.
        """
        moved = (replace(label, condition=label.condition.moved(step)) for label in self.labels)
        return replace(self, labels=tuple(moved))

    def looser(self, step: Fraction = FIVE_POINTS) -> "Rules":
        """The rules with every condition easier to meet: the contrary of `stricter`."""
        return self.stricter(-step)

    def stable(self, moved: int, paired: int) -> bool:
        """Whether few enough of the paired experts moved by two points or more; not so if none is paired."""
        return paired > 0 and Fraction(moved, paired) < self.unstable_from

    def quantifier(self, count: int, total: int) -> Quantifier | None:
        """The word for so many of the panel; None for nobody, or where no range fits."""
        if count < 1 or total < count:
            return None
        share = Fraction(count, total)
        return next((word for word in self.quantifiers if word.fits(count, share)), None)

    def bands(self, low: int, high: int) -> tuple[int, int]:
        """The end of the unfavourable and the start of the favourable band of a scale.

        They are those that the seminar names for a scale of these ends, else a third of the points each.
        """
        if self.named_bands and (self.named_bands[0], self.named_bands[3]) == (low, high):
            return self.named_bands[1], self.named_bands[2]
        return thirds(low, high)

    def texts(self) -> dict[str, str]:
        """What the labels are called, by id and in their order."""
        return {label.id: label.text for label in self.labels}


def _entries(wording: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    entries = wording.get(name) or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BrokenRule(name, "a list of entries was expected")
    return entries


def _order(entry: Mapping[str, Any]) -> int:
    order = entry["order"]
    if not isinstance(order, int):
        raise BrokenRule(str(entry.get("id", "labels")), f"its order is no whole number: {order!r}")
    return order


def _label(entry: Mapping[str, Any]) -> Label:
    name = str(entry.get("id") or "without an id")
    for key in ("id", "label", "when", "sentence"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise BrokenRule(name, f"it has no {key}")
    sentence = entry["sentence"]
    unknown = [place for place in PLACE.findall(sentence) if place not in FIELDS]
    if unknown:
        raise BrokenRule(name, f"its sentence has the unknown field {{{unknown[0]}}}")
    if re.search(r"[{}]", PLACE.sub("", sentence)):
        raise BrokenRule(name, "its sentence has a brace that belongs to no field")
    when = condition(entry["when"], rule=name)
    return Label(id=name, text=entry["label"], condition=when, sentence=sentence)


def _unstable_from(wording: Mapping[str, Any]) -> Fraction:
    stability = wording.get("stability")
    if not stability:
        return Fraction(15, 100)
    found = STABLE.search(str(stability.get("stable", ""))) if isinstance(stability, dict) else None
    if found is None:
        raise BrokenRule("stability", "it must say 'two points or more … below … per cent'")
    return Fraction(found[1]) / 100


def _named_bands(wording: Mapping[str, Any]) -> tuple[int, int, int, int] | None:
    scale = wording.get("scale")
    named = scale.get("bands") if isinstance(scale, dict) else None
    if not named:
        return None
    try:
        ends = (named[0]["from"], named[0]["to"], named[-1]["from"], named[-1]["to"])
    except (KeyError, TypeError):
        raise BrokenRule("bands", "each must say from which point to which it goes") from None
    if not all(isinstance(end, int) for end in ends) or not ends[0] <= ends[1] < ends[2] <= ends[3]:
        raise BrokenRule("bands", "they must stand in order and may not meet")
    return ends
