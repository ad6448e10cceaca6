// npm run mutate -- core client: changes the code in one place at a time and checks that a test fails. Without names,
// every target of tests/mutation/targets.mjs. Fails on a survivor that tests/mutation/survivors.json does not explain,
// on an explanation without a survivor, and on a score below the target's threshold.
import { readFileSync } from 'node:fs'
import Table from 'cli-table3'
import { checkMutants } from '../../../tests/mutation/check-mutants.mjs'
import { mutate } from '../../../tests/mutation/run.mjs'
import { targets } from '../../../tests/mutation/targets.mjs'

const requested = process.argv.slice(2)
const unknown = requested.filter((name) => !Object.hasOwn(targets, name))
if (unknown.length > 0) {
  console.error(`Unknown target: ${unknown.join(', ')} (known: ${Object.keys(targets).join(', ')})`)
  process.exit(2)
}
const explained = JSON.parse(readFileSync('tests/mutation/survivors.json', 'utf8'))
const mutated = Object.values(targets).flatMap((target) => target.mutate)
const problems = explained
  .filter(({ file }) => !mutated.includes(file))
  .map(({ file }) => `Explained, but not mutated: ${file}`)
const table = new Table({
  head: ['', 'mutants', 'killed', 'by timeout', 'survived, explained', 'unexplained', '%'],
  colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  style: { head: [], border: [], compact: true },
})
for (const name of requested.length > 0 ? requested : Object.keys(targets)) {
  const at = Date.now()
  const target = targets[name]
  const result = checkMutants(name, target, await mutate(name, target), explained)
  problems.push(...result.problems)
  const minutes = ((Date.now() - at) / 60_000).toFixed(1)
  table.push(...result.files.map((row) => toRow(row, row.name)))
  table.push(toRow(result.total, `${name}, at least ${target.break} %, ${minutes} min`))
}
console.log(`\n${table.toString()}`)
for (const problem of problems) console.log(`\n✗ ${problem}`)
console.log(problems.length === 0 ? '\n✓ every survivor is explained' : '')
process.exit(problems.length === 0 ? 0 : 1)

function toRow({ mutants, killed, timedOut, explained, unexplained, score }, label) {
  return [label, mutants, killed, timedOut, explained, unexplained, score.toFixed(1)]
}
