import { describe, expect, it } from 'vitest'
import { thirdPartyClients } from './clients.ts'
import type { Scenario } from './scenario.ts'
import { startSimulator, startStatelessServer, type TestServer } from './server.ts'

describe.each(thirdPartyClients)('$client against the simulator', ({ calls, scenarios }) => {
  it.each(scenarios)('$name', async ({ run, expected }) => {
    const server = await startSimulator()
    try {
      expect(await run(server)).toEqual(expected)
    } finally {
      await server.close()
    }
  })

  it('makes every call it offers', () => {
    const made = scenarios.flatMap((scenario) => scenario.calls)
    expect([...new Set(made)].toSorted()).toEqual(calls.toSorted())
  })
})

describe.each(thirdPartyClients)('$client against a stateless server', ({ scenarios }) => {
  it('fails in every scenario that needs state', async () => {
    const server = await startStatelessServer()
    try {
      const passed: string[] = []
      for (const scenario of scenarios) {
        if (await passes(scenario, server)) passed.push(scenario.name)
      }
      const stateful = scenarios.filter(({ isStateful }) => isStateful).map(({ name }) => name)
      expect(passed.filter((name) => stateful.includes(name))).toEqual([])
      expect(stateful.length).toBeGreaterThan(scenarios.length / 2)
    } finally {
      await server.close()
    }
  })
})

// Each client throws something else at a server it did not expect; here every error is a failed scenario.
async function passes({ run, expected }: Scenario, server: TestServer): Promise<boolean> {
  try {
    expect(await run(server)).toEqual(expected)
    return true
  } catch {
    return false
  }
}
