"""Files are read on while others write them."""

import time

from apkg.runners.follow import followed


def test_lines_of_several_files_at_once_and_to_the_end(tmp_path):
    seen = []
    with followed(tmp_path, seen.append), (tmp_path / "a.log").open("wb", buffering=0) as first:
        first.write(b"one\ntw")
        limit = time.monotonic() + 10
        while seen != ["one"] and time.monotonic() < limit:
            time.sleep(0.05)
        assert seen == ["one"]
        first.write("o \u20ac\r\n".encode())
        (tmp_path / "b.log").write_bytes(b"\xff\nlast without end")
        (tmp_path / "c.txt").write_bytes(b"no log\n")
    assert seen == ["one", "two \u20ac", "\N{REPLACEMENT CHARACTER}", "last without end"]
