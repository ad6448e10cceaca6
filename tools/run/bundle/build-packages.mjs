// Builds the packages as they are published; with folders as arguments, those (`npm pack` and `npm publish` do so by `prepack`).
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const folders =
  process.argv.length > 2
    ? process.argv.slice(2).map((folder) => resolve(folder))
    : globSync('packages/*', { cwd: root }).map((folder) => join(root, folder))

for (const folder of folders) rmSync(join(folder, 'dist'), { recursive: true, force: true })
const projects = folders
  .flatMap((folder) => [folder, join(folder, 'src/contract')])
  .map((folder) => join(folder, 'tsconfig.build.json'))
  .filter((file) => existsSync(file))
const tsc = join(root, 'node_modules/typescript/bin/tsc')
const { status } = spawnSync(process.execPath, [tsc, '-b', ...projects], { stdio: 'inherit' })
if (status !== 0) process.exit(1)
for (const folder of folders) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  writeFileSync(join(folder, 'dist/index.cjs'), toCommonJs(manifest))
  writeFileSync(join(folder, 'dist/index.d.cts'), "export * from './index.js'\n")
}

/**
 * What `require()` loads: the ES module itself, so that there is one copy of it. Where a runtime cannot do that, or a peer
 * is missing, the error says what helps.
 */
function toCommonJs({ name, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const peers = Object.entries(peerDependencies)
    .filter(([peer]) => !peerDependenciesMeta[peer]?.optional)
    .map(([peer, range]) => `${peer}@${range}`)
  const load = [
    `${name} is an ES module, and this require() cannot load one.`,
    `Use Node 20.19 or newer, or \`await import('${name}')\`.`,
    'In Jest, let a transform that writes CommonJS (@swc/jest, babel-jest with @babel/preset-env) have it:',
    "transformIgnorePatterns: ['/node_modules/(?!@quayside/)'];",
    'or start Jest with NODE_OPTIONS=--experimental-vm-modules and use import.',
  ].join(' ')
  const install =
    peers.length === 0
      ? `${name} lacks a package that it needs. Install it again.`
      : `${name} lacks a package that it needs. Install its peers: npm install ${peers.map((peer) => `'${peer}'`).join(' ')}`
  return `'use strict'
try {
  module.exports = require('./index.js')
} catch (cause) {
  const isMissing = cause?.code === 'ERR_MODULE_NOT_FOUND' || cause?.code === 'MODULE_NOT_FOUND'
  if (!isMissing && cause?.code !== 'ERR_REQUIRE_ESM' && cause?.name !== 'SyntaxError') throw cause
  const advice = isMissing
    ? ${JSON.stringify(install)}
    : ${JSON.stringify(load)}
  throw Object.assign(new Error(advice, { cause }), { code: cause.code })
}
`
}
