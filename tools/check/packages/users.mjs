// Projects of users: what is packed, beside the oldest and the newest peers that the packages accept.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { bundleUser } from '../../../tests/runtimes/bundle.mjs'
import { expected } from '../../../tests/runtimes/expected.ts'
import { run } from './pack.mjs'
import { folder, install, newest } from './project.mjs'

const tsc = resolve('node_modules/typescript/bin/tsc')

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
  return problems
}

/** Installs the packages, compiles what the README mounts, and runs the suite of the runtimes. */
async function tryUser({ used, readme, peers, runs }, packages) {
  install(packages, used, peers)
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
