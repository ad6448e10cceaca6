import { beforeAll, describe, expect, inject, it } from 'vitest'
import { replaceSource } from '../platform/planted/plant.ts'
import { stormFlaws } from './flaws.ts'
import { bundleInstance, type InstanceProgram } from './instances.ts'
import { planStorms } from './plan.ts'
import { runStorm } from './storm.ts'
import { nameOf, useStormServers } from './storm-servers.ts'

const { storms: count, stormHistories: histories } = inject('cases')
const isWhole = count > 2

/** Thirty have every scenario. */
const flawHistories = isWhole ? 30 : 10

const { isMissing, serverOf, expectConsistent } = useStormServers()
let controlled: InstanceProgram

beforeAll(async () => {
  controlled = await bundleInstance('instance')
})

describe('T106: nothing is lost and nothing happens twice', () => {
  let conflicts = 0
  for (const storm of planStorms(count, histories)) {
    it.skipIf(isMissing[storm.kind])(`${nameOf(storm)}`, async () => {
      conflicts += (await expectConsistent(storm, controlled)).conflicts
    })
  }

  it.skipIf(isMissing.PostgreSQL || isMissing.MariaDB)('although transactions are ended', () => {
    expect(conflicts).toBeGreaterThan(0)
  })
})

describe('the checker', () => {
  // One of them is enough to see that it finds something.
  const flaws = isWhole ? stormFlaws : stormFlaws.slice(-1)
  for (const { name, edits, storm, message } of flaws) {
    it.skipIf(isMissing[storm.kind])(`finds ${name}`, async () => {
      const plugins = [replaceSource(edits)]
      const flawed = await bundleInstance(name.replaceAll(/\W+/g, '-'), plugins)
      const server = serverOf(storm.kind)
      const result = await runStorm(
        { instances: 2, seed: 0, histories: flawHistories, ...storm },
        { server, program: flawed },
      )
      const violations = result.checked.flatMap((each) => each.violations)
      expect(violations.filter((each) => message.test(each)).length).toBeGreaterThan(0)
    })
  }
})
