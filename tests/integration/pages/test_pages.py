"""Reports and pictures in a real Chromium: silent, alone, readable, everywhere text stays text."""

from itertools import pairwise

import pytest
from hostile_workflow import TITLE

PAGES = ["report.html", "graph.html"]
#: The contrast (WCAG 2.2, 1.4.3) of every visible text with what is behind it; SVG has its own.
CONTRASTS = """
(() => {
  const numbers = text => text.match(/[0-9.]+/g).map(Number);
  const light = c => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 };
  const bright = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const [r, g, b, a = 1] = numbers(getComputedStyle(e).backgroundColor);
      if (a > 0) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const e of document.body.querySelectorAll("*")) {
    const own = [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim());
    if (!own || !e.checkVisibility()) continue;
    const style = getComputedStyle(e), svg = e.ownerSVGElement;
    const shape = svg && [...e.parentNode.querySelectorAll("path,polygon")]
      .find(s => getComputedStyle(s).fill != "none");
    if (svg && e.localName != "text") continue;
    const edge = svg && e.parentNode.classList.contains("edge");
    const paper = svg && svg.querySelector(".paper");
    const ground = svg ? numbers(getComputedStyle(edge ? paper : shape).fill) : behind(e);
    const text = numbers(svg ? style.fill : style.color);
    const [a, b] = [bright(text), bright(ground)].sort((x, y) => y - x);
    found.push([(a + 0.05) / (b + 0.05), e.localName + ": " + e.textContent.slice(0, 40)]);
  }
  return found;
})()
"""
#: Whatever makes the page wider than the window.
OVERFLOW = "[document.documentElement.scrollWidth, innerWidth]"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("look", [{}, {"dark": True}, {"width": 375}], ids=str)
def test_the_browser_has_nothing_to_say_and_nothing_to_fetch(browser, pages, name, look):
    page = browser.open(pages / name, **look)
    assert page.told == []
    assert page.asked == [(pages / name).resolve().as_uri()]


@pytest.mark.parametrize("name", PAGES)
def test_words_stay_text(browser, pages, name):
    page = browser.open(pages / name)
    assert page.evaluate("document.querySelector('h1').textContent") == TITLE
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.querySelectorAll('iframe,img,object,embed,form').length") == 0
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
    assert page.evaluate("document.querySelectorAll('style').length") == 1
    assert page.evaluate("[...document.links].map(l => l.protocol)") == (
        ["file:"] * 8 + ["https:"] if name == "report.html" else []
    )
    assert page.told == []


def test_the_policy_is_in_force(browser, pages):
    page = browser.open(pages / "report.html")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', "
        '\'<img src="https://example.org/x.png" onerror="window.hit=1">'
        '<style>body{display:none}</style><p style="color:red">\')'
    )
    page.evaluate("new Promise(done => setTimeout(done, 200))")
    assert page.evaluate("window.hit") is None
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert "Content Security Policy" in str(page.told)
    assert page.blocked == ["csp"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 375, 768])
def test_nothing_is_wider_than_a_phone(browser, pages, name, width):
    page = browser.open(pages / name, width=width)
    assert page.evaluate(OVERFLOW) == [width, width]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("dark", [False, True])
def test_text_has_contrast(browser, pages, name, dark):
    page = browser.open(pages / name, dark=dark)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(20, 25, 31)" if dark else "rgb(255, 255, 255)")
    found = page.evaluate(CONTRASTS)
    assert len(found) > 20
    assert [one for one in found if one[0] < 4.5] == []


def test_a_reader_that_sees_nothing_finds_its_way(browser, pages):
    page = browser.open(pages / "report.html")
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    named = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if "role" in n]
    roles = [role for role, _ in named]
    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert roles.count(landmark) == 1
    (picture,) = [name for role, name in named if role in ("image", "img")]
    assert picture == f"hostile: {TITLE}"
    assert "columnheader" in roles
    assert "rowheader" in roles
    assert page.evaluate("document.documentElement.lang") == "en"
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.localName[1]))"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    # What scrolls can be reached with the keyboard.
    assert page.evaluate(
        "[...document.querySelectorAll('pre,.picture')].every(e => e.tabIndex == 0)"
    )


def test_print_is_on_white_and_leaves_nothing_out(browser, pages):
    page = browser.open(pages / "report.html", dark=True, media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(22, 32, 43)"
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    cut = page.evaluate(
        "[...document.querySelectorAll('pre')].filter(e => e.scrollHeight > e.clientHeight + 2)"
        ".length"
    )
    assert cut == 0
    assert page.pdf().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("dark", "paper"), [(False, "rgb(255, 255, 255)"), (True, "rgb(20, 25, 31)")]
)
def test_a_picture_alone_is_light_or_dark(browser, pages, dark, paper):
    page = browser.open(pages / "graph.svg", dark=dark)
    assert page.told == []
    assert page.evaluate("getComputedStyle(document.querySelector('.paper')).fill") == paper
    assert page.evaluate("document.querySelectorAll('script').length") == 0
    titles = page.evaluate(
        "[...document.querySelectorAll('.node > title')].map(t => t.textContent)"
    )
    assert any(TITLE in title for title in titles)
