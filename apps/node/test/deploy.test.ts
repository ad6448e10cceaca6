import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { bundleNodeProgram, bundleProgram } from '../../../tools/run/bundle/bundle-programs.mjs'
import manifest from '../package.json' with { type: 'json' }
import { readSettings } from '../src/settings/settings.ts'
import { createFolder, run, serve, settings } from './program.ts'
import { secrets } from './set-up.ts'

const read = (file: string) => readFileSync(`apps/node/deploy/${file}`, 'utf8')
const [compose, dockerfile, unit] = ['compose.yaml', 'Dockerfile', 'quayside.service'].map(read)
const example = read('.env.example')

/** What the program does without settings of its own. */
const defaults = readSettings({ ...settings, ...secrets, PORT: undefined })
if (!defaults.ok) throw new TypeError(defaults.failure.problems.join())
const { port, stopMs } = defaults.value

const all = (text: string | undefined, pattern: RegExp) =>
  [...(text ?? '').matchAll(pattern)].map(([, found]) => found)

describe('the files of apps/node/deploy', () => {
  it('have the settings with which the program starts, and no secret', async () => {
    const given = parseEnv(example)
    const empty = Object.keys(given).filter((name) => given[name] === '')
    expect(new Set(empty)).toEqual(new Set(['DATABASE_PASSWORD', ...Object.keys(secrets)]))
    const folder = createFolder()
    writeFileSync(join(folder, '.env'), example)
    const serving = await serve({ ...given, ...secrets }, folder, ['--settings', '.env'])
    expect((await fetch(`${serving.url}/healthz`)).status).toBe(200)
    expect((await serving.stop()).code).toBe(0)
    const missing = await run(['serve', '--settings', '.env'], {}, folder)
    expect([missing.code, missing.stderr]).toEqual([
      2,
      `quayside cannot start:\n  Missing setting: ${Object.keys(secrets).join(', ')}\n` +
        'quayside doctor, with the same settings, says what each of them must be.\n',
    ])
  })

  it('call commands that the program has', async () => {
    const { stdout } = await run(['--help'])
    const commands = all(stdout, /^ {2}(\w+) /gm)
    const called = [
      ...all(compose, /^ {4}command: \[(\w+)\]$/gm),
      ...all(dockerfile, /^CMD \["(\w+)"\]$/gm),
      ...all(unit, /^ExecStart=.* quayside (\w+)$/gm),
      ...all(compose, /exec quayside quayside (\w+)/g),
    ]
    expect(called).toEqual(['migrate', 'serve', 'serve', 'serve', 'doctor'])
    expect(commands).toEqual(expect.arrayContaining(called))
  })

  it('use the port of the program, and the routes that it has', () => {
    expect(all(dockerfile, /^EXPOSE (8787)$/gm)).toEqual([String(port)])
    expect(all(dockerfile, /\bPORT=(\d+)/g)).toEqual([String(port)])
    expect(all(compose, /- 127\.0\.0\.1:(\d+):\d+/g)).toEqual([String(port), '8788'])
    expect(all(read('nginx.conf'), /server 127\.0\.0\.1:(\d+)/g)).toEqual([String(port)])
    expect(all(read('Caddyfile'), /reverse_proxy 127\.0\.0\.1:(\d+)/g)).toEqual([String(port)])
  })

  it('give the program more time to stop than it takes', () => {
    const seconds = [
      ...all(unit, /^TimeoutStopSec=(\d+)$/gm),
      ...all(compose, /^ {4}stop_grace_period: (\d+)s$/gm),
    ].map(Number)
    expect(seconds).toHaveLength(2)
    for (const each of seconds) expect(each * 1000).toBeGreaterThan(stopMs)
  })

  it('build the images from the programs, on a Node that the program supports', async () => {
    const [, required] = /(\d+)\.\d+/.exec(manifest.engines.node) ?? []
    const images = all(dockerfile, /^FROM node:(\d+)-slim/gm).map(Number)
    expect(images.every((major) => major >= Number(required))).toBe(true)
    expect(await bundleProgram('simulator')).toBe('.cache/programs/simulator.mjs')
    expect(dockerfile).toContain('/src/.cache/programs/simulator.mjs')
    expect(await bundleNodeProgram()).toBe('.cache/programs/node/quayside.js')
    expect(manifest.bin.quayside).toBe('./dist/quayside.js')
    expect(dockerfile).toContain('/app/apps/node/dist/quayside.js')
  })

  it('run the containers as a user without rights', () => {
    const stages = (dockerfile ?? '').split(/^FROM /m).slice(-2)
    expect(stages.map((stage) => /^USER node$/m.test(stage))).toEqual([true, true])
    expect(all(compose, /(no-new-privileges:true)/g)).toHaveLength(2)
  })
})
