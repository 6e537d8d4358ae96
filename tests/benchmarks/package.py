"""A valid package of any size: a Workflow over a tool, with as many inputs as asked for."""

from __future__ import annotations

_TYPES = ("double", "string", "int", "File", "boolean")

_HEAD = """\
cwlVersion: v1.2
$namespaces: {{s: https://schema.org/}}
s:softwareVersion: 1.0.0
$graph:
- class: Workflow
  id: {name}
  label: Water mask
  doc: Open water from a two-band optical scene.
  inputs:
"""
_LINKS = """\
  outputs:
    results: {{type: Directory, label: Results, doc: All results, outputSource: step/results}}
  steps:
    step:
      run: '#{name}-tool'
      out: [results]
      in:
"""
_TOOL = """\
- class: CommandLineTool
  id: {name}-tool
  label: Water mask
  doc: Open water from a two-band optical scene.
  baseCommand: [water-mask]
  requirements:
    DockerRequirement: {{dockerPull: 'water-mask:1.0.0'}}
    ResourceRequirement: {{coresMin: 1, coresMax: 1, ramMin: 1024, ramMax: 1024}}
  outputs:
    results: {{type: Directory, outputBinding: {{glob: .}}}}
  inputs:
"""


def package_text(inputs: int, *, name: str = "water-mask") -> str:
    """The CWL of a package with ``inputs`` inputs, about 300 bytes for each."""
    ids = [f"parameter_{number}" for number in range(inputs)]
    types = [_TYPES[number % len(_TYPES)] for number in range(inputs)]
    ports = [
        f"    {id_}:\n      type: {type_}\n      label: Parameter {id_}\n"
        "      doc: One of the values that decide what is water and what is land\n"
        for id_, type_ in zip(ids, types, strict=True)
    ]
    links = [f"        {id_}: {id_}\n" for id_ in ids]
    bound = [
        f"    {id_}:\n      type: {type_}\n      inputBinding: {{prefix: --{id_}}}\n"
        for id_, type_ in zip(ids, types, strict=True)
    ]
    heads = [part.format(name=name) for part in (_HEAD, _LINKS, _TOOL)]
    return "".join([heads[0], *ports, heads[1], *links, heads[2], *bound])
