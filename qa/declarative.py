"""English statements around an answer that stays as the article has it."""

from __future__ import annotations

import re

from qa.english_words import plain, tokens
from qa.glossary import past

_BE = r"(?:is|are|was|were)"
_DO = r"(?:did|do|does|has|have|had|will|can)"
# A longer answer is a sentence of its own and would burst the frame.
_LONG = 60


def state(question: str, answer: str) -> str:
    """An English sentence made of the question and the answer, and of nothing else.

    Where no pattern is sure, it is a label: the topic, a colon, the answer.

    >>> state("What was the GDP of Shenyang in 2020?", "6571.6亿元")
    'The GDP of Shenyang in 2020 was 6571.6亿元.'
    """
    text = plain(question)
    answer = answer.strip()
    if " " not in text or not answer:
        return answer or text
    sentence = ""
    if len(answer) <= _LONG and not re.match(r"(?i)(?:and|but|so)\b", text):
        sentence = _sentence(text, answer.rstrip("。."))
    return f"{_capital(sentence)}." if sentence else f"{_capital(_topic(text))}: {answer}"


def _sentence(text: str, answer: str) -> str:
    """The declarative without its full stop, or nothing where no pattern is sure."""
    if re.search(r"(?i),?\band (?:by )?(?:what|how|who|when|where|why|which)\b", text):
        return ""
    opening = text.split(" ", 1)[0].lower()
    return {
        "how": _amount,
        "by": _amount,
        "what": _what,
        "who": _who,
        "when": _when,
        "in": _when,
        "on": _when,
        "where": _where,
        "which": _which,
    }.get(opening, lambda _text, _answer: "")(text, answer)


def _amount(text: str, answer: str) -> str:
    be = re.fullmatch(rf"(?i)how many (?P<noun>.+?) (?P<be>{_BE}) (?:there )?(?P<rest>.+)", text)
    first = next(iter(tokens(be["rest"])), None) if be else None
    if be and first and not (first.kind in ("verb", "preposition") or "there " in text.lower()):
        said = _said(be["rest"], be["be"])
        return f"the number of {be['noun']} that {said[0]} {said[1]}: {answer}" if said else ""
    if be:
        verb = "was" if be["be"].lower() in ("was", "were") else "is"
        return f"the number of {be['noun']} {be['rest']} {verb} {answer}"
    do = re.fullmatch(rf"(?i)how many (?P<noun>.+?) (?P<do>{_DO}) (?P<rest>.+)", text)
    if do:
        said = _said(do["rest"], do["do"])
        return f"the number of {do['noun']} that {said[0]} {said[1]}: {answer}" if said else ""
    grown = re.fullmatch(rf"(?i)(?P<by>by )?how much (?P<do>{_DO}) (?P<rest>.+)", text)
    said = _said(grown["rest"], grown["do"]) if grown else None
    if grown and said:
        by = " by" if grown["by"] else ""
        return (
            f"{said[0]} {said[1]}{by}: {answer}" if not by else f"{said[0]} {said[1]} by {answer}"
        )
    return ""


def _what(text: str, answer: str) -> str:
    found = re.fullmatch(rf"(?i)what (?P<be>{_BE}) (?P<rest>.+)", text)
    return f"{found['rest']} {found['be'].lower()} {answer}" if found else ""


def _who(text: str, answer: str) -> str:
    found = re.fullmatch(rf"(?i)who (?P<be>{_BE}) (?P<rest>.+)", text)
    if not found:
        return re.sub(r"(?i)^who\b", lambda _: answer, text)
    read = tokens(found["rest"])
    if read and read[0].kind == "verb":
        return f"{answer} {found['be'].lower()} {found['rest']}"
    return f"{found['rest']} {found['be'].lower()} {answer}"


def _when(text: str, answer: str) -> str:
    if not re.search(r"\d", answer):
        return ""
    return _placed(text, "on" if re.search("[日号]", answer) else "in", answer)


def _where(text: str, answer: str) -> str:
    return _placed(text, "in", answer)


