// Runs on whatever Node started npm (>= 20). Installs what is missing, then checks that the scripts that
// follow get a Node that wrangler accepts. Folders named as arguments have a lockfile of their own.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

const shell = process.platform === 'win32'

function install(folder) {
  const marker = join(folder, 'node_modules/.package-lock.json')
  const lock = join(folder, 'package-lock.json')
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return
  console.log(`installing dependencies${folder === '.' ? '' : ` of ${folder}`} (npm ci)`)
  const npm = process.env.npm_execpath // the npm that runs this script
  const options = { cwd: folder, stdio: 'inherit' }
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, 'ci'], options)
    : spawnSync('npm', ['ci'], { ...options, shell })
  if (result.status !== 0) process.exit(result.status ?? 1)
}

for (const folder of ['.', ...process.argv.slice(2)]) install(folder)

// npm 10 drops .bin/node when another platform's node-* package is skipped; npm 11.19 does not.
const own = `node-${process.platform}-${process.arch}`
if (existsSync(`node_modules/${own}/bin/node`) && !existsSync('node_modules/.bin/node')) {
  symlinkSync(`../${own}/bin/node`, 'node_modules/.bin/node')
}
const found = spawnSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8', shell })
const version = found.stdout?.trim() ?? ''
const [major = 0, minor = 0] = version.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `Node ${version || '(none)'} is too old: install Node 22.13 or newer ` +
      '(no prebuilt node-* package fits this platform).',
  )
  process.exit(1)
}
