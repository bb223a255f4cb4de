"""Articles in, a searchable index out."""

from index.build import build_index
from index.records import Article, Encoder, Figure, Passage, Period
from index.store import Index

__all__ = ["Article", "Encoder", "Figure", "Index", "Passage", "Period", "build_index"]
