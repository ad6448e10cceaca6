// What `npm test` and `npm run test:simulation` share: running checks and suites, and counting what passed and failed.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export const bin = (name) => `node_modules/.bin/${name}`

/** Starts a run whose checks and tests are counted together. */
export function startTestRun() {
  const durations = []
  const before = new Set(listPrograms().map(({ pid }) => pid))
  let passed = 0
  let failed = 0
  let skipped = 0

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
      const reporters = ['--reporter=default', '--reporter=./tools/run/test/count-reporter.mjs']
      console.log('')
      const { code } = await run([bin('vitest'), 'run', ...reporters, ...args], {
        env: { ...env, COUNT_REPORT: report },
      })
      const { files, errors } = existsSync(report)
        ? JSON.parse(readFileSync(report, 'utf8'))
        : { files: [], errors: 1 }
      const sum = (key) => files.reduce((total, file) => total + file[key], 0)
      passed += sum('passed')
      skipped += sum('skipped')
      failed += sum('failed') + errors
      if (code !== 0 && sum('failed') + errors === 0) failed++
      durations.push(
        ...files.map((file) => ({ name: `${file.project}  ${file.name}`, seconds: file.seconds })),
      )
    },

    /** Fails when a test left a program running, which would slow down whatever comes next. */
    async checkLeftovers() {
      const list = () => listPrograms().filter(({ pid }) => !before.has(pid))
      // What was told to end may need a moment.
      for (let times = 0; times < 20 && list().length > 0; times++) await sleep(500)
      const left = list()
      if (left.length === 0) passed++
      else failed++
      for (const { pid, command } of left) console.log(`✗ still running: ${pid} ${command}`)
    },

    /** Prints the slowest parts and the counts, and ends the process. */
    finish() {
      const slowest = durations.toSorted((a, b) => b.seconds - a.seconds).slice(0, 25)
      console.log('\nThe slowest:')
      for (const { name, seconds } of slowest) console.log(`${toText(seconds)}  ${name}`)
      if (skipped > 0) console.log(`\n${skipped} skipped: what they need is missing, see above`)
      // A run without a single test shows nothing.
      const isOk = failed === 0 && passed > 0
      console.log(`\n${passed} passed, ${failed} failed`)
      process.exit(isOk ? 0 : 1)
    },
  }
}

/** The programs of this checkout that are running, besides this one; none where the system does not list them. */
function listPrograms() {
  if (!existsSync('/proc')) return []
  const programs = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid, command: readCommand(pid) }))
  return programs.filter(
    ({ pid, command }) => command.includes(`${process.cwd()}/`) && pid !== String(process.pid),
  )
}

function readCommand(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    // It has ended meanwhile.
    return ''
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
