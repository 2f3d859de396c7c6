/** The page's look. Its colours follow the scheme that the page around it declares. */
export const STYLE = `
:host { display: block; --ink: #1c1b19; --soft: #5d5a53; --line: #d6d3ca; --surface: #fff; --accent: #0e5f58; --on-accent: #fff; --wash: #e1f0ee }
@supports (color: light-dark(#000, #fff)) {
  :host {
    --ink: light-dark(#1c1b19, #ecebe7); --soft: light-dark(#5d5a53, #b3b0a7); --line: light-dark(#d6d3ca, #444a48);
    --surface: light-dark(#fff, #1c1f1e); --accent: light-dark(#0e5f58, #5cc4b6); --on-accent: light-dark(#fff, #07201d);
    --wash: light-dark(#e1f0ee, #1b3532)
  }
}
* { box-sizing: border-box; margin: 0 }
section {
  display: grid; gap: 1rem; max-width: 26rem; margin: clamp(1rem, 5vh, 3rem) auto; padding: 1.5rem 1.25rem 1.25rem;
  border: 1px solid var(--line); border-radius: 20px; background: var(--surface); color: var(--ink);
  font: 1rem/1.45 -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans Condensed", system-ui, sans-serif;
  overflow-wrap: anywhere
}
.glass { position: relative; width: 76px; height: 76px; border-radius: 22px; background: var(--wash); justify-self: center }
.glass::before, .glass::after { content: ""; position: absolute; border: 3px solid var(--accent); transition: opacity .3s }
.glass::before { inset: 14px 30px 14px 16px; border-radius: 9px; background: linear-gradient(135deg, transparent 42%, var(--accent) 43% 48%, transparent 49%) }
.glass::after { inset: 32px 14px 12px auto; width: 20px; border-radius: 6px; background: var(--surface) }
.glass.locked::before, .glass.ended::before { background: none }
.glass.locked::before { background: var(--accent) }
.glass.ended::after { opacity: .35 }
.head { display: grid; gap: .25rem; text-align: center }
h1 { font-size: 1.5rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em }
h1:focus { outline: none }
h2 { font-size: 1rem; font-weight: 600 }
.soft { color: var(--soft); font-size: .93rem }
.choices { display: grid; gap: .6rem }
button {
  min-height: 52px; width: 100%; padding: .7rem 1rem; border: 1.5px solid var(--accent); border-radius: 14px;
  background: none; color: var(--ink); font: inherit; font-weight: 600; cursor: pointer; touch-action: manipulation
}
button.main { background: var(--accent); color: var(--on-accent) }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
button:disabled { opacity: .55; cursor: progress }
[role=alert] { padding: .6rem .8rem; border-radius: 10px; border: 1px solid currentColor; font-size: .93rem }
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
`;
