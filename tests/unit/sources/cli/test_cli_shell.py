"""Shell scripts."""

import pytest

from apkg.errors import SourceError
from apkg.model import Default, Scalar

STACK = """\
#!/bin/bash
# Stack Sentinel-2 scenes into one GeoTIFF.
#
# Usage: stack.sh -i INPUT_DIR -o OUTPUT
set -euo pipefail
METHOD="mean"
THREADS=4
VERBOSE=false
usage() {
  cat <<HELP
Usage: $0 [options]
  -i DIR     folder with the scenes
  -o FILE    the stack to write
  -m METHOD  mean or median
  -v         talk
HELP
  exit 1
}
while getopts ":i:o:m:t:vh" opt; do
  case $opt in
    i) INPUT_DIR="$OPTARG" ;;
    o) OUTPUT=$OPTARG ;;
    m) METHOD=$OPTARG ;;
    t) THREADS=${OPTARG} ;;
    v) VERBOSE=true ;;
    h) usage ;;
    \\?) echo "Invalid" >&2; exit 1 ;;
  esac
done
shift $((OPTIND - 1))
[ -z "${INPUT_DIR:-}" ] && usage
if [ ! -d "$INPUT_DIR" ]; then exit 1; fi
for f in "$INPUT_DIR"/*.tif; do echo "$f"; done > "$OUTPUT"
EXTRA="${1:-none}"
"""


def test_getopts(command):
    found = command(STACK, name="stack.sh")
    by_name = {a.name: a for a in found.arguments}
    assert (found.words, found.doc) == (
        ("stack.sh",), "Stack Sentinel-2 scenes into one GeoTIFF.",
    )  # fmt: skip
    assert list(by_name) == ["input_dir", "output", "method", "threads", "verbose", "h", "extra"]
    folder, output = by_name["input_dir"], by_name["output"]
    assert (folder.flags, folder.required, folder.type) == (("-i",), True, Scalar("Directory"))
    assert (folder.help, folder.metavar, folder.location.line) == (
        "folder with the scenes", "DIR", 21,
    )  # fmt: skip
    assert (output.type, output.writes, output.required) == (Scalar("File"), True, False)
    assert by_name["method"].default == Default("mean")
    assert by_name["threads"].default == Default(4)
    assert (by_name["verbose"].action, by_name["h"].action) == ("flag", "info")
    assert (by_name["extra"].positional, by_name["extra"].default) == (True, Default("none"))


def test_a_loop_over_the_words(arguments):
    found = arguments(
        """\
        #!/bin/sh
        BBOX=""
        TILES=()
        while [[ $# -gt 0 ]]; do
          case "$1" in
            -b|--bbox)
              BBOX="$2"
              shift 2
              ;;
            --tile) TILES+=("$2"); shift; shift ;;
            --out=*) OUT="${1#*=}"; shift ;;
            -q|--quiet) QUIET=1; shift ;;
            -h|--help)
              echo "  -b, --bbox BBOX   the box"
              exit 0 ;;
            *) SCENE="$1"; shift ;;
          esac
        done
        mkdir -p "$OUT"
        """,
        name="crop.sh",
    )
    bbox, out = found["bbox"], found["out"]
    assert (bbox.flags, bbox.default, bbox.help) == (("-b", "--bbox"), None, "the box")
    assert (found["tiles"].action, found["tiles"].flags) == ("append", ("--tile",))
    assert (out.equals, out.type, out.writes) == (True, Scalar("Directory"), True)
    assert found["quiet"].action == "flag"
    assert found["scene"].positional


def test_getopt(arguments):
    found = arguments(
        """\
        #!/bin/bash
        ARGS=$(getopt -o i:v --long input:,verbose,level: -n tool -- "$@")
        eval set -- "$ARGS"
        while true; do
          case "$1" in
            -i|--input) INPUT="$2"; shift 2 ;;
            -v|--verbose) VERBOSE=1; shift ;;
            --level) LEVEL="$2"; shift 2 ;;
            --) shift; break ;;
          esac
        done
        """,
        name="tool.sh",
    )
    assert {name: (a.action, a.flags) for name, a in found.items()} == {
        "input": ("value", ("-i", "--input")),
        "verbose": ("flag", ("-v", "--verbose")),
        "level": ("value", ("--level",)),
    }


def test_places(arguments):
    found = arguments(
        """\
        #!/usr/bin/env bash
        # $1 - the scene
        INPUT=$1
        OUTDIR="${2:-./out}"
        BANDS=${3:-4}
        mkdir -p "$OUTDIR"
        if [ ! -f "$INPUT" ]; then exit 1; fi
        crop() { gdal_translate "$1" "$2"; }
        crop "$INPUT" "$OUTDIR/x.tif"
        """,
        name="crop",
    )
    assert list(found) == ["input", "outdir", "bands"]
    assert (found["input"].help, found["input"].must_exist) == ("the scene", True)
    assert (found["outdir"].default, found["outdir"].writes) == (Default("./out"), True)
    assert (found["bands"].default, found["bands"].minimum) == (Default(4), 0)


def test_usage_names_what_no_variable_does(arguments):
    code = '#!/bin/sh\necho "Usage: $0 <scene> <out-dir>"\ngdalinfo "$1" > "$2"\n'
    found = arguments(code, name="info.sh")
    assert list(found) == ["scene", "out_dir"]
    assert found["out_dir"].writes


def test_main_is_given_all_words(arguments):
    code = '#!/bin/bash\nmain() {\n  local tile="$1"\n  echo "$tile"\n}\nmain "$@"\n'
    assert list(arguments(code, name="t.sh")) == ["tile"]


def test_a_quote_that_never_ends(read):
    with pytest.raises(SourceError, match="never ends") as error:
        read("#!/bin/sh\necho $1\nX='abc\n", name="t.sh")
    assert error.value.location.line == 3
