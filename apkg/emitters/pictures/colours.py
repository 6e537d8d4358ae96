"""The colours of pictures; text on them has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from typing import Final

LIGHT: Final = {
    "paper": "#ffffff",
    "text": "#16202b",
    "quiet": "#4a5663",
    "edge": "#5d6b7a",
    "input": "#e3effb",
    "input-line": "#2f6fb0",
    "step": "#fdf6e3",
    "step-line": "#8a6d1d",
    "output": "#e2f3e6",
    "output-line": "#2e7d46",
    "missing": "#fde7e7",
    "missing-line": "#b3261e",
    "group": "#f6f7f9",
    "group-line": "#7b8794",
}
DARK: Final = {
    "paper": "#14191f",
    "text": "#edf1f5",
    "quiet": "#b4bfca",
    "edge": "#8996a3",
    "input": "#16324d",
    "input-line": "#6fb1f0",
    "step": "#3a3218",
    "step-line": "#d8b65a",
    "output": "#17392a",
    "output-line": "#6fcf97",
    "missing": "#4a1d1d",
    "missing-line": "#ff8a80",
    "group": "#1d242c",
    "group-line": "#7b8794",
}
