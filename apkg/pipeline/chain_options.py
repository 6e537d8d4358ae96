"""What ``apkg chain`` is asked, in the command's words, and as the request that they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apkg.chains.interface import ChainRequest, Outcome, Wire
from apkg.emitters.interface import CwlVersion, ExecutionUnit
from apkg.errors import UsageError
from apkg.model import PICK_VALUES, SCATTER_METHODS, PickValue, ScatterMethod
from apkg.names import is_process_id, printable, process_id
from apkg.sources.manifest.reading import ManifestReading

_FORMS = {
    "--link": "STEP/OUTPUT=STEP/INPUT",
    "--pick": "STEP/INPUT=METHOD",
    "--scatter-method": "STEP=METHOD",
    "--when": "STEP=EXPRESSION",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainOptions:
    """How the parts are wired, and what is written; all words are as the command takes them.

    ``links`` are ``STEP/OUTPUT=STEP/INPUT`` or ``NAME=STEP/INPUT``, ``picks``
    ``STEP/INPUT=METHOD`` or ``OUTPUT=METHOD``, ``outputs`` ``[NAME=]STEP/OUTPUT`` (several of one
    name are one output), ``scatter`` ``STEP/INPUT``, ``methods`` ``STEP=METHOD`` and ``when``
    ``STEP=EXPRESSION``. ``out`` is the CWL file. ``said`` is what a manifest says of the whole,
    with paths relative to ``folder``. ``allow_secrets`` packs what looks like a password.
    """

    out: Path
    id: str | None = None
    title: str = ""
    abstract: str = ""
    links: tuple[str, ...] = ()
    picks: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    scatter: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    guess: bool = True
    split: bool = False
    cwl_version: CwlVersion = "v1.2"
    execution_unit: ExecutionUnit = "href"
    cwl_url: str | None = None
    force: bool = False
    allow_secrets: bool = False
    said: ManifestReading | None = None
    folder: Path = Path()


def request_of(options: ChainOptions) -> ChainRequest:
    """Read the words of ``options``; the parts are not among them.

    Raises:
        UsageError: a word is not of the form that its option takes, or two contradict.

    """
    picks = _picks(options.picks)
    wires = tuple(_wire(word, picks) for word in options.links)
    outputs = _outputs(options.outputs, picks)
    known = {f"{wire.step}/{wire.input}" for wire in wires} | set(outputs)
    unused = next((end for end in picks if end not in known), None)
    if unused is not None:
        option = "--link STEP/OUTPUT=" if "/" in unused else "--output "
        raise UsageError(
            f"--pick {printable(unused)}: nothing is linked to it",
            hint=f"Name its sources: {option}{unused}{'' if '/' in unused else '=STEP/OUTPUT'}",
        )
    return ChainRequest(
        id=_id(options),
        parts=(),
        title=options.title,
        abstract=options.abstract,
        wires=wires,
        shared=tuple(dict.fromkeys(options.share)),
        outputs=outputs,
        scatter=tuple(_end(word, "--scatter") for word in options.scatter),
        methods={
            step: _one_of(SCATTER_METHODS, method, "--scatter-method")
            for step, method in _once(options.methods, "--scatter-method").items()
        },
        when=_once(options.when, "--when"),
        guess=options.guess,
    )


def _id(options: ChainOptions) -> str:
    if options.id is None:
        return process_id(options.out.stem)
    if not is_process_id(options.id):
        raise UsageError(
            f"{printable(options.id)!r} cannot be an id",
            hint="Letters, digits and single - _ . between them; not main.",
        )
    return options.id


def _picks(words: Sequence[str]) -> dict[str, PickValue]:
    return {
        end: _one_of(PICK_VALUES, method, "--pick")
        for end, method in _once(words, "--pick").items()
    }


def _once(words: Sequence[str], option: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _pairs(words, option):
        if found.setdefault(name, value) != value:
            raise UsageError(
                f"{option}: {printable(name)} is there twice, as {printable(found[name])} and as "
                f"{printable(value)}",
                hint="Leave one of the two out.",
            )
    return found


def _pairs(words: Sequence[str], option: str) -> list[tuple[str, str]]:
    pairs = [word.partition("=") for word in words]
    wrong = next((n for n, (a, mark, b) in enumerate(pairs) if not (a and mark and b)), None)
    if wrong is not None:
        raise UsageError(
            f"{option} {printable(words[wrong])}: there is no = between two names",
            hint=f"Write {option} {_FORMS[option]}",
        )
    return [(first, second) for first, _, second in pairs]


def _end(word: str, option: str) -> tuple[str, str]:
    step, slash, name = word.partition("/")
    if not (step and slash and name) or "/" in name:
        raise UsageError(
            f"{option} {printable(word)}: this is not a step and a name in it",
            hint="Write STEP/NAME.",
        )
    return step, name


def _wire(word: str, picks: Mapping[str, PickValue]) -> Wire:
    ((source, target),) = _pairs([word], "--link")
    step, name = _end(target, f"--link {printable(source)}=")
    if "/" in source:
        _end(source, "--link")
    return Wire(source=source, step=step, input=name, pick_value=picks.get(target))


def _one_of(known: tuple[ScatterMethod | PickValue, ...], word: str, option: str) -> Any:
    if word not in known:
        raise UsageError(
            f"{option}: there is no method {printable(word)!r}", hint=f"One of: {', '.join(known)}."
        )
    return word


def _outputs(words: Sequence[str], picks: Mapping[str, PickValue]) -> dict[str, Outcome]:
    sources: dict[str, list[str]] = {}
    plain: set[str] = set()
    for word in words:
        name, mark, source = word.partition("=")
        if not mark:
            name, source = _end(word, "--output")[1], word
            # Only whoever writes the name twice means one output of several.
            if name in sources:
                raise _same_name(name, source)
            plain.add(name)
        elif name in plain:
            raise _same_name(name, source)
        _end(source, "--output")
        sources.setdefault(name, []).append(source)
    return {
        name: Outcome(sources=tuple(found), pick_value=picks.get(name))
        for name, found in sources.items()
    }


def _same_name(name: str, source: str) -> UsageError:
    return UsageError(
        f"two outputs are called {printable(name)}",
        hint=f"Name one of them: --output NAME={source}",
    )
