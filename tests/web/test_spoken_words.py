"""What templates say by `_()` is text, wherever it comes from."""

from app.web.render import environment


def test_a_strangers_words_are_escaped_when_they_pass_through_gettext():
    shown = environment().from_string("{{ _(words) }}").render(words="550 <script>alert(1)</script>")

    assert shown == "550 &lt;script&gt;alert(1)&lt;/script&gt;"


def test_what_is_filled_into_a_message_is_escaped_once():
    template = environment().from_string('{{ _("Hello %(name)s", name=name) }}')

    assert template.render(name="R & D") == "Hello R &amp; D"
