import { describe, expect, it } from 'vitest'
import { printCount } from '../../report/print-count.ts'
import { plantedFlaws } from './flaws.ts'
import { plant } from './plant.ts'

describe('a flaw that is put back is found', () => {
  it.each(plantedFlaws.map((flaw, at) => [flaw.without, flaw, at] as const))(
    'without %s',
    async (without, flaw, at) => {
      const since = performance.now()
      const checks = await plant(flaw, at)
      const check = checks.get(flaw.check)
      if (check === undefined) throw new TypeError(`Cannot find check ${flaw.check}`)
      const violations = await check()
      printCount(`flaw planted: without ${without}`, 1, since)
      expect(violations.filter((each) => each.startsWith(`${flaw.breaks} `))).not.toEqual([])
    },
  )
})
