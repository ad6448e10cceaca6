// Runs on whatever Node started npm (>= 20). Installs what is missing, then checks that the scripts that
// follow get a Node that wrangler accepts. Folders named as arguments have a lockfile of their own; with --dev the root gets
// what tests and checks need, too.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, symlinkSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { installFolder } from './install-folder.mjs'

const { values, positionals: folders } = parseArgs({
  options: { dev: { type: 'boolean', default: false } },
  allowPositionals: true,
})

if (!installFolder('.', { dev: values.dev })) process.exit(1)
const version = versionOf('node')
if (!isNewEnough(version) && !linkNode()) {
  console.error(
    `Node ${version || '(none)'} is too old: install Node 22.13 or newer ` +
      '(no prebuilt node-* package fits this platform).',
  )
  process.exit(1)
}
for (const folder of folders) if (!installFolder(folder)) process.exit(1)

/** Puts a Node from npm where the scripts of `package.json` look first; false when none runs here. */
function linkNode() {
  const own = `tools/node/node_modules/node-${process.platform}-${process.arch}/bin/node`
  // npm goes on without an optional package that it could not fetch.
  if (!existsSync(own)) rmSync('tools/node/node_modules', { recursive: true, force: true })
  if (!installFolder('tools/node') || !isNewEnough(versionOf(resolve(own)))) return false
  const link = 'node_modules/.bin/node'
  rmSync(link, { force: true })
  symlinkSync(`../../${own}`, link)
  return true
}

function versionOf(node) {
  const options = { encoding: 'utf8', shell: process.platform === 'win32' }
  return spawnSync(node, ['-p', 'process.versions.node'], options).stdout?.trim() ?? ''
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 13)
}
