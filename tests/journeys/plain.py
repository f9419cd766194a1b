"""A browser without script: it follows links, fills in the forms of a page and presses their buttons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

import lxml.html  # type: ignore[import-untyped]

Value = str | list[str] | tuple[str, bytes]


class Client(Protocol):
    """What fetches: a TestClient, or a client of a real server."""

    def get(self, url: str, **more: Any) -> Any:
        """The answer to a GET."""

    def post(self, url: str, **more: Any) -> Any:
        """The answer to a POST."""


@dataclass
class Visitor:
    """Somebody at a page; an answer that no person should get ends the visit."""

    client: Client
    address: str = "/"
    status: int = 0
    page: Any = field(default=None, repr=False)

    def visit(self, address: str) -> "Visitor":
        """Open a page; an address within the one that is open will do."""
        return self._arrive(self.client.get(self._at(address), follow_redirects=True))

    def follow(self, text: str) -> "Visitor":
        """Take the first link that says this."""
        links = [
            link for link in self.page.xpath("//a[@href]") if text in " ".join(link.text_content().split())
        ]
        assert links, f"no link says “{text}” on {self.address}: {self.says[:600]}"
        return self.visit(links[0].get("href"))

    def press(
        self, button: str, values: Mapping[str, Value] | None = None, *, to: str = "", expect: int = 200
    ) -> "Visitor":
        """Fill in the form that has this button, leaving all else as it is, and press it.

        Of several such buttons, the first that leads to an address that ends so.
        """
        form, pressed = self._form(button, to)
        fields = _filled(form)
        if pressed.get("name"):
            fields[pressed.get("name")] = [pressed.get("value", "")]
        files = {}
        for name, value in (values or {}).items():
            assert name in _names(form), (
                f"“{name}” is no field beside “{button}” on {self.address}: {_names(form)}"
            )
            if isinstance(value, tuple):
                files[name] = value
            else:
                fields[name] = [value] if isinstance(value, str) else value
        address = self._at(pressed.get("formaction") or form.get("action") or self.address)
        if (form.get("method") or "get").lower() == "get":
            return self._arrive(self.client.get(address, params=fields, follow_redirects=True), expect)
        more = {"files": files} if files else {}
        return self._arrive(self.client.post(address, data=fields, follow_redirects=True, **more), expect)

    @property
    def says(self) -> str:
        """The words of the page's middle."""
        (main,) = self.page.xpath("//main")
        return " ".join(main.text_content().split())

    def fields(self, button: str) -> dict[str, list[str]]:
        """What stands in the form that has this button."""
        return _filled(self._form(button)[0])

    def names(self, button: str) -> list[str]:
        """The names of the fields of the form that has this button."""
        return _names(self._form(button)[0])

    def _form(self, button: str, to: str = "") -> tuple[Any, Any]:
        for pressed in self.page.xpath("//button[not(@type) or @type='submit']"):
            form = self._owner(pressed) if button in " ".join(pressed.text_content().split()) else None
            if form is not None and (pressed.get("formaction") or form.get("action") or "").endswith(to):
                return form, pressed
        raise AssertionError(f"no button says “{button}” on {self.address}: {self.says[:600]}")

    def _owner(self, pressed: Any) -> Any:
        """The form to which a button belongs."""
        named = pressed.get("form")
        forms = self.page.xpath("//form[@id=$id]", id=named) if named else pressed.xpath("ancestor::form[1]")
        return next(iter(forms), None)

    def _at(self, address: str) -> str:
        whole = urlsplit(urljoin(f"http://here{self.address}", address))
        return whole.path + (f"?{whole.query}" if whole.query else "")

    def _arrive(self, answer: Any, expect: int = 200) -> "Visitor":
        self.status, self.page = answer.status_code, lxml.html.fromstring(answer.text)
        self.address = urlsplit(str(answer.url)).path
        assert answer.status_code == expect, f"{answer.status_code} at {self.address}: {self.says[:900]}"
        return self


def _fields(form: Any) -> list[Any]:
    """The fields in the form, and those elsewhere on the page that say they belong to it."""
    kinds = ("input", "select", "textarea")
    inside = [one for one in form.iter(*kinds) if not one.get("form")]
    page = form.getroottree().getroot()
    return inside + [
        one for one in page.iter(*kinds) if one.get("form") and one.get("form") == form.get("id")
    ]


def _names(form: Any) -> list[str]:
    return [one.get("name") for one in _fields(form) if one.get("name")]


def _filled(form: Any) -> dict[str, list[str]]:
    """What a browser would send if nobody touched the form."""
    found: dict[str, list[str]] = {}
    for one in _fields(form):
        name, kind = one.get("name"), one.get("type", "text")
        if not name or one.get("disabled") is not None or kind in {"file", "submit", "button"}:
            continue
        if one.tag == "select":
            options = one.xpath(".//option")
            chosen = [option for option in options if option.get("selected") is not None]
            chosen = chosen or ([] if one.get("multiple") is not None else options[:1])
            values = [option.get("value", option.text_content()) for option in chosen]
        elif one.tag == "textarea":
            values = [(one.text or "").removeprefix("\n")]
        elif kind in {"radio", "checkbox"}:
            values = [one.get("value", "on")] if one.get("checked") is not None else []
        else:
            values = [one.get("value", "")]
        if values:
            found.setdefault(name, []).extend(values)
    return found
