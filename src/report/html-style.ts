/** The style of a report: readable in both themes, on a phone and on paper. */
export const htmlStyle = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c2024; --quiet: #5f6b76; --line: #d5dbe1;
  --soft: #f4f6f8; --a: #1c6dd0; --b: #c2570c; --right: #2b8a5a; --wrong: #d6336c; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16191d; --text: #e6e9ec; --quiet: #9aa5b1; --line: #363d45; --soft: #20252b;
    --a: #6aa9f4; --b: #f0995a; --right: #4fc08a; --wrong: #f0709a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 20px 48px; max-width: 1080px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 16px; }
h2 { font-size: 18px; margin: 36px 0 10px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
p { margin: 8px 0; }
.verdict { padding: 14px 18px; border: 1px solid var(--line); border-left: 5px solid var(--quiet); border-radius: 6px;
  background: var(--soft); }
.verdict strong { display: block; font-size: 18px; margin-bottom: 4px; }
.verdict.better { border-left-color: var(--right); }
.verdict.worse { border-left-color: var(--wrong); }
.warning { padding: 8px 14px; border-left: 4px solid var(--b); background: var(--soft); }
.table { overflow-x: auto; margin: 10px 0; }
table { border-collapse: collapse; font-size: 14px; }
th, td { padding: 5px 12px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line);
  min-width: 3.5em; overflow-wrap: normal; }
.long { overflow-wrap: anywhere; min-width: 16em; max-width: 34em; }
th { color: var(--quiet); font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.pictures { display: flex; flex-wrap: wrap; gap: 20px 28px; margin: 14px 0; }
figure { margin: 0; max-width: 100%; }
figcaption { color: var(--quiet); font-size: 13px; max-width: 400px; }
.legend { color: var(--quiet); font-size: 13px; }
.key { display: inline-block; width: 14px; height: 3px; margin: 0 5px 3px 10px; vertical-align: middle; }
.key.a { background: var(--a); }
.key.b { background: var(--b); }
svg { max-width: 100%; height: auto; font-size: 12px; }
svg text { fill: var(--text); }
svg .quiet { fill: var(--quiet); }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .chance { stroke: var(--quiet); stroke-dasharray: 4 4; }
svg .curve { fill: none; stroke-width: 2; }
svg .curve.a { stroke: var(--a); }
svg .curve.b { stroke: var(--b); }
svg .point { fill-opacity: 0.45; }
svg .point.a { fill: var(--a); }
svg .point.b { fill: var(--b); }
svg .cell { fill: none; stroke: var(--line); stroke-width: 1; }
svg .cell.right { fill: var(--right); }
svg .cell.wrong { fill: var(--wrong); }
@media print { body { max-width: none; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
`;
