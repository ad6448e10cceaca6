import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { findPorts } from '../../tools/run/local/free-ports.mjs'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** Listens on a port that the system chooses. */
async function takePort(): Promise<number> {
  const server = createServer()
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

describe('the ports of npm start', () => {
  it('that are taken are stepped over, and none is given twice', async () => {
    const taken = await takePort()
    const wanted = { port: taken, isFixed: false }
    const [first = 0, second = 0] = await findPorts([wanted, wanted])
    expect(first).toBeGreaterThan(taken)
    expect(second).toBeGreaterThan(first)
  })

  it('are not those of the others, though these are free', async () => {
    const taken = await takePort()
    const [first = 0] = await findPorts([
      { port: taken, isFixed: false },
      { port: taken + 1, isFixed: true },
    ])
    expect(first).toBeGreaterThan(taken + 1)
  })

  it('that were asked for are used as they are', async () => {
    const taken = await takePort()
    expect(await findPorts([{ port: taken, isFixed: true }])).toEqual([taken])
  })
})
