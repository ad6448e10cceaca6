import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { printCount } from '../simulation/report/print-count.ts'
import { mutants } from './guards.ts'

const { guardStep } = inject('cases')
const removed = mutants
  .map((mutant, at) => ({ ...mutant, at }))
  .filter(({ at }) => at % guardStep === 0)

/** Titles of the tests that failed, by the mutant's index in the list. */
const failed: Record<string, readonly string[]> = {}

beforeAll(async () => {
  const since = performance.now()
  mkdirSync('.cache/mutation', { recursive: true })
  await Promise.all([runMutants('node'), runMutants('workerd')])
  printCount('guards removed, one at a time', removed.length, since)
})

async function runMutants(where: 'node' | 'workerd'): Promise<void> {
  const file = `.cache/mutation/killed-${where}.json`
  const args = ['run', '--config', 'tests/mutation/guards.vitest.config.ts']
  const child = spawn('node_modules/.bin/vitest', args, {
    env: { ...process.env, MUTANTS: where, KILLED: file, GUARD_STEP: String(guardStep) },
    stdio: 'ignore',
  })
  await new Promise((resolve) => child.once('exit', resolve))
  const read: Record<string, readonly string[]> = JSON.parse(readFileSync(file, 'utf8'))
  Object.assign(failed, read)
}

describe('the removal of a guard fails a test of its threat', () => {
  it.each(removed.map(({ threat, without, at }) => [threat, without, at] as const))(
    '%s, without %s',
    (threat, _, at) => {
      const titles = failed[at] ?? []
      expect(titles.filter((title) => title.startsWith('broken: '))).toEqual([])
      // A test of that very threat, not some other test that fails as well.
      expect(titles.filter((title) => new RegExp(`\\b${threat}\\b`).test(title))).not.toEqual([])
    },
  )
})
