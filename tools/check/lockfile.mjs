// every optional dependency named by a locked package must itself be in the lock
import { readFileSync } from 'node:fs'

const lock = JSON.parse(readFileSync(process.argv[2] ?? 'package-lock.json', 'utf8')).packages
const has = (from, name) => {
  let p = from
  for (;;) {
    const k = (p ? p + '/' : '') + 'node_modules/' + name
    if (lock[k]) return lock[k].version
    if (!p) return false
    const i = p.lastIndexOf('/node_modules/')
    p = i >= 0 ? p.slice(0, i) : ''
  }
}
let bad = 0
for (const [k, v] of Object.entries(lock)) {
  if (v.link) continue
  for (const d of Object.keys(v.optionalDependencies ?? {})) {
    const got = has(k, d),
      want = v.optionalDependencies[d]
    if (!got || (/^\d/.test(want) && got !== want)) {
      bad++
      console.log(
        'missing',
        d,
        v.optionalDependencies[d],
        'wanted by',
        k || '<root>',
        'found',
        got || 'none',
      )
    }
  }
  if (v.resolved && !v.link && /^https?:/.test(v.resolved)) {
    bad++
    console.log('resolved host in', k)
  }
  if (k.includes('node_modules/') && !v.link && !v.integrity && !v.inBundle) {
    bad++
    console.log('no integrity', k)
  }
}
console.log(bad ? bad + ' problem(s)' : 'lock complete')
process.exit(bad ? 1 : 0)
