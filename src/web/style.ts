/** The one style sheet of the pages. Contrast is at least 4.5:1 in light and in dark. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1d2733; --soft: #55606e; --line: #dcd8cf; --accent: #1f5f8b;
  --good: #1e6b3c; --wait: #7a5200; --bad: #a3271f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --card: #1c2229; --ink: #e6e9ec; --soft: #a8b1bb; --line: #343c46; --accent: #8cc4ec;
    --good: #7fd19b; --wait: #e8bf6a; --bad: #f2958d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
.page { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
header p, footer { color: var(--soft); }
header { border-bottom: 3px solid var(--accent); margin-bottom: 1.5rem; padding-bottom: .75rem; }
header p { margin: 0; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
a { color: var(--accent); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .6rem 1rem 0; color: var(--soft); font-size: .9rem; }
th, td { text-align: left; padding: .6rem 1rem; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td, tr:last-child th { border-bottom: 0; }
thead th { font-size: .85rem; color: var(--soft); font-weight: 600; }
tbody th { font-weight: 400; }
td ul { list-style: none; margin: 0; padding: 0; }
.sent { color: var(--good); }
.waiting { color: var(--wait); }
.failed { color: var(--bad); }
.empty { background: var(--card); border: 1px dashed var(--line); border-radius: 8px; padding: 1.5rem; }
code { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; font-size: .95em; }
footer { margin-top: 3rem; font-size: .9rem; }
@media (max-width: 40rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0; }
  tbody th, td { display: block; border: 0; padding: .2rem 1rem; }
}
@media print { body { background: #fff; } .scroll { border: 0; overflow: visible; } }
`;
