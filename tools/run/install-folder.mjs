// Installs what a folder with a lockfile of its own needs.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Installs the dependencies of a folder unless they are there; false when npm could not. Without `dev` those for
 * development may be missing, and are kept where they are.
 */
export function installFolder(folder, { dev = true } = {}) {
  const list = join(folder, 'node_modules/.package-lock.json')
  const locked = readPackages(join(folder, 'package-lock.json'))
  const installed = existsSync(list) ? readPackages(list) : null
  const state = compareInstalled(locked, installed, dev)
  if (state === 'complete') return true
  const words = state === 'partial' ? ['install', '--no-save'] : ['ci']
  words.push(dev || hasDevelopment(locked, installed) ? '--include=dev' : '--omit=dev')
  const where = folder === '.' ? '' : ` of ${folder}`
  console.log(`installing dependencies${where} (npm ${words.join(' ')})`)
  if (!(state === 'partial' ? complete(folder, list, words) : npm(folder, words))) return false
  // No install script runs, so what a folder generates is asked for.
  return npm(folder, ['run', 'generate', '--if-present'])
}

/**
 * Compares the packages of a lockfile with those of the list that npm leaves in `node_modules`: `complete`; `partial`
 * when packages are missing and nothing else differs; `different` otherwise, and without a list. An optional package may be
 * missing, because npm leaves out those of other systems; one for development, unless `dev` is set. The times of the two files
 * say nothing: a checkout changes them.
 */
export function compareInstalled(locked, installed, dev) {
  if (installed === null) return 'different'
  const isLocked = ([path, { version }]) => path in locked && locked[path].version === version
  if (!Object.entries(installed).every(isLocked)) return 'different'
  const isThere = ([path, entry]) =>
    path === '' || path in installed || entry.optional || (!dev && isForDevelopment(entry))
  return Object.entries(locked).every(isThere) ? 'complete' : 'partial'
}

/** Whether a package for development is installed. */
export function hasDevelopment(locked, installed) {
  return Object.keys(installed ?? {}).some((path) => isForDevelopment(locked[path] ?? {}))
}

function isForDevelopment({ dev, devOptional }) {
  return Boolean(dev || devOptional)
}

/** Adds what is missing. Without the list, an addition that is interrupted is followed by a whole install. */
function complete(folder, list, words) {
  const before = readFileSync(list)
  rmSync(list)
  const isDone = npm(folder, words)
  // npm has taken back what it had done.
  if (!isDone) writeFileSync(list, before)
  return isDone
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

function npm(folder, words) {
  const own = process.env.npm_execpath // the npm that runs this script
  const options = { cwd: folder, stdio: 'inherit' }
  const shell = process.platform === 'win32'
  const { status } = own?.endsWith('.js')
    ? spawnSync(process.execPath, [own, ...words], options)
    : spawnSync('npm', words, { ...options, shell })
  return status === 0
}
