// The next release, tried on a copy of the manifests: which versions it would have; and what npm would send, without sending it.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { published, run } from './pack.mjs'

const folder = resolve('.cache/release')
const changeset = resolve('tools/packages/node_modules/.bin/changeset')

/** The problems of a release, as sentences. */
export function findReleaseProblems(packages) {
  const problems = [...findVersionProblems(), ...packages.flatMap(findPublishProblems)]
  console.log(`${problems.length === 0 ? '✓' : '✗'} release: versions, and npm publish --dry-run`)
  return problems
}

/** One changeset of one package moves all of them to one version, with the ranges between them. */
function findVersionProblems() {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const file of [
    'package.json',
    '.changeset',
    ...globSync('{packages,apps}/*/package.json'),
  ]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(file, join(folder, file), { recursive: true })
  }
  cpSync('package-lock.json', join(folder, 'package-lock.json'))
  const git = (...args) => run('git', args, { cwd: folder })
  git('init', '--quiet', '--initial-branch', 'main')
  const change = "---\n'@quayside/core': minor\n---\n\nA change.\n"
  writeFileSync(join(folder, '.changeset/a-change.md'), change)
  run(changeset, ['version'], { cwd: folder })
  const manifests = published.map((each) =>
    JSON.parse(readFileSync(join(folder, each, 'package.json'), 'utf8')),
  )
  const [{ version }] = manifests
  return manifests.flatMap(({ name, version: own, dependencies = {}, peerDependencies = {} }) => [
    ...(own === version ? [] : [`${name} would be ${own}, another ${version}`]),
    ...Object.entries({ ...dependencies, ...peerDependencies })
      .filter(([needed, range]) => needed.startsWith('@quayside/') && range !== `^${version}`)
      .map(([needed, range]) => `${name} ${own} would need ${needed} ${range}`),
  ])
}

function findPublishProblems({ tarball, manifest }) {
  try {
    // Only a release in CI can attest where it was built.
    run('npm', ['publish', tarball, '--dry-run', '--provenance=false'])
    return []
  } catch (cause) {
    return [`${manifest.name}: ${String(cause)}`]
  }
}
