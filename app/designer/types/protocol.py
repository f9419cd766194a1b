"""What the form of every type of question can do; adding one is adding a module that does this."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from starlette.datastructures import FormData

from app.designer.supplies import Supplies
from app.models import Question
from app.models.registers import Kind
from app.rounds import planes

# What a question is about: items of registers, criteria that are weighed, or nothing that is there yet.
About = Literal["items", "criteria", "nothing"]
ITEMS = tuple(kind for kind in Kind if kind is not Kind.ELEMENT)


class QuestionForm(ABC):
    """One type of question as the designer offers it.

    `name` is the word of the offer and of the form, `type` that of the question; two offers may make
    questions of one type. `label`, `summary` and `prompt` are messages to translate, `template` the
    fields of the form, `kinds` the registers whose items it can be about, the likeliest first; `no_rule` is
    a message too.
    """

    name: ClassVar[str]
    type: ClassVar[str]
    label: ClassVar[str]
    summary: ClassVar[str]
    prompt: ClassVar[str]
    template: ClassVar[str]
    subjects: ClassVar[About] = "items"
    # the rules that can say that something is settled, and why there is none
    rules: ClassVar[tuple[str, ...]] = ()
    no_rule: ClassVar[str] = ""
    kinds: ClassVar[tuple[Kind, ...]] = ITEMS

    @property
    def has_rule(self) -> bool:
        """Whether a rule can be chosen by which something is settled."""
        return bool(self.rules)

    def begin(self, supplies: Supplies) -> dict[str, Any]:
        """A new question as `service.add_question` takes it, as complete as can be foreseen.

        It is about the first of its registers that holds anything, and what joins this; where criteria
        are weighed, about all of them but those of the maps.
        """
        filled = [kind for kind in self.kinds if supplies.counts.get(kind)]
        about = (filled or list(self.kinds))[:1] if self.subjects == "items" else []
        weighed = supplies.criteria if self.subjects == "criteria" else []
        return {
            "type_": self.type,
            "prompt": supplies.say(self.prompt),
            "settings": self.start(supplies),
            "about": about,
            "criteria": [one.id for one in weighed if one.code not in planes.CODES and not one.overall],
        }

    def fits(self, question: Question) -> bool:
        """Whether this is the form of the question."""
        return question.type == self.type

    @abstractmethod
    def start(self, supplies: Supplies) -> dict[str, Any]:
        """The settings with which a new question begins, as complete as can be foreseen."""

    @abstractmethod
    def parse(self, form: FormData, supplies: Supplies, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The settings that the form says; `Invalid` with an error for each field that does not fit.

        `settings` are those in force: what the form does not ask for is taken from them.
        """

    @abstractmethod
    def values(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, str]:
        """The settings as the form shows them, by the names of its fields."""

    @abstractmethod
    def describe(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """The settings in words, in the language spoken: a few short lines."""

    def more(self, settings: Mapping[str, Any], supplies: Supplies) -> dict[str, Any]:
        """What else its template needs."""
        del settings, supplies
        return {}

    def missing(self, settings: Mapping[str, Any], supplies: Supplies) -> list[str]:
        """What the settings still need before the round can open, as messages to translate."""
        del settings, supplies
        return []
