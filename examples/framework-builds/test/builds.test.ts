import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findRows, toRow } from '../../frameworks/test/documentation.ts'
import { installPacked } from '../../frameworks/test/packed.ts'
import { type Provider, startProvider } from '../../frameworks/test/provider.ts'
import { exchanges, hostile, send } from '../../frameworks/test/requests.ts'
import { type Started, startProgram } from '../../frameworks/test/start.ts'

// Frameworks that are built before they run, and other runtimes than Node: npm run test:frameworks.

const folder = join(import.meta.dirname, '..')
const modules = join(folder, 'node_modules')
const bin = (name: string) => join(modules, '.bin', name)

interface Framework {
  readonly name: string
  readonly folder: string
  readonly page?: string
  /** The files of the example, in its folder. */
  readonly files: readonly string[]
  readonly build?: readonly string[]
  readonly run: readonly string[]
}

const frameworks: readonly Framework[] = [
  {
    name: 'Nuxt',
    folder: 'nuxt',
    files: ['server/routes/payments/[...route].ts'],
    build: [bin('nuxt'), 'build'],
    run: [process.execPath, '.output/server/index.mjs'],
  },
  {
    name: 'SvelteKit',
    folder: 'sveltekit',
    files: ['src/routes/payments/[...route]/+server.ts'],
    build: [bin('vite'), 'build'],
    run: [process.execPath, 'build'],
  },
  {
    name: 'Astro',
    folder: 'astro',
    files: ['src/pages/payments/[...route].ts'],
    build: [bin('astro'), 'build'],
    run: [process.execPath, 'dist/server/entry.mjs'],
  },
  {
    name: 'React Router',
    folder: 'react-router',
    files: ['app/payments.ts', 'app/routes.ts'],
    build: [bin('react-router'), 'build'],
    run: [bin('react-router-serve'), 'build/server/index.js'],
  },
  {
    name: 'Next.js',
    folder: 'nextjs',
    files: ['app/payments/[...route]/route.ts'],
    build: [bin('next'), 'build'],
    run: [bin('next'), 'start'],
  },
  {
    name: 'Deno',
    folder: 'deno',
    files: ['server.ts'],
    run: [
      join(modules, '@deno/linux-x64-glibc/deno'),
      'run',
      '--allow-net',
      '--allow-env',
      'server.ts',
    ],
  },
  {
    name: 'Bun',
    folder: 'bun',
    files: ['server.ts'],
    run: [join(modules, '@oven/bun-linux-x64/bin/bun'), 'server.ts'],
  },
]

// Deno and Bun are installed for Linux on x64 with glibc only.
const isInstalled = ({ run: [program = ''] }: Framework) => existsSync(program)

let provider: Provider
beforeAll(async () => {
  installPacked(folder)
  provider = await startProvider()
})
afterAll(() => provider.stop())

describe.each(frameworks.filter(isInstalled))(
  '$name',
  ({ name: title, folder: name, page = name, files, build, run }) => {
    const cwd = join(folder, name)
    const quiet = {
      NEXT_TELEMETRY_DISABLED: '1',
      ASTRO_TELEMETRY_DISABLED: '1',
      NUXT_TELEMETRY_DISABLED: '1',
      CI: '1',
    }
    let server: Started
    beforeAll(async () => {
      const [command, ...args] = build ?? []
      if (command !== undefined) {
        const { status, stdout, stderr } = spawnSync(command, args, {
          cwd,
          encoding: 'utf8',
          env: { ...process.env, ...quiet, NODE_ENV: 'production' },
        })
        if (status !== 0) throw new Error(`${name}: ${stdout}${stderr}`)
      }
      server = await startProgram(run, {
        cwd,
        env: { ...provider.env, ...quiet, NODE_ENV: 'production' },
      })
    })
    afterAll(() => server.stop())

    it.each(exchanges.map((exchange, i) => ({ ...exchange, order: `ORDER-${i + 1}` })))(
      '$name',
      async ({ toRequest, expected, order }) => {
        expect(await send(server.port, toRequest(await provider.pay(order)))).toEqual(expected)
      },
    )

    it('is documented as it is measured', () => {
      const paths = files.map((file) => `examples/framework-builds/${name}/${file}`)
      const documented = { name: title, page, files: paths }
      const row = toRow(
        documented,
        exchanges.map(() => '✓'),
      )
      expect(findRows(documented)).toEqual([row, row])
    })

    it('T227: hostile requests are refused as the Worker refuses them', async () => {
      for (const [i, { name: request, toRequest, expected }] of hostile.entries()) {
        const outcome = await send(server.port, toRequest(await provider.pay(`ORDER-${i + 21}`)))
        expect({ request, ...outcome }).toEqual({ request, ...expected })
      }
    })

    it('the rest of the shop is as it was', async () => {
      expect(await send(server.port, { method: 'GET', path: '/' })).toEqual({
        status: 200,
        text: 'the shop',
      })
    })
  },
)
