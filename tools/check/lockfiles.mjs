// Every lockfile: complete on every system, and fixed by hashes alone.
// npm leaves out an optional package that its registry lacks for a while, and refuses the lock the next time.
import { globSync, readFileSync } from 'node:fs'

const files = globSync('{.,docs,tools,{bench,examples,tests,tools}/*}/package-lock.json')
const problems = files.flatMap((file) => {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries(packages).flatMap(([path, entry]) =>
    problemsOf(packages, path, entry).map((problem) => `${file}: ${path || 'the root'} ${problem}`),
  )
})
for (const problem of problems) console.error(problem)
console.log(`${files.length} lockfiles, ${problems.length} problems`)
process.exit(problems.length === 0 ? 0 : 1)

function problemsOf(packages, path, entry) {
  if (entry.link) return []
  const isInstalled = path.includes('node_modules/') && !entry.inBundle
  return [
    ...Object.entries(entry.optionalDependencies ?? {})
      .filter(([name, wanted]) => !isLocked(find(packages, path, name), wanted))
      .map(([name, wanted]) => `lacks its optional ${name} ${wanted}`),
    ...(isInstalled && !entry.integrity?.startsWith('sha512-') ? ['has no sha512 integrity'] : []),
    ...(entry.resolved === undefined ? [] : [`is fetched from ${entry.resolved}`]),
  ]
}

/** Looks a dependency up as Node does: beside the package, then upwards. */
function find(packages, path, name) {
  const found = packages[`${path === '' ? '' : `${path}/`}node_modules/${name}`]
  if (found !== undefined || path === '') return found
  const isWorkspace = !path.includes('node_modules/')
  return find(
    packages,
    isWorkspace ? '' : path.replace(/\/?node_modules\/(?!.*node_modules).*$/, ''),
    name,
  )
}

/** An exact version must be that one; of a range, any is. */
function isLocked(entry, wanted) {
  return entry !== undefined && (!/^\d/.test(wanted) || entry.version === wanted)
}
