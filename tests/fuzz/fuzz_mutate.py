"""Mutations that keep enough of a document to get deep: of bytes, of lines, of its structure."""

import json
import random

TOKENS = [
    b"$(inputs.x)",
    b"${return 1}",
    b"{{x}}",
    b"&a",
    b"*a",
    b"<<: *a",
    b"!!python/object/apply:os.system",
    b"../../../etc/passwd",
    b"/etc/passwd",
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\x1b]0;x\x07",
    b"1e999",
    b"-9223372036854775809",
    b"NaN",
    b"9" * 400,
    b"[" * 300,
    b'{"a":' * 60,
    b"true",
    b"null",
    b'<!ENTITY a "b">',
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    b"&a;",
    b"<![CDATA[",
    b"-->",
    b"#!",
    b"\\",
    b"'",
    b'"',
    b"`",
    b"%%bash\n",
    b"!ls\n",
    b"%time",
    b"class: ",
    b"$import: a.cwl\n",
    b"$graph",
    b"run: '#main'",
    b"$include: x",
    b"\r\n",
    b"\t",
    b"\xe2\x80\xae",
    b"ONBUILD ",
    b"FROM ",
    b"ENV A=$A",
    b"<<EOF\n",
    b"--",
    b"[",
    b"]",
    b"(",
    b"...",
    b"|",
    b"=",
    b"@param",
    b"ghp_",
    b"password = 'a1b2c3d4e5'",
    b"__import__('os')",
    b"{type:",
    b"#@param ",
]
VALUES = [
    None,
    True,
    False,
    0,
    -1,
    2**63,
    2**64,
    10**400,
    1e308,
    float("inf"),
    "",
    "\x00",
    "\ud800",
    "a" * 3000,
    "../../x",
    "/",
    "#",
    "#main",
    "a/b",
    "con",
    "$(x)",
    "${x}",
    "\x1b[2J",
    [],
    {},
    [[]],
    [None],
    {"": ""},
    {"class": "File"},
    {"$import": "x"},
    ["null", "int"],
    {"type": "array", "items": "array"},
]


def mutate(data, others, rng):
    """One mutant of ``data``; ``others`` lend parts."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        change = rng.choice((_structure, _structure, _structure, _lines, _bytes, _token, _splice))
        data = change(data, others, rng)
    return data[:60_000]


def _bytes(data, _others, rng):
    data = bytearray(data)
    if not data:
        return b"\x00"
    place, length = rng.randrange(len(data)), rng.choice((1, 1, 2, 8, 64))
    match rng.randrange(3):
        case 0:
            data[place] = rng.randrange(256)
        case 1:
            del data[place : place + length]
        case 2:
            data[place:place] = data[place : place + length] * rng.choice((1, 2, 50))
    return bytes(data)


def _token(data, _others, rng):
    place = rng.randrange(len(data) + 1)
    return data[:place] + rng.choice(TOKENS) + data[place + rng.choice((0, 0, 1, 8)) :]


def _lines(data, _others, rng):
    lines = data.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines[one:one] = [lines[other]] * rng.choice((1, 3, 200))
        case 2:
            del lines[one]
        case 3:
            lines[one] = b" " * rng.choice((1, 2, 40)) + lines[one]
    return b"\n".join(lines)


def _splice(data, others, rng):
    other = rng.choice(others)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _structure(data, others, rng):
    """Change one value of a JSON or YAML document; other texts are changed by token."""
    value = _parsed(data)
    if not isinstance(value, dict | list) or not value:
        return _token(data, others, rng)
    places = list(_places(value))
    holder, key = rng.choice(places)
    match rng.randrange(4):
        case 0:
            del holder[key]
        case 1:
            from_holder, from_key = rng.choice(places)
            holder[key] = from_holder.get(from_key) if isinstance(from_holder, dict) else value
        case 2 if isinstance(holder[key], str):
            token = rng.choice(TOKENS).decode("utf-8", "replace")
            place = rng.randrange(len(holder[key]) + 1)
            holder[key] = holder[key][:place] + token + holder[key][place:]
        case _:
            holder[key] = rng.choice(VALUES)
    try:
        return json.dumps(value, indent=1).encode()
    except (ValueError, RecursionError, TypeError):
        return data


def _parsed(data):
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        pass
    import yaml

    try:
        return yaml.load(data, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError, UnicodeError, TypeError):
        return None


def _places(value, depth=0):
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield value, key
        if isinstance(item, dict | list) and depth < 50:
            yield from _places(item, depth + 1)


def mutants(starts, count, seed):
    """``count`` mutants of the seeds; the same for the same ``seed``."""
    rng = random.Random(seed)
    for number in range(count):
        yield mutate(starts[number % len(starts)], starts, rng)
