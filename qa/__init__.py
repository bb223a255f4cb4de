"""A question in, a cited answer out."""

from qa.bot import Bot
from qa.records import Answer, Citation, Hit
from qa.retrieve import Retriever

__all__ = ["Answer", "Bot", "Citation", "Hit", "Retriever"]
