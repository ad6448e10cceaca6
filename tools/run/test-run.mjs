// What `npm test` and `npm run test:simulation` share: running checks and suites, and counting what passed and failed.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export const bin = (name) => `node_modules/.bin/${name}`

/** Starts a run whose checks and tests are counted together. */
export function startTestRun() {
  const durations = []
  let passed = 0
  let failed = 0

  /** A program that passes or fails as a whole; its output is printed when it fails. */
  const check = async ({ name, command }) => {
    const startedAt = performance.now()
    const { code, output } = await run(command, { output: 'pipe' })
    const seconds = (performance.now() - startedAt) / 1000
    if (code === 0) passed++
    else failed++
    durations.push({ name, seconds })
    console.log(`${code === 0 ? '✓' : '✗'} ${name.padEnd(44)}${toText(seconds)}`)
    if (code !== 0) console.log(output)
  }

  return {
    /** Runs checks, two at a time. */
    async checks(all) {
      const queue = [...all]
      const work = async () => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) await check(next)
      }
      await Promise.all([work(), work()])
    },

    /** Runs vitest and counts its tests. */
    async vitest(name, args, env = {}) {
      const report = `.cache/tests/${name}.json`
      mkdirSync(dirname(report), { recursive: true })
      rmSync(report, { force: true })
      const reporters = ['--reporter=default', '--reporter=./tools/run/count-reporter.mjs']
      console.log('')
      const { code } = await run([bin('vitest'), 'run', ...reporters, ...args], {
        env: { ...env, COUNT_REPORT: report },
      })
      const { files, errors } = existsSync(report)
        ? JSON.parse(readFileSync(report, 'utf8'))
        : { files: [], errors: 1 }
      const sum = (key) => files.reduce((total, file) => total + file[key], 0)
      passed += sum('passed')
      failed += sum('failed') + errors
      if (code !== 0 && sum('failed') + errors === 0) failed++
      durations.push(
        ...files.map((file) => ({ name: `${file.project}  ${file.name}`, seconds: file.seconds })),
      )
    },

    /**
     * Prints the slowest parts and the counts, and ends the process. With `COUNTS` in the environment the counts
     * are written to that file instead, for a command that adds up several runs.
     */
    finish() {
      const slowest = durations.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10)
      console.log('\nThe ten slowest:')
      for (const { name, seconds } of slowest) console.log(`${toText(seconds)}  ${name}`)
      // A run without a single test shows nothing.
      const isOk = failed === 0 && passed > 0
      const { COUNTS } = process.env
      if (COUNTS === undefined) console.log(`\n${passed} passed, ${failed} failed`)
      else writeFileSync(COUNTS, `${passed} ${failed}\n`)
      process.exit(isOk ? 0 : 1)
    },
  }
}

const toText = (seconds) => `${seconds.toFixed(1).padStart(6)} s`

function run([command, ...args], { output = 'inherit', env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', output, output],
      env: { ...process.env, ...env },
    })
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    child.stderr?.on('data', (chunk) => chunks.push(chunk))
    child.once('error', (error) => resolve({ code: 1, output: String(error) }))
    child.once('close', (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() }),
    )
  })
}
