"""Small CWL tools for chains, and chains of them that are written, checked and run."""

import json

#: One word and a mark as a text; run twice, over lists, or on a condition.
WORD = """\
cwlVersion: v1.2
class: CommandLineTool
id: main
baseCommand: [printf, "%s%s\\\\n"]
stdout: word.txt
inputs:
  say: {type: string, inputBinding: {position: 1}}
  mark: {type: string, default: ".", inputBinding: {position: 2}}
outputs:
  text: {type: stdout}
"""
JOIN = """\
cwlVersion: v1.2
class: CommandLineTool
id: join
baseCommand: cat
stdout: joined.txt
inputs:
  files: {type: "File[]", inputBinding: {}}
outputs:
  joined: {type: stdout}
"""
#: In the oldest version, with a folder that v1.0 lists without being asked.
COUNT = """\
cwlVersion: v1.0
class: CommandLineTool
baseCommand: [wc, -l]
stdin: $(inputs.lines.path)
stdout: count.txt
inputs:
  lines: File
outputs:
  count: stdout
"""
#: A workflow in two files, the inner one with another version's prefix for schema.org.
UPPER = """\
cwlVersion: v1.2
class: CommandLineTool
id: upper
$namespaces: {s: "http://schema.org/"}
s:author: [{class: s:Person, s:name: Ada}]
baseCommand: [tr, a-z, A-Z]
stdin: $(inputs.source.path)
stdout: upper.txt
inputs: {source: File}
outputs: {result: stdout}
"""
TWICE = """\
cwlVersion: v1.2
class: Workflow
id: main
inputs: {source: File}
outputs: {result: {type: File, outputSource: second/result}}
steps:
  first: {run: upper.cwl, in: {source: source}, out: [result]}
  second: {run: upper.cwl, in: {source: first/result}, out: [result]}
"""
ALL = {"word": WORD, "join": JOIN, "count": COUNT, "upper": UPPER, "twice": TWICE}


def write_tools(folder):
    """Write all tools into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ALL.items():
        (folder / f"{name}.cwl").write_text(text, encoding="utf-8")
    return folder


def read(value):
    """Outputs as texts: files by their content, lists of them as lists."""
    if isinstance(value, list):
        return [read(one) for one in value]
    if isinstance(value, dict) and value.get("class") == "File":
        from pathlib import Path
        from urllib.parse import unquote, urlsplit

        return Path(unquote(urlsplit(value["location"]).path)).read_text(encoding="utf-8")
    return value


def outputs(done):
    """What ``apkg run --format json`` printed, as texts."""
    return {name: read(value) for name, value in json.loads(done.stdout).items()}
