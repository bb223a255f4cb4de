"""Parts that are left out and put back, and the table of what they are worth."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from eval.ablate import HEADERS, PARTS, NoPartError, Part, Variant, left_out, modules_of, table
from eval.results import Results, Row


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ModuleType]]:
    """A package with a function, and a module that has imported it by name."""
    package = tmp_path / "a_house"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    (package / "home.py").write_text("def judge(text):\n    return text, 0.5, False\n", "utf-8")
    (package / "user.py").write_text("from a_house.home import judge\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield modules_of("a_house")
    for name in [name for name in sys.modules if name.startswith("a_house")]:
        del sys.modules[name]


def test_a_part_is_replaced_everywhere_and_put_back_even_after_an_error(
    rooms: list[ModuleType],
) -> None:
    part = Part("x", "judge", lambda own: lambda *args: (own(*args)[0], 1, True))
    before = rooms[0].judge
    with left_out(part, "a_house"):
        assert [room.judge("甲") for room in rooms] == [("甲", 1, True)] * 2
    assert [room.judge is before for room in rooms] == [True, True]
    with pytest.raises(RuntimeError), left_out(part, "a_house"):
        raise RuntimeError
    assert [room.judge is before for room in rooms] == [True, True]
    with (
        pytest.raises(NoPartError, match="gone"),
        left_out(Part("x", "gone", lambda _: None), "a_house"),
    ):
        pass


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.label)
def test_every_part_of_the_table_is_in_the_program(part: Part) -> None:
    with left_out(part):
        held = [getattr(m, part.name) for m in modules_of("qa") if hasattr(m, part.name)]
        assert any(item.__module__ == "eval.ablate" for item in held)
    with left_out(HEADERS, "index"):
        pass


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


def test_searching_alone_is_set_against_by_ndcg() -> None:
    runs = [
        Results({}, [Row("1", "k", "zh", "?", "x", scores={"ndcg@10": value})])
        for value in (1.0, 0.5)
    ]
    rows = table([Variant("a", runs[0]), Variant("b", runs[1])])
    # What was not measured has no column
    assert rows[0] == ["variant", "nDCG@10", "Δ nDCG@10", "p"]
    assert rows[2] == ["b", ".500", "-0.500", "1.000"]
