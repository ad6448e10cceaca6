// What JSR demands of each library: a jsr.json that says what its package.json says, a comment for every public name and member,
// and types that are written out.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { createWorkspace, libraries, toJsrConfig } from './jsr-workspace.mjs'

const deno = resolve('tools/packages/node_modules/.bin/deno')

/** Findings that stay, and why. */
const explained = [
  {
    kind: 'private-type-ref',
    isOne: ({ name }) => /^[a-z]/.test(name),
    why: 'a value: a table whose rows are public in another form, a schema, or the symbol of a type that only its file may make',
  },
  {
    kind: 'private-type-ref',
    isOne: ({ name }) => name === 'Codes',
    why: 'reads the codes of `Currency` from their list',
  },
  {
    kind: 'private-type-ref',
    isOne: isOfNpm,
    why: 'a type of a package of others is public there',
  },
  {
    kind: 'no-slow-types',
    isOne: ({ file }) => /^server\/src\/(events|http\/schemas)\//.test(file),
    why: 'the types of what the server sends and reads are those of its schemas; written out, they could differ',
  },
]

/** The problems of all libraries that are found without their types, as sentences. */
export function findJsrProblems() {
  const workspace = createWorkspace()
  const problems = [
    ...libraries
      .filter((folder) => !isDeepStrictEqual(readJsr(folder), toJsrConfig(folder)))
      .map((folder) => `${folder}/jsr.json is not what its package.json says: npm run jsr`),
    ...findFindings(workspace, ['doc', '--lint', ...listEntries()]),
    ...findFindings(workspace, ['lint', '--rules-tags=', '--rules-include=no-slow-types']),
  ]
  console.log(`${problems.length === 0 ? '✓' : '✗'} jsr: comments and types`)
  return problems
}

/** The problems of publishing, with the check of types in Deno. */
export function findPublishProblems() {
  const options = ['--dry-run', '--allow-dirty', '--quiet', '--allow-slow-types']
  const { status, stderr } = runDeno(['publish', ...options], createWorkspace())
  console.log(`${status === 0 ? '✓' : '✗'} jsr: deno publish --dry-run`)
  return status === 0 ? [] : [`deno publish --dry-run: ${stderr}`]
}

function readJsr(folder) {
  const file = `${folder}/jsr.json`
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

/** The entries of all packages: looked at together, a type of another package counts as public. */
const listEntries = () =>
  libraries.flatMap((folder) =>
    Object.values(toJsrConfig(folder).exports).map((source) =>
      join(folder.replace('packages/', ''), source),
    ),
  )

/** What a linter of Deno finds, less what is as it should be. */
function findFindings(workspace, args) {
  const { status, stdout, stderr } = runDeno(args, workspace)
  if (status === 0) return []
  const report = `${stdout}${stderr}`
  const findings = report.split(/^(?=error\[)/m).filter((text) => text.startsWith('error['))
  if (findings.length === 0) return [`deno ${args[0]}: ${report}`]
  return findings
    .map((text) => toFinding(text, workspace))
    .filter(
      (finding) => !explained.some(({ kind, isOne }) => kind === finding.kind && isOne(finding)),
    )
    .map(({ kind, file, line, name, code }) => `packages/${file}:${line} ${kind} ${name}: ${code}`)
}

function toFinding(text, workspace) {
  const [, kind, message] = /^error\[(.*?)\]: (.*)/.exec(text)
  const [, path, line] = /--> (.*):(\d+):\d+/.exec(text)
  const [, name = ''] = /references private type '(\w+)'/.exec(message) ?? []
  const source = readFileSync(path, 'utf8')
  const code = source.split('\n')[line - 1].trim()
  return { kind, file: path.slice(workspace.length + 1), line, name, source, code }
}

function isOfNpm({ source, name }) {
  return [...source.matchAll(/import (?:type )?\{([^}]*)\} from '([^']+)'/g)].some(
    ([, names, from]) => !/^\.|^@quayside\//.test(from) && new RegExp(`\\b${name}\\b`).test(names),
  )
}

const runDeno = (args, cwd) =>
  spawnSync(deno, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    env: { ...process.env, NO_COLOR: '1', DENO_NO_UPDATE_CHECK: '1' },
  })

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = [...findJsrProblems(), ...findPublishProblems()]
  for (const problem of problems) console.error(problem)
  process.exit(problems.length === 0 ? 0 : 1)
}
