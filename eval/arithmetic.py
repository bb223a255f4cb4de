"""A shown calculation, done again: `120.98亿元 − 70.4亿元 = 50.58亿元`."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException
from fractions import Fraction

from eval.quantities import Quantity, normal, quantities

_OPERATOR = re.compile(r"[-+×*÷/x()（）]")
_EQUALS = re.compile(r"[=≈]")
_WORDS = re.compile(r"^[^\d(]*[:：]")


class _UnreadableError(ValueError):
    """What stands there is no sum."""


def _quantity(text: str) -> Quantity:
    """The one number that a stretch between operators holds, without a sign."""
    found = quantities(text)
    if len(found) != 1:
        raise _UnreadableError(text)
    return found[0]


def _sides(line: str) -> tuple[str, str]:
    """What stands before the first equals sign and after the last, as normal text."""
    # Blanks and newlines part nothing in a sum
    parts = _EQUALS.split(_WORDS.sub("", normal(line)).replace(" ", ""))
    if len(parts) < 2 or not parts[-1]:
        raise _UnreadableError(line)
    return parts[0], parts[-1]


def _tokens(expression: str) -> list[str | Quantity]:
    tokens: list[str | Quantity] = []
    start = 0
    for match in _OPERATOR.finditer(expression):
        if expression[start : match.start()].strip():
            tokens.append(_quantity(expression[start : match.start()]))
        tokens.append({"*": "×", "x": "×", "/": "÷"}.get(match[0], match[0]))
        start = match.end()
    if expression[start:].strip():
        tokens.append(_quantity(expression[start:]))
    return tokens


class _Sum:
    """A recursive descent over the tokens; `scaled` counts `亿` and `万` in, else numbers alone."""

    def __init__(self, tokens: list[str | Quantity], *, scaled: bool) -> None:
        self.tokens = tokens
        self.scaled = scaled
        self.place = 0

    def _next(self) -> str | Quantity | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def _take(self) -> str | Quantity:
        token = self._next()
        if token is None:
            raise _UnreadableError("ends early")
        self.place += 1
        return token

    def value(self) -> Fraction:
        """The value of the whole expression. Raises _UnreadableError where it is none."""
        result = self._added()
        if self._next() is not None:
            raise _UnreadableError("goes on after its end")
        return result

    def _added(self) -> Fraction:
        result = self._multiplied()
        while self._next() in ("+", "-"):
            sign = 1 if self._take() == "+" else -1
            result += sign * self._multiplied()
        return result

    def _multiplied(self) -> Fraction:
        result = self._one()
        while self._next() in ("×", "÷"):
            if self._take() == "×":
                result *= self._one()
                continue
            divisor = self._one()
            if divisor == 0:
                raise _UnreadableError("division by nought")
            result /= divisor
        return result

    def _one(self) -> Fraction:
        part = self._take()
        if isinstance(part, Quantity):
            if part.unit == "%" and part.number == 100:
                return Fraction(1)  # "× 100%" only says how the result is written
            return Fraction(part.value if self.scaled else part.number)
        if part == "-":
            return -self._one()
        if part == "(":
            result = self._added()
            if self._take() != ")":
                raise _UnreadableError("a bracket is not closed")
            return result
        raise _UnreadableError(part)


def _result(text: str) -> Quantity:
    """The stated result, with its sign."""
    sign = -1 if text.startswith("-") else 1
    bare = _quantity(text.lstrip("-+"))
    return Quantity(
        bare.start, bare.end, sign * bare.number, sign * bare.value, bare.unit, bare.written
    )


def _agrees(value: Fraction, stated: Decimal, step: Decimal) -> bool:
    """Whether a value, rounded as the stated one is, comes to it."""
    return abs(value - Fraction(stated)) <= Fraction(step) / 2


def is_sound(line: str) -> bool:
    """Whether a line `terms = result` holds, the result rounded to the digits it shows.

    The numbers may share an unnamed scale (`120.98 − 70.4 = 50.58亿元`) or each carry its own
    (`1.2亿元 − 8000万元 = 4000万元`); a percentage may be a share or a hundred times one.
    """
    try:
        left, right = _sides(line)
        tokens, result = _tokens(left), _result(right)
        exponent = result.number.as_tuple().exponent
        step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        plain = _Sum(tokens, scaled=False).value()
        full = _Sum(tokens, scaled=True).value()
    except (_UnreadableError, DecimalException):
        return False
    scale = result.value / result.number if result.number else Decimal(1)
    if _agrees(plain, result.number, step) or _agrees(full, result.value, step * scale):
        return True
    return result.unit == "%" and any(
        _agrees(value * 100, result.number, step) for value in (plain, full)
    )


def terms_of(line: str) -> tuple[list[Quantity], list[Quantity]]:
    """(the terms that evidence must state, the result) of a line; nothing where it is no sum.

    `100%` and a divisor that only counts the terms of a mean are nobody's figures.
    """
    try:
        left, right = _sides(line)
        tokens, result = _tokens(left), _result(right)
    except (_UnreadableError, DecimalException):
        return [], []
    terms: list[Quantity] = []
    numbers = sum(isinstance(token, Quantity) for token in tokens)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if not isinstance(token, Quantity):
            continue
        if token.number == 100 and token.unit in ("", "%"):
            continue
        if before == "÷" and not token.unit and token.number == numbers - 1:
            continue
        terms.append(token)
    return terms, [result]
