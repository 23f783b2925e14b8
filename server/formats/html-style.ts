/** How the page looks, by day and by night; nothing is told by colour alone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --back: #ffffff; --raised: #f6f8fa; --ink: #1f2328; --faint: #59636e; --line: #d1d9e0; --accent: #0969da;
  --error: #b42318; --warning: #8a5a00; --information: #0550ae;
  --mark: #ffd8d3; --also: #cfe8ff; --old: #ffebe9; --new: #dafbe1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0d1117; --raised: #161b22; --ink: #e6edf3; --faint: #9198a1; --line: #30363d; --accent: #58a6ff;
    --error: #ff8b81; --warning: #e3b341; --information: #79c0ff;
    --mark: #6b211d; --also: #12395c; --old: #3c1618; --new: #10341c;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 5rem; }
body { margin: 0 auto; padding: 0 1.25rem 6rem; max-width: 68rem; background: var(--back); color: var(--ink); font: 15px/1.55 ui-sans-serif, system-ui, sans-serif; }
a { color: var(--accent); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .92em; }
code { overflow-wrap: anywhere; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.faint { color: var(--faint); font-weight: 400; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
header { padding: 2.25rem 0 .75rem; }
header p { margin: 0; }
.brand { font-weight: 600; letter-spacing: .01em; }
.brand span { color: var(--faint); font-weight: 400; }
h1 { margin: .35rem 0 .15rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.015em; }
form { padding-bottom: .25rem; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 0 0 .6rem; padding: 0; border: 0; }
.grow { flex: 1 1 16rem; }
fieldset .grow { flex-basis: 0; }
input[type=search], select, button, .chip { height: 2.25rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--back); color: inherit; font: inherit; padding: 0 .7rem; }
input[type=search] { width: 100%; }
select { max-width: 22rem; }
button { cursor: pointer; background: var(--raised); }
button:hover { border-color: var(--faint); }
.chip { display: inline-flex; gap: .4rem; align-items: center; cursor: pointer; }
.chip:has(:disabled) { opacity: .5; cursor: default; }
.chip b { color: var(--tone); }
.error { --tone: var(--error); } .warning { --tone: var(--warning); } .information { --tone: var(--information); }
input[type=checkbox] { accent-color: var(--accent); margin: 0; }
.rules { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: .1rem 1.25rem; margin: 0; padding: .6rem 0; border: 0; border-top: 1px solid var(--line); }
.rules label { position: relative; display: flex; gap: .5rem; align-items: center; padding: .2rem 0 .35rem; cursor: pointer; }
.rules label::after { content: ''; position: absolute; left: 0; bottom: 0; height: 3px; width: var(--share); border-radius: 2px; background: color-mix(in srgb, var(--accent) 45%, transparent); }
.rules span { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.rules b { font-variant-numeric: tabular-nums; }
#count { margin: .2rem 0 0; }
.file { margin-top: 1.75rem; }
h2 { position: sticky; top: 0; z-index: 1; margin: 0 0 .6rem; padding: .45rem 0; background: var(--back); border-bottom: 1px solid var(--line); font-size: 1rem; overflow-wrap: anywhere; }
.finding { margin: 0 0 .75rem; border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: .5rem; }
.finding > summary { display: flex; flex-wrap: wrap; gap: .2rem .75rem; align-items: baseline; padding: .6rem .85rem; cursor: pointer; list-style: none; border-radius: .4rem; }
.finding > summary::-webkit-details-marker { display: none; }
.finding > summary:focus-visible { outline-offset: -2px; }
.finding > summary:hover { background: var(--raised); }
.badge { color: var(--tone); font-weight: 600; font-size: .85em; min-width: 4.2rem; }
.what { flex: 1 1 24rem; }
.where { color: var(--faint); font-size: .88em; font-variant-numeric: tabular-nums; }
.rule { margin-right: .6rem; }
.body { padding: 0 .85rem .35rem; }
pre { margin: .1rem 0 .7rem; padding: .6rem 0; overflow-x: auto; border-radius: .4rem; background: var(--raised); line-height: 1.5; tab-size: 2; }
.line, .label, .gap { display: block; min-width: max-content; padding-right: 1rem; }
.frame { display: flex; flex-direction: column; font-size: .85em; white-space: pre; }
.line::before { content: attr(data-line); display: inline-block; width: 4ch; margin: 0 1.5ch 0 1ch; text-align: right; color: var(--faint); user-select: none; }
.line.main::before { color: var(--ink); font-weight: 700; }
.gap { padding-left: 4ch; color: var(--faint); }
.label { padding-left: 6.5ch; font-family: ui-sans-serif, system-ui, sans-serif; color: var(--information); }
.label::before { content: '↑ '; }
mark { color: inherit; border-radius: 2px; padding: .1em 0; }
mark.main { background: var(--mark); box-shadow: inset 0 -2px 0 var(--error); }
.warning mark.main { background: color-mix(in srgb, var(--warning) 24%, transparent); box-shadow: inset 0 -2px 0 var(--warning); }
.information mark.main { background: var(--also); box-shadow: inset 0 -2px 0 var(--information); }
mark.also { background: var(--also); box-shadow: inset 0 -2px 0 var(--information); }
.at { margin: .2rem 0; font-size: .88em; color: var(--faint); }
.advice { margin: .2rem 0 .7rem; }
.fix { margin: 0 0 .6rem; }
.fix > summary { cursor: pointer; }
.fix > summary code.faint { white-space: nowrap; }
.fix > summary::before { content: 'Fix: '; font-weight: 600; }
.change { margin-top: .4rem; font-size: .85em; }
.change del, .change ins { display: block; min-width: max-content; padding: 0 1rem; text-decoration: none; }
.change del { background: var(--old); } .change ins { background: var(--new); }
.change del::before { content: '- '; } .change ins::before { content: '+ '; }
.change i { padding: 0 1rem; }
figure { margin: .4rem 0 .8rem; padding: .25rem; border: 1px solid var(--line); border-radius: .5rem; overflow-x: auto; }
figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
.links { margin: 0 0 .6rem; font-size: .88em; }
.notes li { margin: .3rem 0; }
@media print { form { display: none; } .finding { break-inside: avoid; } h2 { position: static; } }
`;
