"""The manifest's vocabulary as ``apkg init`` explains it, in the order in which it is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A key of the manifest, a line that shows it, and what it means."""

    key: str
    example: str
    meaning: str


HEADER = """\
apkg.yaml: what apkg knows of this application, to be corrected and completed.

Written here is what was found. A line marked "guessed" deserves a look. What you delete is found
again at every run; what you write wins over it. Lines such as "# license: …" are examples: take
away the "# " to use one."""

INPUT_TITLE = "The inputs, by the name of the notebook's variable."
OUTPUT_TITLE = "The outputs: what the program leaves in the folder that it works in."

APPLICATION = (
    Word("id", "id: water-mask", "Name of the process, the image and the files."),
    Word("title", "title: Water mask", "One line for people."),
    Word("abstract", "abstract: Finds open water.", "What it does, in a few sentences."),
    Word("version", 'version: "1.0.0"', "Version of the application, in quotes."),
    Word("keywords", "keywords: [water, optical]", "Keywords for catalogues."),
    Word(
        "authors",
        "authors: [{name: Ann Author, email: ann@example.org, affiliation: An Institute, "
        'orcid: "https://orcid.org/0000-0002-1825-0097"}]',
        "Authors; name alone is enough.",
    ),
    Word("license", "license: Apache-2.0", "Licence: an SPDX identifier, or a URL."),
    Word(
        "codeRepository",
        "codeRepository: https://example.org/water-mask.git",
        "URL of the source code repository.",
    ),
    Word("citation", "citation: https://doi.org/10.5555/12345678", "How to cite the work."),
    Word("dateCreated", 'dateCreated: "2024-05-17"', "Date of creation."),
    Word("releaseNotes", "releaseNotes: Faster.", "What is new, or a URL that tells."),
    Word("visibility", "visibility: public", "Who may see and use the deployed process."),
    Word("security", "security: For members of the project.", "A note on who may execute it."),
    Word("image", "image: registry.example.org/water-mask:1.0", "The container image to run in."),
    Word(
        "baseCommand",
        "baseCommand: [python, -m, app]",
        "The words that start a tool in its image; not for notebooks.",
    ),
    Word("network", "network: true", "Whether the program needs the network while it runs."),
    Word("stac", "stac: true", "Whether a notebook's results get a STAC catalogue, catalog.json."),
    Word(
        "catalogues",
        "catalogues: [{href: https://example.org/opensearch.xml, title: A catalogue}]",
        "OpenSearch descriptions of the catalogues where input products are found.",
    ),
    Word(
        "annotations",
        'annotations: {"wps:jobControlOptions": async-execute}',
        "What only some dialects of Facet 2 have a place for.",
    ),
)

#: Key -> (field of the model, an example).
RESOURCES = {
    "coresMin": ("cores_min", "1"),
    "coresMax": ("cores_max", "2"),
    "ramMin": ("ram_min", "1024"),
    "ramMax": ("ram_max", "4096"),
    "tmpdirMin": ("tmpdir_min", "1024"),
    "tmpdirMax": ("tmpdir_max", "4096"),
    "outdirMin": ("outdir_min", "1024"),
    "outdirMax": ("outdir_max", "4096"),
}

INPUT = (
    Word(
        "type",
        "type: double",
        "also string, int, boolean, File, Directory, date, bbox, enum [a, b]; [] is a list, "
        "? may be left out",
    ),
    Word("label", "label: Threshold", "a short title"),
    Word("doc", "doc: Pixels above this are water.", "what it is"),
    Word("default", "default: 0.3", "the value where none is given"),
    Word("optional", "optional: true", "it may be left out"),
    Word("mediaType", "mediaType: GeoTIFF", "of a File: a media type, or the name of a format"),
    Word("mediaTypes", "mediaTypes: [GeoTIFF, NetCDF]", "several, instead of mediaType"),
    Word("allowedValues", "allowedValues: [0.1, 0.3]", "the only values allowed"),
    Word("range", "range: {minimum: 0, maximum: 1, spacing: 0.1}", "of a number; any of the three"),
    Word("uom", "uom: m", "unit of measure"),
    Word("supportedCRS", 'supportedCRS: ["EPSG:4326"]', "of a bbox"),
    Word("eoImage", "eoImage: true", "an Earth Observation product, found in a catalogue"),
    Word("allowedCollections", "allowedCollections: [SENTINEL2]", "where such products come from"),
    Word("catalogSearchField", "catalogSearchField: bbox", "the catalogue's search field it fills"),
    Word("uniqueAOI", "uniqueAOI: true", "all products share one area of interest"),
    Word("uniqueTOI", "uniqueTOI: true", "all products share one time of interest"),
    Word("scatter", "scatter: true", "the workflow takes a list, one run for each item"),
    Word("example", "example: data/scene.tif", "a file beside the source for the sample job"),
    Word(
        "annotations",
        'annotations: {"wps:encoding:image/tiff": raw}',
        "what only some dialects of Facet 2 have a place for",
    ),
    Word("ignore", "ignore: true", "no input at all: the variable keeps its value"),
)

OUTPUT = (
    Word("type", "type: File", "also Directory, File[]; ? may be missing"),
    Word("label", "label: Water mask", "a short title"),
    Word("doc", "doc: 1 where there is water.", "what it is"),
    Word("glob", "glob: results/mask.tif", "its path, or a pattern"),
    Word("namedBy", "namedBy: output_name", "instead of glob: the input whose value is its name"),
    Word("optional", "optional: true", "the program may leave it out"),
    Word("mediaType", "mediaType: GeoTIFF", "a media type, or the name of a format"),
    Word("mediaTypes", "mediaTypes: [GeoTIFF, PNG]", "several, instead of mediaType"),
    Word(
        "annotations",
        'annotations: {"wps:encoding:image/tiff": raw}',
        "what only some dialects of Facet 2 have a place for",
    ),
    Word("ignore", "ignore: true", "no output at all"),
)
