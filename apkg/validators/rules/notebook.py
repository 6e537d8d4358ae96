"""Rules on notebooks: what conversion would stop at, or have to guess."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

_HEAD = '# %% tags=["parameters"]\n'
_GOOD = _HEAD + "level = 3\n"


def _example(text: str, **beside: str) -> Example:
    files = tuple((name.replace("_", "."), content) for name, content in beside.items())
    return Example(text, "example.ipynb", beside=files)


RULES = (
    Rule(
        id="notebook/refused",
        title="The notebook converts.",
        why="An assignment in the parameters cell is an input with a plain value, or an error "
        "that says what to do; nothing is dropped silently.",
        source="apkg",
        wrong=_example(_HEAD + "import os\nfolder = os.getcwd()\n"),
        right=_example(_GOOD),
    ),
    Rule(
        id="notebook/no-inputs",
        title="The notebook declares parameters.",
        why="Without inputs a platform can only run it as it is.",
        source="apkg",
        severity="warning",
        wrong=_example("# %%\nprint('hello')\n"),
        right=_example(_GOOD),
    ),
    Rule(
        id="notebook/type-unknown",
        title="Every parameter has a value or an annotation that tells its type.",
        why="It is taken as an optional text otherwise.",
        source="apkg",
        severity="warning",
        wrong=_example(_HEAD + "level = None\n"),
        right=_example(_HEAD + "level = None  # type: int\n"),
    ),
    Rule(
        id="notebook/not-python",
        title="Every cell of a Python notebook is Python 3.",
        why="A run stops at a cell that is not, and what it reads and writes is not known.",
        source="apkg",
        severity="warning",
        wrong=_example(_GOOD + "# %%\nprint level\n"),
        right=_example(_GOOD + "# %%\nprint(level)\n"),
    ),
    Rule(
        id="notebook/own-arguments",
        title="A notebook does not read the words of a command line.",
        why="In a notebook these are the words that started its kernel: argparse stops there.",
        source="apkg",
        severity="warning",
        wrong=_example(
            "# %%\nimport argparse\nparser = argparse.ArgumentParser()\n"
            "parser.add_argument('--level', type=int, default=3)\nargs = parser.parse_args()\n"
        ),
        right=_example(_GOOD),
    ),
    Rule(
        id="notebook/fixed-input",
        title="Files that the notebook reads are parameters.",
        why="No platform can put a file where only this notebook's author has it.",
        source="OGC 20-089, req/app-stage-in/stac-input",
        severity="warning",
        wrong=_example(
            _GOOD + "# %%\nimport rasterio\nwith rasterio.open('scene.tif') as scene:\n"
            "    band = scene.read(1)\n"
        ),
        right=_example(
            _HEAD + "scene_file = 'scene.tif'\n# %%\nimport rasterio\n"
            "with rasterio.open(scene_file) as scene:\n    band = scene.read(1)\n"
        ),
    ),
    Rule(
        id="notebook/output-outside",
        title="Results are written to the folder that the notebook works in.",
        why="Only that folder is collected.",
        source="OGC 20-089, req/app-pck-stage-out/output-stac",
        severity="warning",
        wrong=_example(
            _GOOD + "# %%\nwith open('/tmp/result.txt', 'w') as result:\n    result.write('3')\n"
        ),
        right=_example(
            _GOOD + "# %%\nwith open('result.txt', 'w') as result:\n    result.write('3')\n"
        ),
    ),
    Rule(
        id="notebook/image-assumed",
        title="The image that holds the notebook's environment is named.",
        why="The package asks for an image that may not exist.",
        source="OGC 20-089, req/app/container and req/app-pck/clt",
        severity="note",
        wrong=_example(_GOOD),
        right=_example(_GOOD, apkg_yaml="image: registry.example.org/crop:1.0\n"),
    ),
)
