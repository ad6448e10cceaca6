import { resolve as toPath } from 'node:path'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { sample } from '../simulation/cases.ts'
import { type Mutant, mutants } from './guards.ts'

// Every mutant is a project of its own: files stay as they are, the source is changed when it is loaded.

const root = toPath(import.meta.dirname, '../..')
const timeoutMs = 30 * 60_000
const step = Number(process.env['GUARD_STEP'])
const runsHere = (mutant: Mutant, at: number): boolean =>
  at % step === 0 && (mutant.inWorkerd === true) === (process.env['MUTANTS'] === 'workerd')

const withoutGuard = ({ file, from, to }: Mutant) => ({
  name: `without ${file}: ${from}`,
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    if (id.split('?')[0] !== toPath(root, file)) return null
    if (!code.includes(from)) throw new TypeError(`Cannot find the guard in ${file}: ${from}`)
    return { code: code.replace(from, to), map: null }
  },
})

/** The bindings that the tests of the worker need; they make the rest themselves. */
const platform = () =>
  cloudflareTest(async () => ({
    miniflare: {
      compatibilityDate: '2026-10-01',
      d1Databases: ['DB'],
      bindings: {
        MIGRATIONS: await readD1Migrations(toPath(root, 'packages/sql/migrations/d1')),
        EVENT_URL: 'https://shop.example/events',
      },
    },
  }))

export default defineConfig({
  test: {
    root,
    maxWorkers: 2,
    reporters: [toPath(import.meta.dirname, 'killed-reporter.ts')],
    testNamePattern: /\bT\d+\b/,
    projects: mutants.flatMap((mutant, at) =>
      runsHere(mutant, at)
        ? [
            {
              plugins: [withoutGuard(mutant), ...(mutant.inWorkerd === true ? [platform()] : [])],
              resolve: { tsconfigPaths: true },
              test: {
                root,
                name: String(at),
                include: [...mutant.tests],
                provide: { cases: sample },
                // A test that times out on a busy machine would count as one that fails.
                testTimeout: timeoutMs,
                hookTimeout: timeoutMs,
                ...(mutant.inWorkerd === true ? { setupFiles: ['apps/worker/test/setup.ts'] } : {}),
              },
            },
          ]
        : [],
    ),
  },
})
