"""Read a YAML file without trusting it, and remember on which line each value stands.

Only plain data is taken: no anchors and aliases, no tags of its own, no key twice, and nothing
larger or deeper than any template needs.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.resolver import Resolver

from app.founding.faults import Fault, Place
from app.i18n import _

MAX_BYTES = 1024 * 1024
MAX_VALUES = 50_000
MAX_DEPTH = 12

# NUL cannot be stored by PostgreSQL, and half of a surrogate pair by nobody.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Unreadable(Exception):
    """Reading stops here."""

    def __init__(self, line: int, message: str, **fields: object) -> None:
        super().__init__(message)
        self.fault = (line, message, fields)


@dataclass
class Document:
    """The content of a file, and the line of everything in it by its path."""

    file: str
    content: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Place) -> int:
        """The line of a value, or of the nearest that holds its place."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Place, message: str, **fields: object) -> None:
        """Note what is wrong with the value at the path."""
        self.faults.append(Fault(self.file, self.line(path), message, fields))


def read(path: Path) -> Document:
    """The document in a file; one that cannot be read has no content and says why."""
    document = Document(path.name)
    try:
        _Composer(document).compose(_source(path))
    except FileNotFoundError:
        document.fault((), _("The file is missing."))
    except UnicodeDecodeError:
        document.fault((), _("The file is not text in UTF-8."))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reason = _("This is not YAML as it should be: %(problem)s.")
        document.faults.append(Fault(path.name, line, reason, {"problem": error.problem or error.context}))
    except yaml.reader.ReaderError:
        document.fault((), _("The file holds characters that YAML does not allow."))
    except _Unreadable as error:
        line, message, fields = error.fault
        document.faults.append(Fault(path.name, line, message, fields))
    if document.faults:
        document.content = None
    return document


def _source(path: Path) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise _Unreadable(1, _("The file is larger than %(limit)s kilobytes."), limit=MAX_BYTES // 1024)
    return path.read_text(encoding="utf-8")


@dataclass
class _Open:
    """A list or mapping whose end has not been reached; a mapping's key waits for its value."""

    path: Place
    values: dict[str, Any] | list[Any]
    key: str | None = None


class _Composer:
    """Turn YAML's events into lists, mappings and scalars: no recursion, so that depth is harmless."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.resolver = Resolver()
        self.constructor = SafeConstructor()
        self.open: list[_Open] = []
        self.count = 0
        self.finished = False

    def compose(self, source: str) -> None:
        """Fill the document."""
        for event in yaml.parse(source, Loader=LOADER):
            self._take(event, event.start_mark.line + 1 if event.start_mark else 1)
        if not self.finished:
            raise _Unreadable(1, _("The file is empty."))

    def _take(self, event: yaml.Event, line: int) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _Unreadable(line, _("Anchors and aliases (& and *) are not used in templates."))
        match event:
            case yaml.ScalarEvent():
                self._scalar(event, line)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event, line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.open.pop()
                self.finished = not self.open
            case yaml.DocumentStartEvent() if self.finished:
                raise _Unreadable(line, _("The file holds more than one document."))
            case _:
                pass

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, line: int) -> None:
        if event.tag is not None:
            raise _Unreadable(line, _("Tags (!) are not used in templates."))
        if len(self.open) >= MAX_DEPTH:
            raise _Unreadable(line, _("The content is nested more than %(limit)s deep."), limit=MAX_DEPTH)
        values: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.open.append(_Open(self._place(values, line), values))

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.tag is not None:
            raise _Unreadable(line, _("Tags (!) are not used in templates."))
        if UNSTORABLE.search(event.value):
            raise _Unreadable(line, _("The text holds characters that cannot be stored."))
        top = self.open[-1] if self.open else None
        if top is None or isinstance(top.values, list) or top.key is not None:
            self._place(self._value(event, line), line)
            return
        if event.value in top.values:
            raise _Unreadable(line, _("“%(key)s” stands here twice."), key=event.value[:60])
        top.key = event.value
        self.document.lines[(*top.path, event.value)] = line

    def _value(self, event: yaml.ScalarEvent, line: int) -> object:
        tag = self.resolver.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        try:
            return self.constructor.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError, ConstructorError):
            raise _Unreadable(line, _("“%(value)s” cannot be read."), value=event.value[:60]) from None

    def _place(self, value: object, line: int) -> Place:
        """Put the value where it belongs, and say where that is."""
        self.count += 1
        if self.count > MAX_VALUES:
            raise _Unreadable(line, _("The file holds more than %(limit)s values."), limit=MAX_VALUES)
        if not self.open:
            self.document.content, self.finished = value, not isinstance(value, dict | list)
            return ()
        top = self.open[-1]
        if isinstance(top.values, list):
            path: Place = (*top.path, len(top.values))
            top.values.append(value)
            self.document.lines[path] = line
        elif top.key is not None:
            path = (*top.path, top.key)
            top.values[top.key], top.key = value, None
        else:
            raise _Unreadable(line, _("A list or mapping cannot be a key."))
        return path
