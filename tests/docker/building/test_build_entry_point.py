"""A tool's image that had an entry point is run by the package's own command."""

import subprocess
import sys

import pytest

pytestmark = [pytest.mark.docker, pytest.mark.slow]

DOCKERFILE = """\
FROM {base}
COPY count.py /app/count.py
ENTRYPOINT ["python3", "/app/count.py"]
CMD ["--help"]
"""
TOOL = """\
import argparse
parser = argparse.ArgumentParser(description="Count the bytes of a file")
parser.add_argument("file", type=argparse.FileType("rb"), help="the file to count")
parser.add_argument("--output", default="count.txt", help="file to write the number to")
args = parser.parse_args()
open(args.output, "w").write(str(len(args.file.read())))
"""


def apkg(*words):
    command = [sys.executable, "-m", "apkg", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_a_tool_with_an_entry_point_runs(base, tmp_path):
    tool = tmp_path / "tool"
    tool.mkdir()
    (tool / "Dockerfile").write_text(DOCKERFILE.format(base=base), encoding="utf-8")
    (tool / "count.py").write_text(TOOL, encoding="utf-8")
    (tmp_path / "data.bin").write_bytes(b"12345")
    image = "apkg-test/entry-point:1"
    try:
        built = apkg("build", tool, "-o", tmp_path / "package", "-t", image)
        assert "ENTRYPOINT" not in built.stderr.rpartition("writing the package")[2]
        package = tmp_path / "package" / "count.cwl"
        apkg("run", package, f"file={tmp_path / 'data.bin'}", "-o", tmp_path / "out")
    finally:
        subprocess.run(["docker", "image", "rm", "-f", image], capture_output=True, check=False)
    assert (tmp_path / "out" / "count.txt").read_text(encoding="utf-8") == "5"
