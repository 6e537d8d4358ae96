"""Texture features of every pixel of an image stack."""
