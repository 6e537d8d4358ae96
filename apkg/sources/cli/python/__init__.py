"""Python code followed by hand, as far as building a command line goes; nothing is executed."""
