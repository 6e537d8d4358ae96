"""Dockerfiles: what an image will run, and where its program stands in the folder."""
