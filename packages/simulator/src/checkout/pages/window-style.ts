/** The payment window's style: 420 × 640 in the shop's overlay, the whole screen on a phone. */
export const style = `
:root {
  color-scheme: light;
  --ink: #0f172a;
  --quiet: #475569;
  --line: #cbd5e1;
  --brand: #1d4ed8;
  --paper: #ffffff;
  font-family: system-ui, -apple-system, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Malgun Gothic', sans-serif;
  font-size: 16px;
  line-height: 1.5;
  word-break: keep-all;
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); }
main { max-width: 480px; margin: 0 auto; min-height: 100vh; }
header {
  display: flex; align-items: center; justify-content: space-between;
  padding: 12px 12px 12px 20px; border-bottom: 1px solid var(--line);
  position: sticky; top: 0; background: var(--paper); z-index: 1;
}
h1 { font-size: 17px; font-weight: 600; outline: none; }
.brand { color: var(--brand); margin-right: 4px; }
.order { padding: 16px 20px; border-bottom: 8px solid #f1f5f9; }
.name { font-size: 15px; color: var(--quiet); overflow-wrap: anywhere; }
.amount { font-size: 28px; line-height: 1.3; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
dl { margin-top: 8px; font-size: 13px; color: var(--quiet); }
dl div { display: flex; justify-content: space-between; gap: 16px; }
dd { overflow-wrap: anywhere; text-align: right; }
.pay { padding: 16px 20px 20px; }
.fields { display: grid; grid-template-columns: 3fr 2fr; gap: 12px; }
.fields .field:only-child { grid-column: 1 / -1; }
label { display: block; font-size: 13px; color: var(--quiet); }
.field { min-width: 0; }
select, input {
  display: block; width: 100%; height: 44px; margin-top: 4px; padding: 0 12px;
  font: inherit; font-size: 15px; color: var(--ink); background: var(--paper);
  border: 1px solid #64748b; border-radius: 10px;
}
.stack { display: grid; gap: 12px; margin-top: 12px; }
input.tick { display: inline-block; width: 20px; height: 20px; margin: 0; vertical-align: middle; }
.pay > .field, .pay > .fields { margin-top: 10px; }
.note { font-size: 13px; color: var(--quiet); margin-top: 8px; }
button {
  min-height: 48px; padding: 4px 16px; font: inherit; font-weight: 600; line-height: 1.3; color: var(--ink);
  background: var(--paper); border: 1px solid #64748b; border-radius: 10px; cursor: pointer;
}
button:hover { background: #f1f5f9; }
.primary { color: #fff; background: var(--brand); border-color: var(--brand); }
.primary:hover { background: #1e40af; }
.close { width: 44px; min-height: 44px; padding: 0; border-color: transparent; font-size: 18px; }
.buttons { display: grid; grid-template-columns: 2fr 1fr; gap: 12px; margin-top: 16px; }
:focus-visible { outline: 3px solid #f59e0b; outline-offset: 2px; }
h1:focus-visible { outline: none; }
.simulator {
  margin-top: 20px; padding: 14px 16px 16px; background: #fffbeb;
  border: 2px dashed #b45309; border-radius: 12px;
}
.simulator h2 { font-size: 14px; color: #92400e; }
.simulator .note { margin-top: 2px; color: #57534e; }
.simulator select, .simulator input { height: 40px; font-size: 14px; }
.simulator button { min-height: 40px; font-size: 14px; }
.row { display: grid; grid-template-columns: 1fr auto; gap: 8px; align-items: end; margin: 10px 0; }
.simulator > button { width: 100%; }
fieldset {
  display: grid; grid-template-columns: 1fr 1fr; gap: 8px 10px;
  margin-top: 12px; padding: 0; border: 0; min-width: 0;
}
legend { font-size: 13px; font-weight: 600; color: #92400e; padding: 0; margin-bottom: 4px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.end {
  display: flex; flex-direction: column; justify-content: center; gap: 8px;
  padding: 32px 24px; text-align: center; color: var(--quiet);
}
.end h1 { font-size: 20px; color: var(--ink); }
.detail { color: var(--ink); overflow-wrap: anywhere; }
`
