/** The console's style: a table on a desktop, a column of cards on a phone. */
export const style = `
:root {
  color-scheme: light;
  --ink: #0f172a; --quiet: #475569; --line: #e2e8f0; --brand: #1d4ed8; --paper: #fff; --back: #f1f5f9;
  font-family: system-ui, -apple-system, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Malgun Gothic', sans-serif;
  font-size: 15px; line-height: 1.5;
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--back); color: var(--ink); word-break: keep-all; }
main { max-width: 1120px; margin: 0 auto; padding: 24px 20px 64px; display: grid; gap: 20px; }
main > * { min-width: 0; }
header { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: baseline; justify-content: space-between; }
h1 { font-size: 22px; letter-spacing: -0.02em; }
h2 { font-size: 16px; margin-bottom: 12px; }
.lead { color: var(--quiet); width: 100%; }
nav { display: flex; flex-wrap: wrap; gap: 0 16px; }
h2 { scroll-margin-top: 16px; }
a { color: var(--brand); padding: 8px 0; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 14px; padding: 20px; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: 13px; font-weight: 600; color: var(--quiet); padding: 0 12px 8px 0; }
td { border-top: 1px solid var(--line); padding: 12px 12px 12px 0; vertical-align: top; overflow-wrap: anywhere; }
.money, .kind, time { font-variant-numeric: tabular-nums; white-space: nowrap; }
small, .quiet { color: var(--quiet); font-size: 13px; }
small { display: block; }
code { font: 12px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.badge { display: inline-block; padding: 2px 10px; border-radius: 999px; font-size: 13px; font-weight: 600; background: #e2e8f0; color: #334155; white-space: nowrap; }
.paid { background: #dcfce7; color: #166534; }
.failed { background: #fee2e2; color: #991b1b; }
.cancelled, .partly { background: #fef3c7; color: #854d0e; }
.issued { background: #dbeafe; color: #1e40af; }
section p + form.inline { margin-top: 12px; }
form.inline { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 8px; }
label { font-size: 13px; color: var(--quiet); }
input, select { display: block; width: 100%; height: 40px; margin-top: 4px; padding: 0 12px; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid #64748b; border-radius: 10px; }
form.inline input[type='text'] { width: 9em; margin: 0; }
input[type='checkbox'] { display: inline-block; width: 20px; height: 20px; margin: 0 8px 0 0; vertical-align: middle; }
button { height: 40px; padding: 0 16px; font: inherit; font-weight: 600; color: var(--ink); background: var(--paper); border: 1px solid #64748b; border-radius: 10px; cursor: pointer; white-space: nowrap; }
button:hover { background: var(--back); }
.primary { color: #fff; background: var(--brand); border-color: var(--brand); }
.primary:hover { background: #1e40af; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 14px; margin-bottom: 14px; }
.wide { grid-column: 1 / -1; }
.buttons { display: flex; gap: 8px; }
.buttons form { display: contents; }
[role='alert'] { background: #fee2e2; color: #7f1d1d; border-radius: 10px; padding: 12px 16px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px; }
header h1 a { color: inherit; text-decoration: none; }
.strong { font-weight: 700; }
.live { align-self: center; color: #166534; font-size: 13px; }
.live::before { content: ''; display: inline-block; width: 8px; height: 8px; margin-right: 6px; border-radius: 999px; background: currentColor; }
.live.off { color: #991b1b; }
.search { display: flex; gap: 8px; margin-bottom: 16px; }
.search label { flex: 1; }
.search input { margin: 0; }
.pages { justify-content: space-between; align-items: center; margin-top: 12px; }
.confirm summary { display: inline-block; height: 40px; padding: 8px 16px; font-weight: 600; border: 1px solid #64748b; border-radius: 10px; cursor: pointer; list-style: none; }
.confirm summary::-webkit-details-marker { display: none; }
.confirm[open] summary { margin-bottom: 8px; background: var(--back); }
.confirm form.inline { padding: 12px; border: 1px solid #fca5a5; border-radius: 10px; align-items: end; }
.confirm p { width: 100%; }
.danger { color: #fff; background: #b91c1c; border-color: #b91c1c; }
.danger:hover { background: #7f1d1d; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 12px 20px; margin-bottom: 16px; }
.facts dt { font-size: 13px; color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: start; }
.actions form.inline { margin: 0; }
pre { max-height: 420px; overflow: auto; margin-top: 12px; padding: 16px; font: 12px/1.5 ui-monospace, 'SF Mono', Menlo, Consolas, monospace; background: var(--back); border-radius: 10px; }
.answer { display: block; max-height: 120px; margin-top: 6px; overflow: auto; white-space: pre-wrap; }
.faults { list-style: none; padding: 0; margin-bottom: 12px; display: grid; gap: 8px; }
.faults small { display: inline; }
section form + form, [data-key='faults'] + form { margin-top: 16px; }
.scheduled { background: #dbeafe; color: #1e40af; }
.executed { background: #dcfce7; color: #166534; }
.revoked { background: #e2e8f0; color: #334155; }
@media (max-width: 720px) {
  main { padding: 16px 12px 48px; }
  section { padding: 16px; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  tr { border-top: 1px solid var(--line); padding: 12px 0; }
  td { border: 0; padding: 4px 0; }
  form.inline input[type='text'] { flex: 1; width: auto; min-width: 8em; }
}
`
