"""What ``apkg convert``, ``inspect`` and ``run`` say; ``apkg validate`` says none of it."""

from __future__ import annotations

from apkg.validators.rules.model import Example, Rule

RULES = (
    Rule(
        id="commandline/guessed-type",
        title="The type of an argument was guessed.",
        why="A name such as 'input' is taken for a File. Say it where that is wrong.",
        source="apkg",
        severity="note",
        wrong=Example("crop --input scene.tif\n", "command line"),
        right=Example("inputs: {input: {type: File}}\n", "apkg.yaml"),
    ),
    Rule(
        id="commandline/guessed-output",
        title="What a command writes was guessed.",
        why="No help text tells a machine which files come out.",
        source="apkg",
        severity="note",
        wrong=Example("crop scene.tif\n", "command line"),
        right=Example('outputs: {result: {type: File, glob: "*.tif"}}\n', "apkg.yaml"),
    ),
    Rule(
        id="surroundings/unreadable",
        title="CITATION.cff, codemeta.json and pyproject.toml beside a source can be read.",
        why="Authors, licence and version in them are not taken over otherwise.",
        source="Citation File Format 1.2.0; CodeMeta 3.0; PEP 621",
        severity="warning",
        wrong=Example(
            '# %% tags=["parameters"]\nlevel = 3\n',
            "example.ipynb",
            beside=(("CITATION.cff", "title: [Crop\n"),),
        ),
        right=Example(
            '# %% tags=["parameters"]\nlevel = 3\n',
            "example.ipynb",
            beside=(("CITATION.cff", "cff-version: 1.2.0\ntitle: Crop\n"),),
        ),
    ),
    Rule(
        id="deployprocess/reading",
        title="apkg can take this part of the deployment document into an application.",
        why="What cannot be taken over is left out, and said here.",
        source="apkg",
        severity="note",
        wrong=Example(
            '{"processDescription": {"process": {"id": "crop"}},\n'
            ' "executionUnit": [{"href": "https://example.org/crop.cwl"}]}\n',
            "example.deploy.json",
        ),
        right=Example(
            '{"processDescription": {"process": {"id": "crop"}},\n'
            ' "executionUnit": [{"href": "docker.io/example/crop:1.0"}]}\n',
            "example.deploy.json",
        ),
    ),
    Rule(
        id="deployprocess/not-kept",
        title="Nothing that a deployment document says is left behind when apkg reads it.",
        why="A translation lists what is, and fails on it with --strict.",
        source="apkg",
        severity="note",
        wrong=Example(
            '{"processDescription": {"process": {"id": "crop",\n'
            '  "inputs": {"name": {"schema": {"type": "string", "pattern": "^S2"}}}}},\n'
            ' "executionUnit": {"type": "docker", "image": "docker.io/example/crop:1.0"}}\n',
            "example.deploy.json",
        ),
        right=Example(
            '{"processDescription": {"process": {"id": "crop",\n'
            '  "inputs": {"name": {"schema": {"type": "string"}}}}},\n'
            ' "executionUnit": {"type": "docker", "image": "docker.io/example/crop:1.0"}}\n',
            "example.deploy.json",
        ),
    ),
    Rule(
        id="snap/path-on-disk",
        title="No node of a SNAP graph names a place on its author's own disk.",
        why="No platform has that file.",
        source="apkg",
        severity="warning",
        wrong=Example("<orbitFile>/home/ada/orbit.zip</orbitFile>\n", "example.xml"),
        right=Example("<orbitFile>${orbitFile}</orbitFile>\n", "example.xml"),
    ),
    Rule(
        id="snap/reads-nothing",
        title="A node of a SNAP graph that reads a product names it.",
        why="Nobody can give the product if no file is named.",
        source="apkg",
        severity="warning",
        wrong=Example(
            '<node id="Read"><operator>Read</operator><parameters/></node>\n', "example.xml"
        ),
        right=Example(
            '<node id="Read"><operator>Read</operator>\n'
            "  <parameters><file>${scene}</file></parameters></node>\n",
            "example.xml",
        ),
    ),
    Rule(
        id="snap/path-replaced",
        title="A file that a SNAP graph reads or writes has become an input.",
        why="The file of the graph's author is not the file of the next user.",
        source="apkg",
        severity="note",
        wrong=Example("<file>/home/ada/scene.zip</file>\n", "example.xml"),
        right=Example("<file>${scene}</file>\n", "example.xml"),
    ),
    Rule(
        id="cli/unresolved",
        title="All that is said of an argument can be read without running the code.",
        why="What is computed is left out; the code is never run to read it.",
        source="apkg",
        severity="note",
        wrong=Example(
            'parser.add_argument("--level", default=compute())\n',
            "tool.py",
        ),
        right=Example(
            'parser.add_argument("--level", type=int, default=3)\n',
            "tool.py",
        ),
    ),
    Rule(
        id="cli/group",
        title="The sub-commands of a command are declared in its source.",
        why="What is added only when it runs (plug-ins) cannot be read without running it.",
        source="apkg",
        severity="note",
        wrong=Example(
            "@click.group()\ndef tool(): ...\n\nfor found in entry_points(): "
            "tool.add_command(found.load())\n",
            "tool.py",
        ),
        right=Example(
            "@click.group()\ndef tool(): ...\n\n@tool.command()\ndef warp(): ...\n", "tool.py"
        ),
    ),
    Rule(
        id="cli/action",
        title="The action of an argument is one that apkg knows.",
        why="What an action of your own does with the value is not known.",
        source="apkg",
        severity="note",
        wrong=Example(
            'parser.add_argument("--level", action=Checked)\n',
            "tool.py",
        ),
        right=Example(
            'parser.add_argument("--level", type=int)\n',
            "tool.py",
        ),
    ),
    Rule(
        id="cli/bool",
        title="A flag is declared as a flag.",
        why='type=bool takes every text, "False" included, for true.',
        source="apkg",
        severity="note",
        wrong=Example(
            'parser.add_argument("--quick", type=bool)\n',
            "tool.py",
        ),
        right=Example(
            'parser.add_argument("--quick", action="store_true")\n',
            "tool.py",
        ),
    ),
    Rule(
        id="cli/default",
        title="The default of a number is a number.",
        why="A text cannot be the default of a number.",
        source="apkg",
        severity="note",
        wrong=Example(
            'parser.add_argument("--level", type=int, default="high")\n',
            "tool.py",
        ),
        right=Example(
            'parser.add_argument("--level", type=int, default=3)\n',
            "tool.py",
        ),
    ),
    Rule(
        id="cli/decorator",
        title="The decorators of a command are ones that apkg knows.",
        why="A decorator of your own may declare parameters that nobody sees.",
        source="apkg",
        severity="note",
        wrong=Example("@click.command()\n@my_options\ndef crop(): ...\n", "tool.py"),
        right=Example(
            '@click.command()\n@click.option("--level", type=int)\ndef crop(level): ...\n',
            "tool.py",
        ),
    ),
    Rule(
        id="cli/name",
        title="The name of a command is written out.",
        why="A name that is computed is only known when the code runs.",
        source="apkg",
        severity="note",
        wrong=Example("@group.command(name=find_name())\ndef crop(): ...\n", "tool.py"),
        right=Example('@group.command(name="crop")\ndef crop(): ...\n', "tool.py"),
    ),
    Rule(
        id="cli/size",
        title="The code that defines the command line can be followed to its end.",
        why="Arguments that are declared far down may be missing.",
        source="apkg",
        severity="note",
        wrong=Example("apkg convert the_whole_library/\n", "command line"),
        right=Example("apkg convert the_whole_library/cli.py\n", "command line"),
    ),
    Rule(
        id="docker/entrypoint",
        title="The image has no ENTRYPOINT.",
        why="Engines that keep it start it before the base command as well.",
        source="CWL v1.2, CommandLineTool: DockerRequirement; OGC 20-089, requirement 8",
        severity="warning",
        wrong=Example('FROM python:3.12\nENTRYPOINT ["crop"]\n', "Dockerfile"),
        right=Example('FROM python:3.12\nCMD ["crop"]\n', "Dockerfile"),
    ),
    Rule(
        id="docker/no-entrypoint",
        title="The image says what it runs.",
        why="Without a command the one console script of the project is taken.",
        source="apkg",
        severity="note",
        wrong=Example("FROM python:3.12\nRUN pip install .\n", "Dockerfile"),
        right=Example('FROM python:3.12\nRUN pip install .\nCMD ["crop"]\n', "Dockerfile"),
    ),
    Rule(
        id="tool/guessed-command",
        title="It is known where the image holds the program.",
        why="The base command is a guess otherwise.",
        source="apkg",
        severity="warning",
        wrong=Example("image: crop:1.0\n", "apkg.yaml"),
        right=Example("image: crop:1.0\nbaseCommand: [python3, /app/crop.py]\n", "apkg.yaml"),
    ),
    Rule(
        id="tool/image-assumed",
        title="The image of a tool is named.",
        why="The package asks for an image that may not exist.",
        source="apkg",
        severity="note",
        wrong=Example("title: Crop\n", "apkg.yaml"),
        right=Example("title: Crop\nimage: registry.example.org/crop:1.0\n", "apkg.yaml"),
    ),
)
