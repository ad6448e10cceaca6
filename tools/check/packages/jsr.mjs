// What JSR demands of each library: a jsr.json that says what its package.json says, types that need no inference, and a comment for
// every public name and member.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { createWorkspace, libraries, toJsrConfig } from './jsr-workspace.mjs'

const deno = resolve('tests/runtimes/node_modules/@deno/linux-x64-glibc/deno')

/** Names that stay private although a public type mentions them, and why. */
const explained = [
  {
    isOne: (name) => /^[a-z]/.test(name),
    why: 'a value: a table whose rows are public in another form, a schema, or the symbol of a type that only its file may make',
  },
  {
    isOne: (name) => name === 'Words',
    why: 'splits the list of currencies into the codes of `Currency`',
  },
]

/** The problems of all libraries, as sentences. */
export function findJsrProblems() {
  if (!existsSync(deno)) return ['JSR: Deno is not available on this system']
  const workspace = createWorkspace()
  const problems = [
    ...libraries
      .filter((folder) => !isDeepStrictEqual(readJsr(folder), toJsrConfig(folder)))
      .map((folder) => `${folder}/jsr.json is not what its package.json says: npm run jsr`),
    ...findDocProblems(workspace),
    ...tryPublish(workspace),
  ]
  console.log(`${problems.length === 0 ? '✓' : '✗'} jsr: ${libraries.length} packages`)
  return problems
}

function readJsr(folder) {
  const file = `${folder}/jsr.json`
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/** What `deno doc --lint` finds in all packages together, so that a type of another package counts as public. */
function findDocProblems(workspace) {
  const entries = libraries.flatMap((folder) =>
    Object.values(toJsrConfig(folder).exports).map((source) =>
      join(folder.replace('packages/', ''), source),
    ),
  )
  const { status, stderr } = runDeno(['doc', '--lint', ...entries], workspace)
  if (status === 0) return []
  const findings = stderr.split(/^(?=error)/m).filter((text) => text.startsWith('error['))
  const isWhole = findings.length > 0
  return isWhole
    ? findings.flatMap((finding) => toDocProblem(finding, workspace))
    : [`deno doc --lint: ${stderr}`]
}

function toDocProblem(finding, workspace) {
  const [, kind, text] = /^error\[(.*?)\]: (.*)/.exec(finding)
  const [, path, line] = /--> (.*):(\d+):\d+/.exec(finding)
  const source = readFileSync(path, 'utf8')
  const [, name] = /references private type '(\w+)'/.exec(text) ?? []
  if (name !== undefined && (isExplained(name) || isOfNpm(source, name))) return []
  const code = source.split('\n')[line - 1].trim()
  return [
    `packages/${path.slice(workspace.length + 1)}:${line} ${kind}${name ? ` ${name}` : ''}: ${code}`,
  ]
}

const isExplained = (name) => explained.some(({ isOne }) => isOne(name))

/** A type of a package of others is public there. */
const isOfNpm = (source, name) =>
  [...source.matchAll(/import (?:type )?\{([^}]*)\} from '([^']+)'/g)].some(
    ([, names, from]) => !/^\.|^@quayside\//.test(from) && new RegExp(`\\b${name}\\b`).test(names),
  )

function tryPublish(workspace) {
  const { status, stderr } = runDeno(
    ['publish', '--dry-run', '--allow-dirty', '--quiet'],
    workspace,
  )
  return status === 0 ? [] : [`deno publish --dry-run: ${stderr}`]
}

const runDeno = (args, cwd) =>
  spawnSync(deno, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' },
  })

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = findJsrProblems()
  for (const problem of problems) console.error(problem)
  process.exit(problems.length === 0 ? 0 : 1)
}
