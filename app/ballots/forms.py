"""What a ballot's form sends: fields by subject, and the revisions that its window shows."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends

from app.questions.answers import SEEN
from app.web.forms import Submitted

# `OV:1,E01.sure:2,rationale:1,` of one subject; of all, `W01.rank:1,W02.rank:3,`
SEEN_PART = re.compile(r"([A-Za-z0-9_.-]{1,40}):([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Sent:
    """Every value of every field; and for each subject the revision of each field that the window shows."""

    fields: dict[str, list[str]]
    seen: dict[str, dict[str, int]]

    def of(self, code: str) -> "Sent":
        """What was sent of one subject."""
        mine = {name: values for name, values in self.fields.items() if name.startswith(f"{code}.")}
        return Sent(mine, self.seen)

    def without(self, codes: Collection[str]) -> "Sent":
        """What was sent but of these subjects."""
        others = {name: values for name, values in self.fields.items() if name.partition(".")[0] not in codes}
        return Sent(others, self.seen)

    def typed_of(self, code: str) -> dict[str, str]:
        """What was typed of one subject, by the name of the part; what was left empty is left out."""
        names = [name for name in self.fields if name.startswith(f"{code}.") and name != f"{code}.{SEEN}"]
        return {name.partition(".")[2]: value for name in names if (value := self.get(name))}

    def get(self, name: str, default: str = "") -> str:
        """The last value of a field, as it was typed."""
        values = self.fields.get(name)
        return values[-1] if values else default


def read_sent(form: Submitted) -> Sent:
    """The form as it was sent; files have no place in it."""
    fields: dict[str, list[str]] = defaultdict(list)
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    for name, value in form.multi_items():
        if not isinstance(value, str):
            continue
        fields[name].append(value)
        for code, part, revision in _shown(name, value):
            # a button that settles a conflict says what its author has seen since
            seen[code][part] = max(revision, seen[code].get(part, 0))
    return Sent(dict(fields), dict(seen))


def _shown(name: str, value: str) -> Iterator[tuple[str, str, int]]:
    """The revisions that a field names, each with its subject and part."""
    code, _point, part = name.partition(".")
    if SEEN not in {name, part}:
        return
    for field, revision in SEEN_PART.findall(value):
        subject, _, named = field.partition(".") if name == SEEN else (code, "", field)
        yield subject, named, int(revision)


SentDep = Annotated[Sent, Depends(read_sent)]
