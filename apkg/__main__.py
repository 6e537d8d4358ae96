"""``python -m apkg``."""

from apkg.cli.main import run

if __name__ == "__main__":
    run()
