"""How tests start apkg: its lines are measured, those of the engines that it starts are not.

Coverage follows into every process. cwltool and Toil, in which nothing is ours, take two to three
times as long under it, and most of the time of the tests is theirs.
"""

import os
import runpy
from pathlib import Path

#: What a Python is given to start apkg.
APKG = ("-P", str(Path(__file__).resolve()))

if __name__ == "__main__":
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)
    runpy.run_module("apkg", run_name="__main__", alter_sys=True)
