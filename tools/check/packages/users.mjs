// Projects of users: what is packed, beside the oldest and the newest peers that the packages accept, in modules and in CommonJS.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { bundleUser } from '../../../tests/runtimes/bundle.mjs'
import { expected } from '../../../tests/runtimes/expected.ts'
import { run } from './pack.mjs'

// Outside the repository, whose own packages a user does not have.
const folder = mkdtempSync(join(tmpdir(), 'quayside-user-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const tsc = resolve('node_modules/typescript/bin/tsc')
const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
const newest = (peer) => locked[`node_modules/${peer}`].version

/** The problems of all users, as sentences. */
export async function findUserProblems(packages) {
  const peersOf = (name) =>
    packages.find(({ manifest }) => manifest.name === `@quayside/${name}`).manifest.peerDependencies
  const oldest = (ranges) =>
    Object.fromEntries(Object.entries(ranges).map(([peer, range]) => [peer, range.slice(1)]))
  const atNewest = (ranges) =>
    Object.fromEntries(Object.keys(ranges).map((peer) => [peer, newest(peer)]))
  const routes = {
    used: ['core', 'client', 'hono', 'browser', 'simulator'],
    readme: 'packages/hono/README.md',
  }
  const server = {
    used: ['core', 'client', 'hono', 'rules', 'server'],
    readme: 'packages/server/README.md',
  }
  const { hono, zod } = peersOf('server')
  const users = [
    { ...routes, peers: oldest(peersOf('hono')), runs: true },
    { ...routes, peers: atNewest(peersOf('hono')), runs: true },
    { ...server, peers: oldest({ hono, zod }), runs: false },
    { ...server, peers: atNewest({ hono, zod }), runs: false },
  ]
  const problems = []
  for (const user of users) {
    const title = Object.entries(user.peers)
      .map(([peer, version]) => `${peer} ${version}`)
      .join(', ')
    const found = await tryUser(user, packages).catch((cause) => [String(cause)])
    console.log(`${found.length === 0 ? '✓' : '✗'} ${user.readme} with ${title}`)
    problems.push(...found.map((problem) => `${user.readme} with ${title}: ${problem}`))
  }
  return [...problems, ...findCommonJsProblems(packages)]
}

/** Installs the packages, compiles what the README mounts, and runs the suite of the runtimes. */
async function tryUser({ used, readme, peers, runs }, packages) {
  install(used, peers, packages)
  const [, example] = /```ts\n([\s\S]*?)```/.exec(readFileSync(readme, 'utf8'))
  writeFileSync(`${folder}/mount.ts`, example)
  const options = [
    '--ignoreConfig',
    '--strict',
    '--target',
    'es2024',
    '--module',
    'nodenext',
    '--types',
    'node',
  ]
  const compiled = spawnSync(process.execPath, [tsc, '--noEmit', ...options, 'mount.ts'], {
    cwd: folder,
    encoding: 'utf8',
  })
  if (compiled.status !== 0) return [compiled.stdout]
  if (!runs) return []
  writeFileSync(`${folder}/print.mjs`, await bundleUser())
  const report = JSON.parse(run(process.execPath, ['print.mjs'], { cwd: folder }))
  return Object.keys(expected)
    .filter((name) => JSON.stringify(report[name]) !== JSON.stringify(expected[name]))
    .map((name) => `${name}: ${JSON.stringify(report[name])}`)
}

function install(used, peers, packages) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const tarballs = packages
    .filter(({ manifest }) => used.some((name) => manifest.name === `@quayside/${name}`))
    .map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`])
  const dependencies = {
    ...Object.fromEntries(tarballs),
    ...peers,
    '@types/node': newest('@types/node'),
  }
  writeFileSync(
    `${folder}/package.json`,
    JSON.stringify({ private: true, type: 'module', dependencies }),
  )
  run('npm', ['install', '--no-package-lock', '--ignore-scripts'], { cwd: folder })
}

/** `require()` gives the module itself; where it cannot, the error says what helps. */
function findCommonJsProblems(packages) {
  install(['core', 'client', 'hono'], { hono: newest('hono') }, packages)
  const ask = (code, args = []) =>
    spawnSync(process.execPath, [...args, '-e', code], { cwd: folder, encoding: 'utf8' })
  const same = ask(
    "import('@quayside/core').then(m => console.log(require('@quayside/core').decide === m.decide))",
  )
  const old = ask("require('@quayside/core')", ['--no-experimental-require-module'])
  rmSync(`${folder}/node_modules/hono`, { recursive: true })
  const lacking = ask("require('@quayside/hono')")
  const cases = [
    ['require() gives the module of import', same.stdout, 'true'],
    ['a require() of an older Node', old.stderr, 'Use Node 20.19 or newer'],
    ['a missing peer', lacking.stderr, "npm install 'hono@^4"],
  ]
  for (const [name, text, part] of cases)
    console.log(`${text.includes(part) ? '✓' : '✗'} CommonJS: ${name}`)
  return cases
    .filter(([, text, part]) => !text.includes(part))
    .map(([name, text]) => `CommonJS: ${name}: ${text}`)
}
