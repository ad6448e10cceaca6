// npm run mutate -- core client: breaks the code in one place at a time and asks whether a test notices.
// Without names, every room of tests/mutation/targets.mjs. Fails on a survivor that tests/mutation/survivors.json does
// not explain, on an explanation nobody needs any more, and on a score below the room's threshold.
import { readFileSync } from 'node:fs'
import Table from 'cli-table3'
import { judge } from '../../tests/mutation/check-mutants.mjs'
import { mutate } from '../../tests/mutation/run.mjs'
import { rooms } from '../../tests/mutation/targets.mjs'

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(rooms, name))
if (unknown.length > 0) {
  console.error(`No such room: ${unknown.join(', ')} (there are ${Object.keys(rooms).join(', ')})`)
  process.exit(2)
}
const listed = JSON.parse(readFileSync('tests/mutation/survivors.json', 'utf8'))
const mutated = Object.values(rooms).flatMap((room) => room.mutate)
const problems = listed
  .filter(({ file }) => !mutated.includes(file))
  .map(({ file }) => `Listed, though nothing is broken there: ${file}`)
const table = new Table({
  head: ['', 'mutants', 'killed', 'of them by time', 'survived, explained', 'unexplained', '%'],
  colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right'],
  style: { head: [], border: [], compact: true },
})
for (const name of asked.length > 0 ? asked : Object.keys(rooms)) {
  const at = Date.now()
  const room = rooms[name]
  const verdict = judge(name, room, await mutate(name, room), listed)
  problems.push(...verdict.problems)
  const minutes = ((Date.now() - at) / 60_000).toFixed(1)
  table.push(...verdict.files.map((row) => toRow(row, row.name)))
  table.push(toRow(verdict.total, `${name}, at least ${room.break} %, ${minutes} min`))
}
console.log(`\n${table.toString()}`)
for (const problem of problems) console.log(`\n✗ ${problem}`)
console.log(problems.length === 0 ? '\n✓ every survivor is explained' : '')
process.exit(problems.length === 0 ? 0 : 1)

function toRow({ mutants, killed, timedOut, explained, unexplained, score }, label) {
  return [label, mutants, killed, timedOut, explained, unexplained, score.toFixed(1)]
}
