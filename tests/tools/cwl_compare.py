"""How near a generated CommandLineTool comes to the one that an expert wrote."""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

_OPTION = re.compile(r"(?<![\w$.-])-{1,2}[A-Za-z0-9][\w.-]*")
_METAVAR = r"(?:[ =]?(?:<[^<>]*>|\{[^{}]*\}|\[[^\[\]]*\]|[A-Z][A-Z0-9_]*))?"
#: What stands between two spellings of one option: a comma, or the gap of Typer's boxes.
_BETWEEN = re.compile(rf"{_METAVAR}[\"']?\s*,\s*[\"']?|[ ]{{2,}}")
_PARAMETER = re.compile(r"\$\{(\w+)\}")


class Known:
    """What the tool's own help or source says: its options, and which of them are one."""

    def __init__(self, text):
        self._plain = plain(text)
        self._options = {f"-P{name}" for name in _PARAMETER.findall(text)}
        self._groups = {}
        last = None
        for found in _OPTION.finditer(text):
            option = found[0].rstrip(".-")
            self._options.add(option)
            gap = text[last.end() : found.start()] if last else None
            joined = gap is not None and _BETWEEN.fullmatch(gap) and not opposite(last[0], option)
            group = self._groups[last[0].rstrip(".-")] if joined else {option}
            group.add(option)
            self._groups.setdefault(option, group).add(option)
            last = found

    def same(self, one, other):
        """Whether two prefixes are spellings of one option."""
        one, other = bare(one), bare(other)
        if one == other:
            return True
        return not opposite(one, other) and other in self._groups.get(one, ())

    def tells(self, param):
        """Whether the help mentions this option, or this argument."""
        if param.prefix is None:
            # An option taken for an argument is no argument that the help has.
            name = plain(param.name)
            return name in self._plain and name not in map(plain, self._options)
        option = bare(param.prefix)
        # [-Ln]: the letter and its value are one word.
        short = len(option) == 2 and any(known.startswith(option) for known in self._options)
        return option in self._options or short


def bare(prefix):
    return prefix.rstrip("= ")


def plain(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def opposite(one, other):
    """``--x`` and ``--no-x``."""
    stems = {re.sub(r"^--?no-?", "--", option) for option in (one, other)}
    return one != other and len(stems) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of what is right, out of ``inputs`` and ``outputs`` that the expert has."""

    inputs: int
    outputs: int
    found: int = 0
    types: int = 0
    prefixes: int = 0
    outputs_found: int = 0
    command: bool | None = False
    extra: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def compare(expert, made, known):
    """The score of one tool; ``known`` is what its help says."""
    pairs = match(expert.params, made.params, known)
    wrong = [f"input {p.name}: missing" for p in expert.params if p.name not in pairs]
    types = prefixes = 0
    for param in expert.params:
        if param.name in pairs:
            other = pairs[param.name]
            types += _right(wrong, f"type of {param.name}", param.shape, other.shape)
            good = _same_place(param, other, expert, made, pairs, known)
            prefixes += good
            if not good:
                wrong.append(f"place of {param.name}: {place(other)}, not {place(param)}")
    left = [p for p in made.params if p not in pairs.values()]
    outputs = [out for out in expert.outputs if _is_found(out, expert, made, pairs)]
    wrong += [f"output {out.name}: missing" for out in expert.outputs if out not in outputs]
    return Score(
        inputs=len(expert.params),
        outputs=len(expert.outputs),
        found=len(pairs),
        types=types,
        prefixes=prefixes,
        outputs_found=len(outputs),
        command=expert.command == made.command,
        extra=tuple(param.name for param in left if known.tells(param)),
        invented=tuple(param.name for param in left if not known.tells(param)),
        wrong=tuple(wrong),
    )


def _right(wrong, what, wanted, got):
    if wanted != got:
        wrong.append(f"{what}: {got}, not {wanted}")
    return wanted == got


def match(expert, made, known):
    """The generated input of each of the expert's: by prefix, then place, then name."""
    pairs = {}

    def take(agree):
        for param in expert:
            if param.name not in pairs:
                left = (other for other in made if other not in pairs.values())
                other = next((other for other in left if agree(param, other)), None)
                if other is not None:
                    pairs[param.name] = other

    take(lambda one, other: _optional(one, other) and bare(one.prefix) == bare(other.prefix))
    take(lambda one, other: _optional(one, other) and known.same(one.prefix, other.prefix))
    take(lambda one, other: _positional(one, other) and plain(one.name) == plain(other.name))
    take(_positional)
    take(lambda one, other: plain(one.name) == plain(other.name))
    return pairs


def _optional(one, other):
    return one.prefix is not None and other.prefix is not None


def _positional(one, other):
    return one.positional and other.positional


def place(param):
    """Where it stands, for people."""
    if not param.bound:
        return "not on the command line"
    if param.prefix is None:
        return f"positional {param.position}"
    ways = ["" if param.separate else "glued", "repeated" if param.repeat else ""]
    ways.append(f"joined by {param.separator!r}" if param.separator else "")
    return " ".join([repr(param.prefix), *filter(None, ways)])


def _same_place(one, other, expert, made, pairs, known):
    if one.bound != other.bound or (one.prefix is None) != (other.prefix is None):
        return False
    if one.prefix is None:
        return _rank(one, expert, pairs, expert=True) == _rank(other, made, pairs, expert=False)
    if not known.same(one.prefix, other.prefix) or _glued(one) != _glued(other):
        return False
    both_arrays = one.shape.arrays and other.shape.arrays
    return not both_arrays or (one.repeat, one.separator) == (other.repeat, other.separator)


def _glued(param):
    """``--x=1`` and ``--x 1`` are one to every parser of long options; ``-x1`` is not ``-x 1``."""
    if param.separate or param.shape.kind == "boolean":
        return None
    long = param.prefix.startswith("--") and param.prefix.endswith("=")
    return None if long else param.prefix


def _rank(param, tool, pairs, *, expert):
    """Its place among those positional arguments that both tools have."""
    shared = set(pairs) if expert else {other.name for other in pairs.values()}
    order = [p.name for p in tool.params if p.positional and p.name in shared]
    return order.index(param.name) if param.name in order else None


def _is_found(out, expert, made, pairs):
    names = {other.name: name for name, other in pairs.items()}
    wanted = _targets(out, expert, {param.name: param.name for param in expert.params})
    for other in made.outputs:
        same = (out.shape.kind, out.shape.arrays) == (other.shape.kind, other.shape.arrays)
        if same and any(_meets(a, b) for a in wanted for b in _targets(other, made, names)):
            return True
    return False


def _targets(out, tool, names):
    """What the glob finds: with inputs by the expert's names, and with their defaults."""
    if out.glob is None:
        return {"<stdout>"}

    def named(found):
        return f"<{names.get(found[1], '?' + found[1])}>"

    def default(found):
        param = tool.param(found[1])
        return str(param.default) if param and param.default is not None else "<nothing>"

    pattern = re.compile(r"\$\(inputs\.(\w+)(?:\.(?:basename|path))?\)")
    found = {pattern.sub(replace, out.glob) for replace in (named, default)}
    return {target for target in found if "<nothing>" not in target}


def _meets(wanted, got):
    if wanted == got:
        return True
    return "*" in got and got != "*" and "<" not in wanted and fnmatchcase(wanted, got)
