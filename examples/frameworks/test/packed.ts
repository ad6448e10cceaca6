import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const names = ['core', 'client', 'hono', 'node']

/** Packs our packages as they are published, and unpacks them where the examples of a folder look for them. */
export function installPacked(folder: string): void {
  run(root, join(root, 'node_modules/.bin/tsc'), [
    '-b',
    ...names.map((name) => `packages/${name}/tsconfig.build.json`),
  ])
  for (const name of names) {
    const packed = mkdtempSync(join(tmpdir(), 'quayside-packed-'))
    const from = join(root, 'packages', name)
    run(from, 'npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', packed])
    const to = join(folder, 'node_modules/@quayside', name)
    rmSync(to, { recursive: true, force: true })
    mkdirSync(to, { recursive: true })
    for (const file of readdirSync(packed)) {
      run(to, 'tar', ['-xzf', join(packed, file), '--strip-components', '1'])
    }
    rmSync(packed, { recursive: true })
  }
}

function run(cwd: string, command: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stdout}${stderr}`)
}
