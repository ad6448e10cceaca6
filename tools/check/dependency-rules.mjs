// Who may know whom. esbuild reads the imports (types are gone by then, so a type may cross every wall that
// a value may not); the rules below say which of them may stand.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { build } from 'esbuild'

/** Per room: which modules its files may import beside those of the room itself. The first match counts. */
const walls = [
  { room: 'packages/core/src/', may: [] },
  { room: 'packages/client/src/', may: [/^@quayside\/core$/] },
  { room: 'packages/hono/src/', may: [/^@quayside\/(core|client)$/, /^hono(\/|$)/] },
  {
    room: 'packages/simulator/src/',
    only: /\/cli\.ts$/,
    may: [/^node:/, /^commander$/, /^@hono\/node-server$/, /^hono(\/|$)/],
  },
  // An opponent that shared our parser would agree with our mistakes.
  { room: 'packages/simulator/src/', may: [/^hono(\/|$)/] },
  { room: 'apps/worker/src/', only: /\/store\//, may: [/^@quayside\/(core|server)$/] },
  // The description is built before deployment and served as a file.
  { room: 'packages/server/src/', only: /\/openapi\//, may: [/^zod(-openapi|\/)/] },
  {
    room: 'packages/server/src/',
    only: /\/delivery\/send\.ts$/,
    may: [/^@quayside\/core$/, /^standardwebhooks$/],
  },
  {
    room: 'packages/server/src/',
    may: [/^@quayside\/(core|client|hono)$/, /^hono(\/|$)/, /^zod(\/|$)/],
  },
  {
    room: 'apps/worker/src/',
    may: [/^@quayside\/(core|client|server)$/, /^hono(\/|$)/, /^zod(\/|$)/, /^cloudflare:/],
  },
  // The shop is a merchant: it knows the doors from outside.
  {
    room: 'apps/shop/src/',
    only: /\/(cli|assets)\.ts$/,
    may: [/^node:/, /^commander$/, /^@hono\/node-server$/, /^hono(\/|$)/, /^zod(\/|$)/],
  },
  { room: 'apps/shop/src/', may: [/^hono(\/|$)/, /^zod(\/|$)/, /^standardwebhooks$/] },
]

/** Core, downward: a file may import only from lower lines. */
const floors = [
  ['result', 'status'],
  ['ids', 'money', 'fields'],
  ['body', 'payment'],
  ['notice', 'order'],
  ['callback', 'redirect', 'webhook', 'confirm', 'verify'],
  ['decide'],
  ['change'],
  ['store'],
  ['memory', 'sync'],
  ['explain'],
  ['index'],
]

/** What would make core depend on where and when it runs. */
const bannedInCore = [
  [/\bDate\.now\b|\bnew Date\(\s*\)/, 'the clock'],
  [/\bMath\.random\b|\bcrypto\b/, 'chance'],
  [/\bset(Timeout|Interval)\b/, 'a timer'],
  [/\bfetch\(/, 'the network'],
  [/\bconsole\b|\bprocess\b|\bBuffer\b|\bglobalThis\b|\bnode:/, 'the platform'],
]
const bannedNames = /(^|\/)(utils?|helpers?|common|types|constants)(\.|\/)/

const problems = []
const isSource = (file) =>
  /\.tsx?$/.test(file) && !/\.(test|contract|d)\.ts$/.test(file) && existsSync(file)
const sourcesOf = (room) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .map((name) => `${room}${name}`)
    .filter(isSource)

function mayImport(file, path) {
  const wall = walls.find(
    ({ room, only }) => file.startsWith(room) && (only === undefined || only.test(file)),
  )
  return wall !== undefined && wall.may.some((allowed) => allowed.test(path))
}

const floorOf = (file) =>
  floors.findIndex((names) => names.includes(file.replace(/^.*\/|\.ts$/g, '')))

const rooms = [...new Set(walls.map(({ room }) => room))].filter((room) => existsSync(room))
for (const room of rooms) {
  const files = sourcesOf(room)
  for (const file of files) if (bannedNames.test(file)) problems.push(`${file}: says no purpose`)
  const { metafile } = await build({
    entryPoints: files,
    bundle: true,
    write: false,
    metafile: true,
    outdir: '.cache/walls',
    platform: 'neutral',
    packages: 'external',
    // An alias from tsconfig.json would turn a neighbour into a file; here a neighbour is a name.
    tsconfigRaw: '{}',
    loader: { '.json': 'json' },
    logLevel: 'error',
  })
  for (const [file, { imports }] of Object.entries(metafile.inputs)) {
    if (!file.startsWith(room)) problems.push(`${file}: reached from ${room} by a path`)
    for (const { path, external } of imports) {
      if (external && !mayImport(file, path)) problems.push(`${file}: may not import ${path}`)
      if (!external && !path.startsWith(room)) {
        problems.push(`${file}: reaches ${relative(dirname(file), path)} outside its room`)
      }
      if (room === 'packages/core/src/' && !external && floorOf(path) >= floorOf(file)) {
        problems.push(`${file}: may only look down, not at ${path}`)
      }
    }
  }
}

for (const file of sourcesOf('packages/core/src/')) {
  if (floorOf(file) < 0) problems.push(`${file}: has no floor in tools/check/dependency-rules.mjs`)
  const code = readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
  for (const [pattern, what] of bannedInCore) {
    if (pattern.test(code)) problems.push(`${file}: uses ${what}`)
  }
}
if ('dependencies' in JSON.parse(readFileSync('packages/core/package.json', 'utf8'))) {
  problems.push('packages/core/package.json: core has no dependencies')
}
// A judge that shared a function with the code it judges would share its mistakes.
const judges = [
  ...sourcesOf('tests/simulation/checkers/'),
  'tests/simulation/model/model.ts',
  ...['http-history', 'money-checker', 'checker', 'linearizability-checker', 'order-checker'].map(
    (name) => `tests/simulation/blackbox/checkers/${name}.ts`,
  ),
]
for (const judge of judges) {
  const imports = readFileSync(judge, 'utf8').matchAll(/(?:from|import\() ?'([^']+)'/g)
  for (const [, name = ''] of imports) {
    const isJudge = name.startsWith('.') && judges.includes(join(dirname(judge), name))
    if (!isJudge) problems.push(`${judge}: may not know ${name}`)
  }
}

for (const problem of problems) console.error(problem)
console.log(
  problems.length === 0 ? `walls stand (${rooms.length} rooms)` : `${problems.length} breach(es)`,
)
process.exit(problems.length === 0 ? 0 : 1)
