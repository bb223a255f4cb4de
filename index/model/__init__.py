"""The bundled embedding model, in the sentence-transformers format; data, no code."""
