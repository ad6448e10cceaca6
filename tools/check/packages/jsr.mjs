// The packages that go to JSR too: those that need no other.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { run } from './pack.mjs'

const deno = resolve('tests/runtimes/node_modules/@deno/linux-x64-glibc/deno')

/** Where JSR would refuse a package, or has another version or other entries than npm. */
export function findJsrProblems(packages) {
  return packages
    .filter(({ folder }) => existsSync(`${folder}/jsr.json`))
    .flatMap(({ folder, manifest }) => {
      const { version, exports } = JSON.parse(readFileSync(`${folder}/jsr.json`, 'utf8'))
      const entries = typeof exports === 'string' ? ['.'] : Object.keys(exports)
      const wanted = Object.keys(manifest.exports).filter((entry) => entry !== './package.json')
      const problems = [
        ...(version === manifest.version ? [] : [`jsr.json is of ${version}`]),
        ...(entries.join() === wanted.join() ? [] : [`jsr.json has the entries ${entries.join()}`]),
        ...tryPublish(folder),
      ]
      console.log(`${problems.length === 0 ? '✓' : '✗'} jsr ${folder}`)
      return problems.map((problem) => `${manifest.name}: ${problem}`)
    })
}

function tryPublish(folder) {
  if (!existsSync(deno)) return ['Deno is not available on this system']
  try {
    run(deno, ['publish', '--dry-run', '--allow-dirty', '--quiet'], { cwd: folder })
    return []
  } catch (cause) {
    return [String(cause)]
  }
}
