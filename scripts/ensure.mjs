// Runs on whatever Node started npm (>= 20). Installs once, then checks that the
// scripts that follow get a Node that wrangler accepts.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync, symlinkSync } from 'node:fs'

const shell = process.platform === 'win32'
const marker = 'node_modules/.package-lock.json'
if (!existsSync(marker) || statSync(marker).mtimeMs < statSync('package-lock.json').mtimeMs) {
  console.log('installing dependencies (npm ci)')
  const npm = process.env.npm_execpath // the npm that runs this script
  const r = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, 'ci'], { stdio: 'inherit' })
    : spawnSync('npm', ['ci'], { stdio: 'inherit', shell })
  if (r.status !== 0) process.exit(r.status ?? 1)
}
// npm 10 drops .bin/node when another platform's node-* package is skipped; npm 11.19 does not
const own = `node-${process.platform}-${process.arch}`
if (existsSync(`node_modules/${own}/bin/node`) && !existsSync('node_modules/.bin/node')) {
  symlinkSync(`../${own}/bin/node`, 'node_modules/.bin/node')
}
const v =
  spawnSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8', shell }).stdout?.trim() ??
  ''
const [major = 0, minor = 0] = v.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 12)) {
  console.error(
    `Node ${v || '(none)'} is too old: install Node 22.12 or newer (no prebuilt node-* package fits this platform).`,
  )
  process.exit(1)
}
