"""Trains the bundled embedding model: data in plain formats to a sentence-transformers folder."""
