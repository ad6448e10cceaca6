import { beforeAll, describe, expect, it } from 'vitest'
import { say } from '../report/print-count.ts'
import { judgeHistory } from './checkers/checker.ts'
import { drawHistory } from './history-table.ts'
import { type Outcome, runHistories } from './run-histories.ts'
import { lies } from './tampered-histories.ts'

const histories = 200

describe(`${histories} histories over HTTP, on deployments that are killed`, () => {
  let outcome: Outcome
  beforeAll(async () => {
    const since = performance.now()
    outcome = await runHistories(0, histories, { looks: 4 })
    const { operations, kills } = outcome
    const seconds = (performance.now() - since) / 1000
    const pace = `${Math.round(histories / seconds)} histories and ${Math.round(operations / seconds)} operations a second`
    const count = operations.toLocaleString('en-US')
    say(`histories over HTTP, ${count} operations, ${kills} kills, ${pace}`, histories, since)
  }, 300_000)

  it('T7, T13, T14, T15, T16, T18, T19, T20, T41, T45: nothing that outsiders saw contradicts anything else', () => {
    const wrong = outcome.judged.filter((each) => each.wrong.length > 0)
    const [first] = wrong
    const report =
      first === undefined
        ? ''
        : `seed ${first.seed}\n${first.wrong.join('\n')}\n${drawHistory(first.evidence)}`
    expect(report).toBe('')
    expect(outcome.judged.length).toBe(histories)
    // Every second batch of fifty is killed twice.
    expect(outcome.kills).toBe(4)
  })

  it.each(lies)('notices that %s', (_, words, lie) => {
    const told = outcome.judged
      // What is wrong by itself, or excused by trouble, would hide whether the lie was noticed.
      .filter(({ wrong, evidence }) => wrong.length === 0 && evidence.troubles.length === 0)
      .flatMap(({ evidence }) => lie(evidence) ?? [])
    expect(told.length).toBeGreaterThan(0)
    const unnoticed = told.filter((each) => !judgeHistory(each).some((line) => words.test(line)))
    expect(unnoticed.length).toBe(0)
  })
})
