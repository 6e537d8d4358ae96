"""What real tools print.

The counts are the reader's own, kept so that a change is seen; they were compared, both ways,
with the flags that a plain search finds in usage lines and at the beginning of rows.
"""

from __future__ import annotations

import pytest

from apkg.errors import SourceError
from apkg.sources.helptext import read_help

#: file: (options, positional arguments, sub-commands)
COUNTS = {
    "curl_all": (250, 1, 0),
    "convert": (250, 1, 0),
    "cwltool": (88, 2, 0),
    "docker_run": (98, 3, 0),
    "gdal_calc": (18, 0, 0),
    "gdal_merge": (16, 1, 0),
    "gdal_rasterize": (24, 2, 0),
    "gdal_translate": (38, 2, 0),
    "gdalwarp": (45, 2, 0),
    "gdaldem": (0, 0, 7),
    "ogr2ogr": (68, 3, 0),
    "ogr2ogr_long": (68, 3, 0),
    "grep": (47, 2, 0),
    "sort": (31, 1, 0),
    "tar": (157, 1, 0),
    "make": (32, 1, 0),
    "jupytext": (29, 1, 0),
    "otb_ExtractROI.err": (26, 0, 0),
    "papermill": (26, 2, 0),
    "pip_install": (74, 1, 0),
    "repo2docker": (30, 2, 0),
    "rio": (9, 0, 21),
    "rio_calc": (9, 3, 0),
    "rio_warp": (19, 2, 0),
    "ssh.err": (44, 3, 0),
    "typer": (6, 1, 1),
    "tool_marjo_stac_clip": (5, 0, 0),
    "tool_patterns": (1, 0, 14),
    "tool_pattern_9": (5, 0, 0),
}
NO_HELP = (
    "ffmpeg.err",
    "gdalwarp_long.err",
    "nbconvert.err",
    "rsync.err",
    "tool_convert_sh",
    "tool_gedi_subset_sh.err",
    "tool_pattern_12.err",
)


@pytest.mark.parametrize("name", COUNTS)
def test_counts(corpus, name):
    command = read_help((corpus / f"{name}.txt").read_text(encoding="utf-8"), path=name)
    options = [argument for argument in command.arguments if argument.flags]
    places = [argument for argument in command.arguments if not argument.flags]
    assert (len(options), len(places), len(command.commands)) == COUNTS[name]


@pytest.mark.parametrize("name", NO_HELP)
def test_what_is_no_help_is_refused(corpus, name):
    with pytest.raises(SourceError):
        read_help((corpus / f"{name}.txt").read_text(encoding="utf-8"), path=name)


def test_every_flag_stands_in_its_text(corpus):
    for path in sorted(corpus.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        try:
            command = read_help(text, path=path.name)
        except SourceError:
            continue
        for argument in command.arguments:
            for flag in argument.flags:
                assert flag in text or len(flag) == 2, (path.name, flag)
