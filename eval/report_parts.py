"""The style and the script of the report, as text that is put into the page: it loads nothing."""

from __future__ import annotations

STYLE = """
:root {
  --paper: #faf9f6; --card: #ffffff; --ink: #23272b; --soft: #666e75; --line: #e4e1da;
  --good: #3c8374; --mid: #d0a94f; --bad: #bb5a45; --accent: #33658a; --mark: #f5e6b8;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16191c; --card: #1e2226; --ink: #e4e3df; --soft: #9aa2a9; --line: #333a40;
    --good: #59a896; --mid: #c9a550; --bad: #d27b66; --accent: #7eb0d5; --mark: #57491f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 62rem; padding: 2.5rem 1.25rem 5rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", "PingFang SC",
  "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: 1.55rem; font-weight: 600; line-height: 1.25; margin: 0 0 .35rem; }
h2 { font-size: 1.02rem; font-weight: 600; margin: 2.75rem 0 .9rem; }
p { margin: .3rem 0; }
.meta, .soft { color: var(--soft); font-size: .875rem; }
.num { font-variant-numeric: tabular-nums; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: .8rem;
  margin-top: 1.6rem; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  padding: .9rem 1rem .8rem; }
.tile b { display: block; font-size: 1.85rem; font-weight: 600; line-height: 1.2; }
.tile span { display: block; color: var(--soft); font-size: .84rem; }
.plot { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr auto; gap: .35rem .9rem;
  align-items: center; font-size: .9rem; }
.plot .row { display: contents; }
.plot svg { display: block; width: 100%; height: 1.05rem; }
.plot .num { color: var(--soft); text-align: right; white-space: nowrap; }
.plot .num b { color: var(--ink); font-weight: 600; }
svg .good { fill: var(--good); } svg .mid { fill: var(--mid); } svg .bad { fill: var(--bad); }
svg .track { fill: var(--line); } svg .whisker { fill: var(--accent); opacity: .38; }
svg .point { fill: var(--accent); } svg .bar { fill: var(--accent); opacity: .65; }
svg .rule { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 3 3; opacity: .55;
  vector-effect: non-scaling-stroke; }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0 0 .7rem; font-size: .84rem;
  color: var(--soft); }
.key i { display: inline-block; width: .7rem; height: .7rem; border-radius: .15rem;
  margin-right: .35rem; }
i.good { background: var(--good); } i.mid { background: var(--mid); }
i.bad { background: var(--bad); }
.histogram svg { display: block; width: 100%; height: 7rem; }
.axis { display: flex; justify-content: space-between; border-top: 1px solid var(--line);
  padding-top: .2rem; font-size: .8rem; color: var(--soft); }
.tools { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem;
  padding: .7rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
.tools input, .tools select, .tools button { font: inherit; font-size: .9rem; color: inherit;
  background: var(--card); border: 1px solid var(--line); border-radius: .45rem;
  padding: .4rem .65rem; min-height: 2.4rem; }
.tools input { flex: 1 1 11rem; min-width: 0; } .tools select { max-width: 12rem; }
.tools button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
details.q { border-bottom: 1px solid var(--line); }
details.q > summary { display: grid; grid-template-columns: 1.1rem 1fr auto; gap: .6rem;
  align-items: baseline; padding: .6rem .2rem; cursor: pointer; list-style: none; }
details.q > summary::-webkit-details-marker { display: none; }
summary .dot { width: .65rem; height: .65rem; border-radius: 50%; align-self: center; }
.dot.good { background: var(--good); }
.dot.mid { background: none; border: 2px solid var(--mid); }
.dot.bad { background: var(--bad); border-radius: .12rem; }
summary .tag { color: var(--soft); font-size: .8rem; white-space: nowrap; }
.body { padding: .1rem .2rem 1.2rem 1.9rem; font-size: .95rem; }
.body dl { display: grid; grid-template-columns: 5.2rem 1fr; gap: .35rem .9rem; margin: 0; }
.body dt { color: var(--soft); font-size: .84rem; padding-top: .1rem; }
.body dd { margin: 0; white-space: pre-line; min-width: 0; }
blockquote { margin: 0 0 .55rem; padding: .15rem 0 .15rem .8rem;
  border-left: 3px solid var(--line); }
blockquote.yes { border-color: var(--good); } blockquote:target { border-color: var(--accent); }
blockquote p { margin: 0; } blockquote .soft { font-size: .8rem; }
mark { background: var(--mark); color: inherit; border-radius: .15rem; padding: 0 .1rem; }
sup a { color: var(--accent); text-decoration: none; padding: 0 .1rem; }
.warn { color: var(--bad); }
[hidden] { display: none !important; }
#none { padding: 1.2rem 0; color: var(--soft); }
@media (max-width: 34rem) {
  body { padding: 1.4rem .9rem 3rem; }
  .plot { display: block; }
  .plot .row { display: grid; grid-template-columns: 1fr auto; gap: .1rem .8rem; }
  .plot svg { grid-column: 1 / -1; order: 3; margin-bottom: .7rem; height: .85rem; }
  .tiles { grid-template-columns: 1fr 1fr; gap: .6rem; } .tile b { font-size: 1.5rem; }
  .body { padding-left: .2rem; } .body dl { grid-template-columns: 1fr; gap: 0; }
  .body dd { margin-bottom: .6rem; }
  summary .tag { grid-column: 2; }
  .tools select { flex: 1 1 8rem; max-width: none; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; }
  body { max-width: none; padding: 0; font-size: 10pt; } .tools { display: none; }
  details.q, .tile, blockquote { break-inside: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""

SCRIPT = """
(() => {
  const rows = [...document.querySelectorAll('details.q')];
  const box = document.getElementById('text'), kind = document.getElementById('kind');
  const verdict = document.getElementById('verdict'), count = document.getElementById('count');
  const none = document.getElementById('none'), fold = document.getElementById('fold');
  const plain = text => text.normalize('NFKC').toLowerCase();
  const texts = rows.map(row => plain(row.textContent));
  const filter = () => {
    const wanted = plain(box.value.trim());
    let shown = 0;
    rows.forEach((row, place) => {
      const fits = (!kind.value || row.dataset.kind === kind.value)
        && (!verdict.value || row.dataset.verdict.split(' ').includes(verdict.value))
        && (!wanted || texts[place].includes(wanted));
      row.hidden = !fits;
      shown += fits;
    });
    count.textContent = shown === rows.length ? `${shown}` : `${shown} of ${rows.length}`;
    none.hidden = shown > 0;
  };
  for (const part of [box, kind, verdict])
    for (const event of ['input', 'change']) part.addEventListener(event, filter);
  fold.addEventListener('click', () => {
    const open = fold.getAttribute('aria-pressed') !== 'true';
    rows.forEach(row => { if (!row.hidden) row.open = open; });
    fold.setAttribute('aria-pressed', open);
    fold.textContent = open ? 'Fold all' : 'Unfold all';
  });
  addEventListener('beforeprint', () => {
    // All of a long run would fill a ream: filter first, or unfold what is wanted
    const few = rows.filter(row => !row.hidden).length <= 60;
    rows.forEach(row => {
      row.dataset.was = row.open;
      if (few && !row.hidden) row.open = true;
    });
  });
  addEventListener('afterprint', () => rows.forEach(row => {
    row.open = row.dataset.was === 'true';
  }));
  filter();
})();
"""
