// What others would install, looked at as they would: part of `npm test`. `npm run check:package` also uses it as they would, in
// projects that npm installs (--with-users).
import Table from 'cli-table3'
import { findApiProblems } from './api.mjs'
import { findContentProblems } from './contents.mjs'
import { findJestProblems } from './jest.mjs'
import { findJsrProblems, findPublishProblems } from './jsr.mjs'
import { findLintProblems } from './linters.mjs'
import { pack } from './pack.mjs'
import { findRefusalProblems } from './refusals.mjs'
import { findReleaseProblems } from './release.mjs'
import { findUserProblems } from './users.mjs'

const packages = pack()
const kB = (bytes) => (bytes / 1000).toFixed(1)
const table = new Table({
  head: ['', 'kB packed', 'kB unpacked', 'files', 'problems'],
  style: { head: [], border: [] },
})
const problems = packages.flatMap((packed) => {
  const { manifest, size, unpackedSize, files } = packed
  const found = [...findContentProblems(packed), ...findLintProblems(packed)]
  table.push([manifest.name, kB(size), kB(unpackedSize), files.length, found.length])
  return found.map((problem) => `${manifest.name}: ${problem}`)
})
console.log(table.toString())
problems.push(...findApiProblems(), ...findJsrProblems(), ...findReleaseProblems(packages))
if (process.argv.includes('--with-users'))
  problems.push(
    ...findPublishProblems(),
    ...(await findUserProblems(packages)),
    ...findRefusalProblems(packages),
    ...findJestProblems(packages),
  )
for (const problem of problems) console.error(`✗ ${problem}`)
console.log(`${packages.length} packages, ${problems.length} problems`)
process.exit(problems.length === 0 ? 0 : 1)
