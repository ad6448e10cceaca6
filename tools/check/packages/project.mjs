// A project of a user, outside the repository, whose own packages a user does not have.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './pack.mjs'

/** The folder of the project. */
export const folder = mkdtempSync(join(tmpdir(), 'quayside-user-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages

/** The version of a package that the tests here use. */
export const newest = (name) => locked[`node_modules/${name}`].version

/** Makes the project anew, with these of our packages and these of others; throws what npm says when it refuses. */
export function install(packages, used, others) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const tarballs = packages
    .filter(({ manifest }) => used.some((name) => manifest.name === `@quayside/${name}`))
    .map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`])
  const dependencies = {
    ...Object.fromEntries(tarballs),
    ...others,
    '@types/node': newest('@types/node'),
  }
  writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, dependencies }))
  run('npm', ['install', '--no-package-lock', '--ignore-scripts'], { cwd: folder })
}

/** Runs Node in the project; everything that it printed. */
export function runNode(args, env = {}) {
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  return `${stdout}${stderr}`
}

/** Prints each case, a title with the text that was printed and a part that it must have; the problems, as sentences. */
export function findMissing(cases) {
  for (const [title, text, part] of cases)
    console.log(`${text.includes(part) ? '✓' : '✗'} ${title}`)
  return cases
    .filter(([, text, part]) => !text.includes(part))
    .map(([title, text]) => `${title}: ${text}`)
}
