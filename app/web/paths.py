"""Where a browser may be sent on to: a page of ours, and never another site."""

import re

LONGEST = 1000
START = "/"
# one slash, then no second one and no backslash (browsers read both as "//host"), and nothing that
# browsers drop or change before they look: control characters and blanks
LOCAL = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")


def local_path(wish: str | None, otherwise: str = START) -> str:
    """The wish if it is a path on this site, else the other."""
    if wish is None or len(wish) > LONGEST or not LOCAL.fullmatch(wish) or "//" in wish.partition("?")[0]:
        return otherwise
    return wish
