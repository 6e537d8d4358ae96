"""The manifest ``apkg.yaml``: what a person writes of a source that its code cannot say."""
