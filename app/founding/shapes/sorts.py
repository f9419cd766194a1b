"""The sorts of values that stand in templates, and what all shapes share."""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=32)]
ShortId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$", max_length=12)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z][a-zA-Z0-9_]*$", max_length=32)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Note = Annotated[str, StringConstraints(max_length=1000)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=8000)]
Passage = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Language: TypeAlias = Literal["ar", "en", "es", "fr", "ru", "zh"]
Coverage: TypeAlias = Literal["none", "partial", "full"]
Year = Annotated[int, Field(ge=1800, le=2100)]
Week = Annotated[int, Field(ge=0, le=520)]


class Shape(BaseModel):
    """Nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Word(Shape):
    """A value of a vocabulary and how it reads."""

    value: Name
    label: Line
