import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const wrangler = 'node_modules/wrangler/bin/wrangler.js'

it('a local database has the migrations of wrangler, which finds none missing', () => {
  const state = mkdtempSync(join(tmpdir(), 'quayside-'))
  const run = (args: readonly string[]) =>
    spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, CI: '1', WRANGLER_LOG_PATH: join(state, 'logs') },
    })
  try {
    const migrate = () => run(['tools/run/local/migrate-local.mjs', state])
    expect(migrate()).toMatchObject({ status: 0, stderr: '' })
    expect(migrate()).toMatchObject({ status: 0, stderr: '' })
    const list = ['d1', 'migrations', 'list', 'DB', '--local', '--persist-to', state]
    const { status, stdout } = run([wrangler, ...list])
    expect([status, stdout]).toEqual([0, expect.stringContaining('No migrations to apply')])
  } finally {
    rmSync(state, { recursive: true, force: true })
  }
})
