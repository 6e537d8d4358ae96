"""Shell scripts: ``getopts``, ``getopt``, loops over the words, and ``$1``."""
