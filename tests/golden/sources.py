"""The notebooks behind the golden files: the samples, and a small one for each convention."""

from pathlib import Path

from notebooks import cell

SAMPLES = Path(__file__).parents[2] / "samples"
TITLE = cell("# A small notebook\n\nIt shows one convention.", kind="markdown")
METADATA = {
    "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"},
    "apkg": {
        "version": "2.1.0",
        "license": "MIT",
        "keywords": ["golden"],
        "image": "registry.example.org/eo/own:2.1.0",
        "inputs": {"scene": {"type": "File", "label": "Scene"}},
    },
}
#: By name: the cells, and the notebook's metadata where it is not the usual one.
CONVENTIONS = {
    "papermill": (
        TITLE,
        (
            "# Parameters\n"
            "from pathlib import Path\n"
            'scene = Path("scene.tif")  # The image\n'
            "threshold: float = 0.5  # Above this is water\n"
            "bands: list[int] = [1, 2]\n"
            'mode: Literal["fast", "exact"] = "fast"\n'
            'start = "2020-01-01"  # First day\n'
            "bbox = [4.0, 50.0, 5.0, 51.0]\n"
            "limit: int | None = None\n"
            "strict = False\n"
            'output_name = "it\'s $(HOME).tif"\n'
            "size = (256, 256)"
        ),
        cell("import rasterio\nrasterio.open(scene)"),
    ),
    "ipython2cwl": (
        TITLE,
        cell(
            "from ipython2cwl.iotypes import CWLFilePathInput, CWLIntInput, CWLFilePathOutput\n"
            'table: CWLFilePathInput = "table.csv"\n'
            "rows: CWLIntInput = 3\n"
            "notes: Optional[CWLStringInput] = None"
        ),
        cell('result: CWLFilePathOutput = "result.csv"\nplot: CWLPNGPlot = plt.plot([1])'),
    ),
    "repo2cli": (
        cell(
            "workflow = dict([('id', 'burned-area'), ('label', 'Burned area'),"
            " ('doc', 'Maps what has burned')])"
        ),
        cell(
            "pre = dict([('id', 'pre_event'), ('label', 'Before'), ('doc', 'Scene before'),"
            " ('value', 'before'), ('type', 'Directory')])"
        ),
        cell(
            "index = dict([('id', 'index'), ('label', 'Index'), ('doc', 'Which index'),"
            " ('value', 'NBR'), ('type', 'enum'), ('symbols', ['NBR', 'NDVI'])])"
        ),
        cell("requirements = dict([('ResourceRequirement', dict([('ramMin', 4096)]))])"),
    ),
    "colab": (
        TITLE,
        cell(
            "#@title Settings\n"
            'clouds = 20 #@param {type:"slider", min:0, max:100, step:5}\n'
            'season = "summer" #@param ["summer", "winter"]\n'
            'day = "2020-06-01" #@param {type:"date"}\n'
            'verbose = False #@param {type:"boolean"}'
        ),
    ),
    "nb2workflow": (
        TITLE,
        (
            'source = "Crab"  # http://odahub.io/ontology#AstrophysicalObject\n'
            "energy = 1.5  # oda:Float; oda:lower_limit 0; oda:upper_limit 300; oda:unit unit:eV\n"
            'image = "image.fits"  # oda:POSIXPath'
        ),
        cell('spectrum = table  # oda:ODAAstropyTable\npicture = "p.png"', "outputs"),
    ),
    "own": (
        TITLE,
        'scene = "scene.SAFE.zip"\nlevels = [0.1, 0.5]  # Contours',
        cell('mask = "mask.tif"  # The mask\ntiles = "tiles/*.tif"', "outputs"),
    ),
}
