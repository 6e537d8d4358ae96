"""Texts that are secrets by their shape alone: access keys, tokens, private keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from apkg.sources.secrets.placeholders import is_placeholder

#: Bodies of tokens with fewer different characters than this are drawn, not made.
_FEWEST_CHARACTERS = 6


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of secret. Only a text that holds one of ``marks`` is searched for ``pattern``.

    The group ``body`` of the pattern is what must not be a placeholder.
    """

    name: str
    marks: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A secret in a text: what it is, and where (offsets)."""

    kind: str
    start: int
    end: int


_WORD = r"(?<![A-Za-z0-9_])"
_END = r"(?![A-Za-z0-9_])"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SHAPES = (
    Shape("an AWS access key", ("AKIA", "ASIA"), _WORD + r"(?:AKIA|ASIA)(?P<body>[A-Z0-9]{16})"),
    Shape(
        "a GitHub token",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
        _WORD + r"(?:gh[pousr]_(?P<body>[A-Za-z0-9]{36,255})|github_pat_\w{22,255})",
    ),
    Shape(
        "a GitLab token",
        ("glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glsoat-", "gloas-"),
        _WORD + r"gl(?:pat|dt|rt|cbt|ptt|soat|oas)-(?P<body>[A-Za-z0-9_.-]{20,255})",
    ),
    Shape(
        "a Slack token",
        ("xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-"),
        _WORD + r"(?:xox[abeprs]|xapp-\d)-(?P<body>[A-Za-z0-9-]{10,255})",
    ),
    Shape(
        "a Slack webhook",
        ("hooks.slack.com/",),
        r"hooks\.slack\.com/(?:services|workflows)/(?P<body>T\w{6,15}/[\w/]{20,100})",
    ),
    Shape(
        "a JSON Web Token",
        ("eyJ",),
        _WORD + r"eyJ[\w-]{8,4096}\.eyJ[\w-]{8,8192}\.(?P<body>[\w-]{8,2048})",
    ),
    Shape(
        "a private key",
        ("PRIVATE KEY-----", "PRIVATE KEY BLOCK-----"),
        r"-----BEGIN (?:[A-Z0-9]{2,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
        r"(?:\s|\\[nr]|[\"',+#]){0,64}(?P<body>[A-Za-z0-9+/=:,\- ]{16})",
    ),
    Shape(
        "a URL with a password",
        ("://",),
        r"(?<![a-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}://"
        r"[^\s/:@?#'\"<>\\]{0,200}:(?P<body>[^\s/@?#'\"<>\\]{1,300})@",
    ),
    Shape(
        "a URL with a token",
        ("://",),
        r"(?<![a-z0-9+.-])https?://(?P<body>(?=[A-Za-z_-]{0,80}\d)[A-Za-z0-9_-]{20,255})@",
    ),
    Shape(
        "a URL with a token",
        ("?", "&"),
        r"[?&](?:api[_-]?key|access[_-]?token|auth[_-]?token|token|subscription[_-]key)="
        r"(?P<body>(?=[A-Za-z_.-]{0,80}\d)(?=[\d_.-]{0,80}[A-Za-z])[\w.-]{16,2000})",
    ),
    Shape(
        "a signed URL",
        ("sig=", "X-Amz-Signature="),
        r"[?&](?:sig=(?P<body>[A-Za-z0-9%+/]{40,90}={0,2})|X-Amz-Signature=[0-9a-f]{64})",
    ),
    Shape(
        "an Authorization header",
        ("earer ", "asic ", "BEARER ", "BASIC "),
        r"(?i:authorization)[\"']?\s{0,4}[:,=]\s{0,4}[bfr]?[\"']?\s?(?i:bearer|basic)\s"
        r"(?P<body>[A-Za-z0-9._~+/-]{16,4096}={0,2})",
    ),
    Shape(
        "a password for .netrc",
        ("machine ",),
        r"(?<!\w)machine\s{1,8}[\w.-]{1,200}\s{1,8}login\s{1,8}\S{1,200}\s{1,8}password\s{1,8}"
        r"(?P<body>[^\s\"'\\]{4,300})",
    ),
    Shape("a key of a Copernicus store", (":",), r"(?<![\w:-])\d{3,7}:(?P<body>" + _UUID + ")"),
    Shape(
        "a key of a Copernicus store",
        ("copernicus.eu/api",),
        r"copernicus\.eu/api[\w/]{0,20}[^A-Za-z]{0,40}(?:\\n)?key[^A-Za-z0-9]{1,20}(?P<body>"
        + _UUID
        + ")",
    ),
    Shape("a Google API key", ("AIza",), _WORD + r"AIza(?P<body>[\w-]{35})(?![\w-])"),
    Shape("a Google token", ("ya29.",), _WORD + r"ya29\.(?P<body>[\w-]{30,2048})"),
    Shape("a Google client secret", ("GOCSPX-",), _WORD + r"GOCSPX-(?P<body>[\w-]{28})"),
    Shape("an OpenAI key", ("sk-",), _WORD + r"sk-(?P<body>(?:[a-z]+-)?[A-Za-z0-9_-]{32,255})"),
    Shape("a Stripe key", ("k_live_",), _WORD + r"[sr]k_live_(?P<body>[A-Za-z0-9]{16,255})"),
    Shape("a Hugging Face token", ("hf_",), _WORD + r"hf_(?P<body>[A-Za-z0-9]{34,40})" + _END),
    Shape("a PyPI token", ("pypi-AgE",), _WORD + r"pypi-AgE(?P<body>[\w-]{50,255})"),
    Shape("an npm token", ("npm_",), _WORD + r"npm_(?P<body>[A-Za-z0-9]{36})" + _END),
    Shape("a Docker Hub token", ("dckr_",), _WORD + r"dckr_[op]at_(?P<body>[\w-]{27,40})"),
    Shape("a SendGrid key", ("SG.",), _WORD + r"SG\.(?P<body>[\w-]{22}\.[\w-]{43})"),
    Shape(
        "a DigitalOcean token",
        ("do_v1_", "doo_v1_", "dop_v1_", "dor_v1_"),
        _WORD + r"do[opr]_v1_(?P<body>[0-9a-f]{64})",
    ),
    Shape("a Databricks token", ("dapi",), _WORD + r"dapi(?P<body>[0-9a-f]{32})" + _END),
    Shape("a Telegram token", (":AA",), r"(?<![\w:])\d{8,10}:AA(?P<body>[\w-]{33})(?![\w-])"),
    Shape("an age key", ("AGE-SECRET-KEY-1",), r"AGE-SECRET-KEY-1(?P<body>[0-9A-Z]{58})"),
    Shape("a Planet API key", ("PLAK",), _WORD + r"PLAK(?P<body>[0-9a-f]{32})" + _END),
    Shape("a Mapbox secret token", ("sk.eyJ",), _WORD + r"sk\.eyJ(?P<body>[\w-]{20,500}\.[\w-]+)"),
    Shape(
        "an Azure storage key",
        ("AccountKey=",),
        r"AccountKey=(?P<body>[A-Za-z0-9+/]{60,100}={0,2})",
    ),
    Shape(
        "an Azure client secret",
        ("Q~",),
        r"(?<![\w~.-])[\w.~-]{3}\dQ~(?P<body>[\w.~-]{31,34})(?![\w~.-])",
    ),
)


#: Where a person chose the body, words that say so make it a placeholder.
_WORDY = frozenset(["a URL with a password", "a password for .netrc"])


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def shaped(text: str) -> Iterator[Hit]:
    """The secrets in ``text`` that their shape gives away."""
    for shape in SHAPES:
        if not any(mark in text for mark in shape.marks):
            continue
        for match in _compiled(shape.pattern).finditer(text):
            if not _is_drawn(shape, match["body"]):
                yield Hit(shape.name, match.start(), match.end())


def _is_drawn(shape: Shape, body: str | None) -> bool:
    """Whether a person wrote the body to show what one looks like."""
    if body is None:
        return False
    if shape.name in _WORDY:
        return is_placeholder(body)
    return (
        len(set(body)) < _FEWEST_CHARACTERS or "EXAMPLE" in body.upper() or "xxxx" in body.lower()
    )
