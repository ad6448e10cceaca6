import { describe, expect, it } from 'vitest'
import { strangers } from './clients.ts'
import type { Deed } from './scenario.ts'
import { openCanned, openSimulator, type Stage } from './server.ts'

describe.each(strangers)('$client against the simulator', ({ offers, deeds }) => {
  it.each(deeds)('$name', async ({ run, means }) => {
    const stage = await openSimulator()
    try {
      expect(await run(stage)).toEqual(means)
    } finally {
      await stage.close()
    }
  })

  it('makes every call it offers', () => {
    expect([...new Set(deeds.flatMap(({ calls }) => calls))].toSorted()).toEqual(offers.toSorted())
  })
})

describe.each(strangers)('$client against a server without a memory', ({ deeds }) => {
  it('fails in everything that needs one', async () => {
    const stage = await openCanned()
    try {
      const comeOff: string[] = []
      for (const deed of deeds) if (await comesOff(deed, stage)) comeOff.push(deed.name)
      const needful = deeds.filter(({ isStateful }) => isStateful).map(({ name }) => name)
      expect(comeOff.filter((name) => needful.includes(name))).toEqual([])
      expect(needful.length).toBeGreaterThan(deeds.length / 2)
    } finally {
      await stage.close()
    }
  })
})

// Clients throw whatever they like at a server they did not expect; here all of it means the same.
async function comesOff({ run, means }: Deed, stage: Stage): Promise<boolean> {
  try {
    expect(await run(stage)).toEqual(means)
    return true
  } catch {
    return false
  }
}
