"""The text of the launcher, in parts that :mod:`apkg.emitters.launcher` joins into one script.

They are real modules, so that they are linted, typed and tested as such, but apkg never imports
them to do its work: of what stands before ``# part: begin`` only the imports of Python's own
modules reach the script. The code runs on Python 3.8, and holds no dollar sign, which CWL would
take for the start of a parameter reference.
"""
