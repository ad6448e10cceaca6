import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'

const at = '2026-11-22T03:00:00.000Z'

function write(fields: Parameters<ReturnType<typeof createLog>>[1]): string[] {
  const lines: string[] = []
  createLog(
    (line) => lines.push(line),
    () => new Date(at),
  )('synced', fields)
  return lines
}

describe('createLog()', () => {
  it('writes an event as one line of JSON', () => {
    expect(write({ merchantUid: 'ORD-1', tries: 2, isNew: true, impUid: null })).toEqual([
      `{"at":"${at}","event":"synced","merchantUid":"ORD-1","tries":2,"isNew":true,"impUid":null}`,
    ])
  })

  for (const character of [
    '\n',
    '\r',
    '\u0000',
    '\u001b',
    '\u0085',
    '\u009b',
    '\u2028',
    '\u2029',
    '\u202e',
    '\ufeff',
  ]) {
    const name = character.charCodeAt(0).toString(16).padStart(4, '0')
    it(`T48: U+${name} in a text starts no second line and hides nothing`, () => {
      const [line = '', ...more] = write({ detail: `a${character}{"event":"forged"}` })
      expect(more).toEqual([])
      expect(line).toMatch(/^[\x20-\x7e]+$/)
      expect(JSON.parse(line)).toEqual({
        at,
        event: 'synced',
        detail: `a${character}{"event":"forged"}`,
      })
    })
  }

  it('T48: cuts a text that would flood the log', () => {
    expect(JSON.parse(write({ detail: 'x'.repeat(100_000) })[0] ?? '')).toEqual({
      at,
      event: 'synced',
      detail: 'x'.repeat(300),
    })
  })
})
