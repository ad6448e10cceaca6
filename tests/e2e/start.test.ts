import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freePort } from './npm-start.ts'

describe('npm start', () => {
  it('prints three addresses that respond, and leaves no process when it is stopped', async () => {
    const state = await mkdtemp(join(tmpdir(), 'quayside-'))
    const ports = (await Promise.all([freePort(), freePort(), freePort()])).map(String)
    const [worker = '', simulator = '', shop = ''] = ports
    const child = spawn(
      process.execPath,
      [
        'tools/run/local/start.mjs',
        '--state',
        state,
        '--worker-port',
        worker,
        '--simulator-port',
        simulator,
        '--shop-port',
        shop,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
    })
    try {
      await expect.poll(() => printed).toContain('Ctrl+C stops all three.')
      const addresses = [...printed.matchAll(/http:\/\/localhost:\d+(?= )/g)].map(String)
      expect(new Set(addresses)).toEqual(new Set(ports.map((port) => `http://localhost:${port}`)))
      const responses = await Promise.all([...new Set(addresses)].map((address) => fetch(address)))
      expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
    } finally {
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGINT')
      expect(await exited).toBe(0)
      await rm(state, { recursive: true, force: true })
    }
    // The processes it started may take a moment to exit.
    await expect
      .poll(() => {
        const { stdout } = spawnSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' })
        return stdout.split('\n').filter((line) => line.includes(state))
      })
      .toEqual([])
  })
})
