"""Documents with coloured syntax, by Pygments; what is very long is plain, or cut."""

from __future__ import annotations

from typing import Final, Literal

#: Characters that are coloured, and that are shown at all.
COLOURED, SHOWN = 200_000, 1_000_000

#: By Pygments' short class names; the variables are in style.css.
_TOKENS: Final = {
    "nt,nl,na": "--key",
    "s,s1,s2,l,sd,nd": "--string",
    "m,mi,mf,kc": "--number",
    "c,c1,cm,cp": "--quiet",
    "k,kt,kr": "--key",
    "err": "--text",
}


def style() -> str:
    """Write the style sheet of coloured text."""
    rules = []
    for names, variable in _TOKENS.items():
        selectors = ",".join(f".code .{name}" for name in names.split(","))
        rules.append(f"{selectors}{{color:var({variable})}}")
    return "".join(rules)


def highlighted(text: str, language: Literal["yaml", "json", "xml"]) -> str:
    """Give the HTML of ``text``, escaped."""
    from markupsafe import escape

    shown = text[:SHOWN]
    if len(shown) > COLOURED:
        return str(escape(shown))
    from pygments import highlight
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language, stripnl=False)
    return highlight(shown, lexer, HtmlFormatter(nowrap=True))


def is_cut(text: str) -> bool:
    """Whether not all of ``text`` is shown."""
    return len(text) > SHOWN
