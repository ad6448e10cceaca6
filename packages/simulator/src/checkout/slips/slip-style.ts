/** The style of a slip: one column of paper, the same on a phone; printed without what only a screen needs. */
export const slipStyle = `
:root {
  color-scheme: light;
  --ink: #0f172a; --quiet: #475569; --line: #e2e8f0; --brand: #1d4ed8;
  font-family: system-ui, -apple-system, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Malgun Gothic', sans-serif;
  font-size: 15px; line-height: 1.5; word-break: keep-all;
}
* { box-sizing: border-box; margin: 0; }
body { padding: 24px 16px; background: #f1f5f9; color: var(--ink); }
main { max-width: 440px; margin: 0 auto; padding: 24px; background: #fff; border: 1px solid var(--line); border-radius: 14px; display: grid; gap: 16px; }
main > * { min-width: 0; }
header { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; justify-content: space-between; }
h1 { font-size: 20px; letter-spacing: -0.02em; }
h2 { font-size: 15px; margin-bottom: 4px; }
.status { padding: 2px 10px; border-radius: 999px; font-size: 13px; font-weight: 600; background: #dcfce7; color: #166534; }
.status.partly, .status.cancelled, .status.revoked { background: #fef3c7; color: #854d0e; }
.total { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; justify-content: space-between; padding: 12px 0; border-block: 2px solid var(--ink); }
.total strong { font-size: 24px; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dl { display: grid; gap: 8px; }
dl div { display: flex; gap: 16px; justify-content: space-between; }
dt { flex: none; color: var(--quiet); }
dd { min-width: 0; text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
section { padding-top: 12px; border-top: 1px solid var(--line); }
ul { list-style: none; padding: 0; }
li { display: flex; flex-wrap: wrap; gap: 0 12px; align-items: center; justify-content: space-between; padding: 4px 0; font-variant-numeric: tabular-nums; }
.note { padding-top: 12px; border-top: 1px dashed #64748b; font-size: 13px; color: var(--quiet); }
section .note { border: 0; padding-top: 4px; }
nav { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; justify-content: space-between; }
a { padding: 8px 0; color: var(--brand); }
button { min-height: 44px; padding: 0 20px; font: inherit; font-weight: 600; color: #fff; background: var(--brand); border: 0; border-radius: 10px; cursor: pointer; }
button:hover { background: #1e40af; }
:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px; }
@media print {
  body { padding: 0; background: none; }
  main { border: 0; padding: 0; max-width: 100%; }
  nav, li a { display: none; }
}
`

/** Shows the button that only works with scripts. */
export const printScript = `for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
`
