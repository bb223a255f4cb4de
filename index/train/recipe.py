"""The whole training on one screen: data, vocabulary, sources of pairs, table, model folder."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from index.train import corpus, vocabulary
from index.train.corpus import Entry, Questions
from index.train.export import export
from index.train.fit import Model, Recipe, fit, frequency_weight
from index.train.gloss import Glosser
from index.train.pairs import (
    Documents,
    GlossPairs,
    NewsPairs,
    QuestionPairs,
    Ragged,
    Source,
    TextPairs,
)

log = logging.getLogger(__name__)

# What a question has in place of its answer, so that these words come to weigh nothing.
ASKING = (
    "什么", "什么时候", "哪里", "哪些", "哪个", "哪一年", "哪年", "多少", "是多少", "有多少",
    "达到多少", "增长了多少", "几个", "谁", "是谁", "如何", "怎样", "为什么", "为何", "何时",
)  # fmt: skip
SENTENCES_GLOSSED = 6  # of an article
SENSES = 4  # of a dictionary entry
QUESTION_GLOSSES = 3  # of each question


@dataclass(frozen=True, slots=True)
class Data:
    """Everything to train on."""

    news: list[str]
    questions: list[Questions]
    pairs: list[tuple[str, str]]
    entries: list[Entry]

    @classmethod
    def read(
        cls,
        news: Sequence[Path],
        squad: Sequence[Path],
        pairs: Sequence[Path],
        dictionary: Path,
        articles: int,
    ) -> Data:
        """Reads all files; keeps `articles` of the news, a random choice but always the same."""
        texts = list(corpus.read_news(news))
        random.Random(0).shuffle(texts)  # noqa: S311 - reproducible, not secret
        return cls(
            texts[:articles],
            [item for path in squad for item in corpus.read_squad(path)],
            [pair for path in pairs for pair in corpus.read_pairs(path)],
            corpus.read_dictionary(dictionary),
        )


def build(
    data: Data,
    recipe: Recipe,
    out: Path,
    *,
    pieces: int,
    glosses: int,
    progress: Callable[[int, Model, Tokenizer], None] | None = None,
) -> Model:
    """Trains and writes the model folder; `progress` sees it every `recipe.report` steps."""
    tokenizer = learn_vocabulary(data, pieces)
    log.info("%d pieces", tokenizer.get_vocab_size())
    shares, texts = sources(data, tokenizer, glosses, recipe.seed)
    weight = frequency_weight(texts, tokenizer.get_vocab_size())
    log.info("%d million tokens", sum(len(part.tokens) for part in texts) // 10**6)
    seen = (lambda step, model: progress(step, model, tokenizer)) if progress else None
    model = fit(shares, weight, recipe, seen)
    export(model.rows, model.mapping, model.length, tokenizer, out)
    return model


def learn_vocabulary(data: Data, pieces: int, articles: int = 15_000) -> Tokenizer:
    """The tokenizer: pieces learned from all data, and every character of the dictionary."""
    table = vocabulary.folding()
    counts = Counter(vocabulary.words(_texts(data, articles), table))
    learned, compiled = vocabulary.learn(counts, table, pieces)
    folded = vocabulary.fold("".join(entry.word for entry in data.entries), table)
    letters = set("abcdefghijklmnopqrstuvwxyz") | {c for c in folded if "㐀" <= c <= "鿿"}
    return vocabulary.tokenizer(learned, compiled, sorted(letters))


def _texts(data: Data, articles: int) -> Iterator[str]:
    yield from data.news[:articles]
    for item in data.questions:
        yield item.paragraph
        yield from item.questions
    for english, chinese in data.pairs:
        yield english
        yield chinese
    for entry in data.entries:
        yield entry.word
        # English text is short in the data: the dictionary's words count for more.
        for sense in entry.senses:
            yield from (sense, sense, sense)


def sources(
    data: Data, tokenizer: Tokenizer, glosses: int, seed: int
) -> tuple[list[tuple[float, Source]], list[Ragged]]:
    """Where pairs come from, with their shares; and all texts, to count tokens in."""
    news = Documents(data.news, tokenizer)
    found: list[tuple[float, Source]] = []
    texts = [news.sentences]
    weight = frequency_weight([news.sentences], tokenizer.get_vocab_size())
    asking = Ragged.of([*ASKING, *[""] * (len(ASKING) // 3)], tokenizer)
    found.append((0.25, NewsPairs(news, asking, weight)))

    glosser = Glosser(data.entries, seed)
    table = vocabulary.folding()
    glossed, sentence = _gloss_news(data.news, news, glosser, table, glosses)
    rows = Ragged.of(glossed, tokenizer)
    texts.append(rows)
    found.append((0.25, GlossPairs(rows, sentence, news)))
    log.info("%d sentences glossed", len(rows))

    if data.questions:
        paragraphs = Documents([item.paragraph for item in data.questions], tokenizer)
        asked = [(q, i) for i, item in enumerate(data.questions) for q in item.questions]
        chinese = Ragged.of([q for q, _ in asked], tokenizer)
        found.append((0.2, QuestionPairs(chinese, paragraphs, [i for _, i in asked])))
        found.append((0.1, NewsPairs(paragraphs, asking, weight)))
        asked = [(glosser.gloss(vocabulary.fold(q, table)), i) for q, i in asked * QUESTION_GLOSSES]
        english = Ragged.of([q for q, _ in asked], tokenizer)
        found.append((0.05, QuestionPairs(english, paragraphs, [i for _, i in asked])))
        texts += [paragraphs.sentences, chinese, english]
    if data.pairs:
        found.append((0.1, _same(data.pairs, tokenizer, texts)))
    senses = [(sense, entry.word) for entry in data.entries for sense in entry.senses[:SENSES]]
    found.append((0.05, _same(senses, tokenizer, texts)))
    return found, texts


def _gloss_news(
    news: Sequence[str],
    documents: Documents,
    glosser: Glosser,
    table: Mapping[int, str],
    glosses: int,
) -> tuple[list[str], list[int]]:
    """Glosses of some sentences of as many articles as it takes, and the sentences' numbers."""
    glossed: list[str] = []
    number: list[int] = []
    with_sentences = (parts for text in news if (parts := corpus.sentences(text)))
    for first, parts in zip(documents.first[:-1], with_sentences, strict=True):
        if len(glossed) >= glosses:
            break
        chosen = glosser.random.sample(range(len(parts)), min(SENTENCES_GLOSSED, len(parts)))
        glossed += [glosser.gloss(vocabulary.fold(parts[at], table)) for at in chosen]
        number += [int(first) + at for at in chosen]
    return glossed, number


def _same(pairs: Sequence[tuple[str, str]], tokenizer: Tokenizer, texts: list[Ragged]) -> TextPairs:
    """Pairs of texts; several of one right side belong together, and are no negatives."""
    number: dict[str, int] = {}
    left = Ragged.of([a for a, _ in pairs], tokenizer)
    right = Ragged.of([b for _, b in pairs], tokenizer)
    texts += [left, right]
    return TextPairs(left, right, [number.setdefault(b, len(number)) for _, b in pairs])
