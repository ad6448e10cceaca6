import { beforeAll, describe, expect, it } from 'vitest'
import { printCount } from '../report/print-count.ts'
import { checkHistory } from './checkers/checker.ts'
import { drawHistory } from './history-table.ts'
import { type BlackboxResult, runHistories } from './run-histories.ts'
import { tamperings } from './tampered-histories.ts'

const histories = 200

describe(`${histories} histories over HTTP, on deployments that are killed`, () => {
  let result: BlackboxResult
  beforeAll(async () => {
    const since = performance.now()
    result = await runHistories(0, histories, { readCount: 4 })
    const { operations, kills } = result
    const seconds = (performance.now() - since) / 1000
    const pace = `${Math.round(histories / seconds)} histories and ${Math.round(operations / seconds)} operations a second`
    const count = operations.toLocaleString('en-US')
    printCount(
      `histories over HTTP, ${count} operations, ${kills} kills, ${pace}`,
      histories,
      since,
    )
  })

  it('T7, T13, T14, T15, T16, T18, T19, T20, T41, T45: the responses and events of every history are consistent', () => {
    const violations = result.checked.filter((each) => each.violations.length > 0)
    const [first] = violations
    const report =
      first === undefined
        ? ''
        : `seed ${first.seed}\n${first.violations.join('\n')}\n${drawHistory(first.history)}`
    expect(report).toBe('')
    expect(result.checked.length).toBe(histories)
    // Every second batch of fifty is killed twice.
    expect(result.kills).toBe(4)
  })

  it.each(tamperings)('finds that %s', (_, message, tamper) => {
    const tampered = result.checked
      // Violations of its own, or faults that excuse some, would hide whether the tampering was found.
      .filter(
        ({ violations, history }) => violations.length === 0 && history.faultWindows.length === 0,
      )
      .flatMap(({ history }) => tamper(history) ?? [])
    expect(tampered.length).toBeGreaterThan(0)
    const missed = tampered.filter((each) => !checkHistory(each).some((line) => message.test(line)))
    expect(missed.length).toBe(0)
  })
})