def _placed(text: str, word: str, answer: str) -> str:
    """Subject, verb, and the time or place behind them."""
    found = re.fullmatch(
        rf"(?i)(?:when|where|(?:in |on )?(?:what|which) (?:year|month|day|date)) "
        rf"(?P<do>{_BE}|{_DO}) (?P<rest>.+)",
        text,
    )
    if not found:
        return ""
    said = _said(found["rest"], found["do"])
    if said:
        return f"{said[0]} {said[1]} {word} {answer}"
    if re.fullmatch(_BE, found["do"].lower()):
        return f"{found['rest']} {found['do'].lower()} {word} {answer}"
    return ""


def _which(text: str, answer: str) -> str:
    kin = re.fullmatch(
        rf"(?i)which .+? (?P<be>{_BE}) (?P<subject>.+?) (?P<role>(?:a|an|the) .+? (?:of|for))", text
    )
    if kin:
        return f"{kin['subject']} {kin['be'].lower()} {kin['role']} {answer}"
    acting = re.fullmatch(rf"(?i)which .+? (?P<be>{_BE}|has|have|had) (?P<rest>.+)", text)
    if acting:
        first = next(iter(tokens(acting["rest"])), None)
        done = first is not None and first.kind in ("verb", "adverb")
        return f"{answer} {acting['be'].lower()} {acting['rest']}" if done else ""
    asked = text.split(" ", 1)[1]
    if re.search(rf"(?i)\b(?:{_BE}|{_DO})\b", asked):
        return ""
    said = _split(asked)
    return f"{answer} {said[1]}{said[2]}" if said else ""


def _said(clause: str, auxiliary: str) -> tuple[str, str] | None:
    """Subject and predicate of an inverted clause: "X grow fast", "did" -> ("X", "grew fast")."""
    found = _split(clause)
    if found is None:
        return None
    subject, verb, rest = found
    auxiliary = auxiliary.lower()
    if auxiliary == "did":
        return subject, past(verb.lower()) + rest
    if auxiliary == "do":
        return subject, verb + rest
    if auxiliary == "does" and verb.lower() == "have":
        return subject, "has" + rest
    if auxiliary == "does":
        ending = "es" if re.search(r"(?:s|sh|ch|x|z|o)$", verb) else "s"
        inflected = re.sub(r"(?<![aeiou])y$", "ie", verb) if ending == "s" else verb
        return subject, inflected + ending + rest
    return subject, f"{auxiliary} {verb}{rest}"


def _split(clause: str) -> tuple[str, str, str] | None:
    """Subject, first word of the verb, and the rest with its leading space."""
    for token in tokens(clause):
        have = token.source.lower() == "have"
        if (token.kind == "verb" or have) and token.start > 0:
            verb = token.source.split(" ", 1)[0]
            end = token.start + len(verb)
            return clause[: token.start].strip(), verb, clause[end:]
    return None


def _topic(text: str) -> str:
    """What a label says: the question without the words that only ask."""
    follow_up = re.fullmatch(
        r"(?i)(?:(?:and|but|so) )?(?:(?:what|how) about )?(?:(?:in|for|of|at) )?(?P<rest>.+)", text
    )
    if follow_up and re.match(r"(?i)(?:and|but|so|(?:what|how) about)\b", text):
        return follow_up["rest"]
    wanted = re.fullmatch(
        rf"(?i)(?P<wh>(?:\w+ )?(?:why|how|when|where|what|which|whom)\b.*?) "
        rf"(?P<do>{_BE}|{_DO}) (?P<rest>.+)",
        text,
    )
    if wanted and re.search(r"(?i)\b(?:that|who|which)\b", wanted["rest"]):
        return text  # which verb is that of the question is not sure
    if wanted:
        said = _said(wanted["rest"], wanted["do"])
        return f"{wanted['wh']} {said[0]} {said[1]}" if said else text
    asked = re.fullmatch(rf"(?i)(?P<do>{_DO}) (?P<rest>.+)", text)
    said = _said(asked["rest"], asked["do"]) if asked else None
    if said:
        return f"{said[0]} {said[1]}"
    return re.sub(
        r"(?i)^(?:please |can you |could you )*(?:tell me |list |name )(?:all )?", "", text
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
