"""Parts that are left out and put back, and the table of what they are worth."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

import pytest

from eval.ablate import PARTS, Part, Variant, left_out, table
from eval.results import Results, Row


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("a_room")
    module.judge = lambda text: (text, 0.5, False)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "a_room", module)
    return module


def test_a_part_is_replaced_and_put_back_even_after_an_error(room: ModuleType) -> None:
    part = Part(
        "x", "a_room", "judge", lambda original: lambda *args: (original(*args)[0], 1, True)
    )
    before = room.judge
    with left_out(part):
        assert room.judge("甲") == ("甲", 1, True)
    assert room.judge is before
    with pytest.raises(RuntimeError), left_out(part):
        raise RuntimeError
    assert room.judge is before
    with pytest.raises(AttributeError), left_out(Part("x", "a_room", "gone", lambda _: None)):
        pass


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.label)
def test_every_part_of_the_table_is_in_the_program(part: Part) -> None:
    module = importlib.import_module(part.module)
    original = getattr(module, part.name)
    assert callable(original)
    with left_out(part):
        assert getattr(module, part.name) is not original


def run(verdicts: str) -> Results:
    rows = [
        Row(
            id=str(place),
            kind="k",
            language="zh",
            question="?",
            gold="x",
            verdict="correct" if letter == "c" else "incorrect",
            scores={"correct": float(letter == "c"), "hit@1": 0.5},
        )
        for place, letter in enumerate(verdicts)
    ]
    return Results({}, rows)


def test_the_table_sets_each_variant_against_the_first() -> None:
    rows = table([Variant("everything", run("cccccccc")), Variant("less", run("ccciiiii"))])
    assert rows[0][0] == "variant"
    assert rows[1][-2:] == ["", ""]
    assert rows[2][0] == "less"
    # 5 changed sides, all to the worse: 2 / 2^5
    assert rows[2][-3:] == ["5", "-0.625", "0.062"]
    assert len({len(row) for row in rows}) == 1


def test_searching_alone_has_no_difference_of_answers() -> None:
    bare = Results({}, [Row("1", "k", "zh", "?", "x", scores={"hit@1": 1.0})])
    rows = table([Variant("a", bare), Variant("b", bare)])
    assert rows[2][-3:] == ["·", "", ""]
