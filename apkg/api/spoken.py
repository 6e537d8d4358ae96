"""What the commands say, in the words of Python: ``--force`` is ``force=True`` here."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from apkg.report import Finding

#: Options that are not ``--some-name`` for ``some_name=``.
_OPTIONS: Final = {
    "allow-secrets": "allow_secrets=True",
    "force": "force=True",
    "link": "links=",
    "no-container": "container=False",
    "no-embed": "embed=False",
    "no-guess": "guess=False",
    "output": "outputs=",
    "pick": "picks=",
    "probe": "probe=True",
    "profile": "profiles=",
    "scatter-method": "scatter_methods=",
    "set": "settings=",
    "stac": "stac=True",
    "strict": "strict=True",
}
#: Those that are.
_SAME: Final = (
    *("cli", "command", "cwl-url", "cwl-version", "deploy-profile", "engine", "execution-unit"),
    *("help-text", "id", "ignore", "image", "image-config", "inputs", "manifest", "network"),
    *("out", "runner", "scatter", "share", "split", "style", "timeout", "when"),
)
_PAIR: Final = re.compile(
    r"--(set|link|output|pick) ([^\s=]+)=('[^'\n]*'|\S*?[^\s.,;:)])(?=[.,;:)]*(?:\s|$))"
)
_OPTION: Final = re.compile(r"(?<![\w-])(?:--([a-z][a-z-]*[a-z])|-o)(?![\w-])")
# What stands for a value in the help of the commands.
_NAME: Final = re.compile(r"= (?=(?:DIR|FILE|ID|NAME|REF|SECONDS|URL)\b)")
_COMMAND: Final = re.compile(r"\bapkg (convert|inspect|run|validate) ([^\s\"'-][^\s]*)")


def spoken(text: str) -> str:
    """Say ``text`` with keyword arguments, where it names options that have one."""
    text = _PAIR.sub(_mapping, text)
    text = _COMMAND.sub(lambda m: f'apkg.{m[1]}("{m[2]}")', text)
    text = _OPTION.sub(_keyword, text)
    return _NAME.sub("=", text)


def spoken_finding(finding: Finding) -> Finding:
    """Say the advice of a finding with keyword arguments."""
    if finding.advice is None:
        return finding
    return replace(finding, advice=spoken(finding.advice))


def _mapping(match: re.Match[str]) -> str:
    key, value = match[2], match[3].strip("'")
    if match[1] == "link":
        # The command says where a value comes from first, a mapping where it goes.
        key, value = value, key
    return f'{_OPTIONS[match[1]]}{{"{key}": "{value}"}}'


def _keyword(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "out="
    if name in _SAME:
        return f"{name.replace('-', '_')}="
    return _OPTIONS.get(name, match[0])
