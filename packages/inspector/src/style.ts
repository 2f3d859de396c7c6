/** The look of the panel; colours are named by what they say. */
export const STYLE = `
:host {
  all: initial !important;
  position: fixed !important;
  inset-block-end: 0 !important;
  inset-inline: 0 !important;
  z-index: 2147483647 !important;
  color-scheme: light dark !important;
  --surface: #fff; --sunken: #f4f4f1; --line: #dfddd6; --text: #1c1b19; --soft: #5d5a53;
  --accent: #0e5f58; --good: #1c6636; --good-wash: #e3f2e6; --warn: #7a4a00; --warn-wash: #fbf0d9;
  --bad: #a3221a; --bad-wash: #fbe9e7; --info: #2b4f8f; --info-wash: #e7eef9;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :host {
    --surface: #1c1f1e; --sunken: #252928; --line: #3a403e; --text: #ecebe7; --soft: #b0ada4;
    --accent: #5cc4b6; --good: #84d19b; --good-wash: #1b3323; --warn: #e7bd6c; --warn-wash: #382c15;
    --bad: #f2a199; --bad-wash: #3c201d; --info: #a4c1f4; --info-wash: #1f2b42;
  }
}
* { box-sizing: border-box; }
.panel {
  display: flex; flex-direction: column; block-size: max(40vh, 300px); max-block-size: 90vh;
  background: var(--surface); color: var(--text);
  border-block-start: 1px solid var(--line); box-shadow: 0 -8px 32px rgb(0 0 0 / .18);
  font: 13px/1.5 -apple-system, "Segoe UI", Roboto, "Noto Sans", system-ui, sans-serif;
}
h2, p, ul, dl, dd { margin: 0; padding: 0; }
ul { list-style: none; }
h2 { font-size: 14px; font-weight: 600; }
button, input { font: inherit; color: inherit; }
button { cursor: pointer; background: none; border: 0; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; border-radius: 4px; }
code, time, .key, .text, .literal { font-family: var(--mono); font-size: 12px; }
code, dt { overflow-wrap: anywhere; }
dd { overflow-wrap: break-word; }
.soft { color: var(--soft); }
.strong { font-weight: 700; }
.good { color: var(--good); }
.bad { color: var(--bad); }
header {
  display: flex; align-items: stretch; flex: none; gap: 4px; padding-inline: 12px 4px;
  background: var(--sunken); border-block-end: 1px solid var(--line);
}
.brand { align-self: center; font-weight: 700; color: var(--accent); margin-inline-end: 12px; }
.tabs { display: flex; flex: 1; min-inline-size: 0; overflow-x: auto; }
[role="tab"] {
  padding: 9px 12px 7px; border-block-end: 2px solid transparent; color: var(--soft); white-space: nowrap;
}
[role="tab"]:hover { color: var(--text); }
[role="tab"][aria-selected="true"] { color: var(--text); font-weight: 600; border-color: var(--accent); }
.close { inline-size: 36px; color: var(--soft); font-size: 14px; }
.close:hover { color: var(--text); }
.view { flex: 1; min-block-size: 0; overflow: auto; overscroll-behavior: contain; }
.notice { padding: 8px 12px; background: var(--warn-wash); color: var(--warn); }
.empty { padding: 32px 16px; text-align: center; color: var(--soft); }
.bar {
  position: sticky; inset-block-start: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center;
  gap: 6px 16px; padding: 6px 12px; background: var(--surface); border-block-end: 1px solid var(--line);
}
.bar input {
  flex: 1 1 200px; max-inline-size: 320px; padding: 3px 8px; background: var(--sunken);
  border: 1px solid var(--line); border-radius: 6px;
}
.bar input::placeholder { color: var(--soft); opacity: 1; }
.counts { color: var(--soft); font-variant-numeric: tabular-nums; }
.events > li { border-block-end: 1px solid var(--line); }
.event {
  display: grid; grid-template-columns: 104px minmax(0, 220px) minmax(0, 1fr) auto; gap: 12px; align-items: center;
  inline-size: 100%; padding: 4px 12px; text-align: start;
}
.event:hover { background: var(--sunken); }
.event time { color: var(--soft); }
.name { font-weight: 600; }
.name, .about { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.state, .chip { padding: 1px 8px; border-radius: 99px; font-size: 12px; background: var(--sunken); color: var(--soft); }
.state.captured { background: var(--warn-wash); color: var(--warn); }
.state.stored { background: var(--info-wash); color: var(--info); }
.state.delivered, .chip.good { background: var(--good-wash); color: var(--good); }
.state.dropped { background: var(--bad-wash); color: var(--bad); }
.detail { padding: 6px 12px 10px 24px; background: var(--sunken); }
.tree .tree { padding-inline-start: 18px; border-inline-start: 1px solid var(--line); margin-inline-start: 4px; }
summary { cursor: pointer; }
.leaf { padding-inline-start: 15px; overflow-wrap: anywhere; }
.key { color: var(--info); }
.text { color: var(--good); }
.literal { color: var(--warn); }
.page { display: grid; gap: 12px; padding: 10px 12px; }
.cards { display: grid; gap: 10px; padding: 12px; grid-template-columns: repeat(auto-fill, minmax(min(420px, 100%), 1fr)); align-items: start; }
.columns { grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr)); }
.card { display: grid; gap: 6px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 10px; min-inline-size: 0; }
.chips { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; }
.link { background: var(--info-wash); color: var(--info); max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; }
.link:hover { text-decoration: underline; }
.because { padding-inline-start: 10px; border-inline-start: 3px solid var(--accent); }
.rule { padding-block-start: 6px; border-block-start: 1px solid var(--line); }
.rule ul { padding-inline-start: 22px; }
.mark { font-weight: 700; }
dl { display: grid; gap: 2px; }
dl div { display: flex; justify-content: space-between; gap: 16px; }
dt { color: var(--soft); }
dd { font-family: var(--mono); font-size: 12px; text-align: end; }
@media (max-width: 600px) {
  .panel { block-size: max(52vh, 300px); }
  .brand { display: none; }
  header { padding-inline: 0; }
  [role="tab"] { padding-inline: 11px; }
  .event { grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; padding-block: 6px; }
  .state { justify-self: end; }
  .event time { grid-area: 2 / 2; text-align: end; }
  .about { grid-area: 2 / 1; }
}
`;
