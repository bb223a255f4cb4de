"""The reader's network in torch, for training; `qa.reader.network` computes the same in numpy."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from qa.reader.features import FEATURES
from qa.reader.network import ATTENDS_AFTER, DILATIONS, HEADS, NEVER
from qa.reader.text import TAG_COUNT

VECTOR, CHARACTER, TAGS = 96, 32, 24  # sizes of the parts of a word's embedding
FORGOTTEN = 0.1  # share of words whose vectors are left out, so that the rest must do


class Convolution(nn.Module):
    """A gated convolution over three words, `dilation` apart, added to what came in."""

    def __init__(self, size: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(size)
        self.mix = nn.Linear(3 * size, 2 * size)
        self.dilation, self.dropout = dilation, dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` of shape (texts, words, size), `mask` of shape (texts, words)."""
        h, length, apart = self.norm(x) * mask[..., None], x.shape[1], self.dilation
        padded = functional.pad(h, (0, 0, apart, apart))
        taken = [padded[:, n * apart : n * apart + length] for n in range(3)]
        mixed = functional.glu(self.mix(torch.cat(taken, -1)), -1)
        return x + functional.dropout(mixed, self.dropout, self.training)


class Attention(nn.Module):
    """Each word looks at all words of its window."""

    def __init__(self, size: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(size)
        self.mix = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.dropout = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` of shape (texts, words, size), `mask` of shape (texts, words)."""
        rows, length, size = x.shape
        mixed = self.mix(self.norm(x)).view(rows, length, 3, HEADS, size // HEADS)
        q, k, v = mixed.permute(2, 0, 3, 1, 4)
        allowed = mask[:, None, None, :].bool()
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=allowed)
        seen = self.out(seen.transpose(1, 2).reshape(rows, length, size))
        return x + functional.dropout(seen, self.dropout, self.training)


class Network(nn.Module):
    """Parameters are named as `qa.reader.network` reads them."""

    def __init__(self, vector: int, characters: int, size: int = 96, dropout: float = 0.2) -> None:
        super().__init__()
        self.vector = nn.Linear(vector, VECTOR)
        self.characters = nn.Embedding(characters + 2, CHARACTER, padding_idx=0)
        self.tags = nn.Embedding(TAG_COUNT, TAGS)
        self.input = nn.Linear(VECTOR + 3 * CHARACTER + TAGS + FEATURES, size)
        self.encode = Convolution(size, 1, dropout)
        self.align = nn.Linear(size, size)
        self.merge = nn.Linear(3 * size + 4, size)
        self.telling = nn.Linear(size, 1)
        self.film = nn.Linear(size, 2 * size)
        self.blocks = nn.ModuleList(Convolution(size, n, dropout) for n in DILATIONS)
        self.attend = Attention(size, dropout)
        self.out_norm = nn.LayerNorm(size)
        self.out = nn.Linear(size, size)
        self.none = nn.Linear(2 * size, 1)
        self.start, self.end = nn.Linear(size, 1), nn.Linear(size, 1)
        self.start_asked, self.end_asked = nn.Linear(size, size), nn.Linear(size, size)
        self.dropout = dropout

    def forward(
        self, question: dict[str, Tensor], windows: dict[str, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Scores that an answer begins and ends at each token, of shape (questions, n + 1).

        `question` holds `vectors` (questions, words, dim), `characters`, `tags`, `features` and
        `mask`; `windows` the same with a dimension more, (questions, windows, words, …), and
        `shown`, which is 0 where no answer may stand. The last score is that there is none.
        """
        asked, count, length = windows["mask"].shape
        q_mask = question["mask"]
        flat = {name: part.flatten(0, 1) for name, part in windows.items()}
        mask = flat["mask"]
        q = self.encode(self._embedded(question) * q_mask[..., None], q_mask)
        p = self.encode(self._embedded(flat) * mask[..., None], mask)
        hidden = ~q_mask.bool()[:, None, :]
        scores = self.align(p).view(asked, count * length, -1) @ q.transpose(1, 2)
        scores = (scores / q.shape[-1] ** 0.5).masked_fill(hidden, float(NEVER))
        aligned = (scores.softmax(-1) @ q).view(p.shape)
        likeness = windows["vectors"].flatten(1, 2) @ question["vectors"].transpose(1, 2)
        likeness = likeness.masked_fill(hidden, -1).amax(-1).view(*mask.shape, 1)
        best = scores.amax(-1).view(*mask.shape, 1) / 4
        extra = [likeness, best, flat["features"][..., :2]]
        x = self._dropped(self.merge(torch.cat([p, aligned, p * aligned, *extra], -1)))
        telling = self.telling(q).squeeze(-1).masked_fill(~q_mask.bool(), float(NEVER)).softmax(-1)
        summary = torch.einsum("qw,qwd->qd", telling, q)
        scale, shift = self.film(summary).repeat_interleave(count, 0)[:, None].chunk(2, -1)
        x = x * (1 + scale) + shift
        for n, block in enumerate(self.blocks, 1):
            x = block(x, mask)
            if n == ATTENDS_AFTER:
                x = self.attend(x, mask)
        h = torch.relu(self.out(self.out_norm(x))).view(asked, count * length, -1)
        seen = mask.view(asked, count * length, 1)
        none = self.none(torch.cat([(h * seen).amax(1), summary], -1))
        shown = flat["shown"].view(asked, count * length).bool()
        found = []
        for by_token, by_question in ((self.start, self.start_asked), (self.end, self.end_asked)):
            wanted = by_question(summary)[..., None] / h.shape[-1] ** 0.5
            logits = (by_token(h) + h @ wanted).squeeze(-1)
            found.append(torch.cat([logits.masked_fill(~shown, float(NEVER)), none], -1))
        return found[0], found[1]

    def _embedded(self, text: dict[str, Tensor]) -> Tensor:
        vectors = text["vectors"]
        if self.training:
            vectors = vectors * (torch.rand(vectors.shape[:-1]) > FORGOTTEN)[..., None]
        numbers = text["characters"]
        letters = self.characters(numbers)
        inner = (numbers[..., 2:] > 0).sum(-1, keepdim=True).clamp_min(1)
        mean = letters[..., 2:, :].sum(-2) / inner
        parts = [self.vector(vectors), letters[..., 0, :], letters[..., 1, :], mean]
        parts += [self.tags(text["tags"]), text["features"]]
        return self._dropped(self.input(torch.cat(parts, -1)))

    def _dropped(self, x: Tensor) -> Tensor:
        return functional.dropout(x, self.dropout, self.training)
