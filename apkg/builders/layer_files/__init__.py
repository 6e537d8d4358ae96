"""What completes an image: these files are copied into it and run there, by its own Python.

They stand alone: Python 3.8 and its standard library, and a POSIX shell, are all that they need.
"""
