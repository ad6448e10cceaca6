import { describe, expect, it } from 'vitest'
import { currencies, decimalsOf } from '../../fixtures/currencies.ts'
import { codes, digitsOf, isCurrency } from './currency.ts'

/** Writes the table as the source has it. */
function write(table: ReadonlyMap<string, number>): string {
  const sorted = [...table].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const groups = Map.groupBy(sorted, ([code]) => code.slice(0, 1))
  return [...groups]
    .map(([first, group]) => {
      const rest = group.map(
        ([code, digits]) => code.slice(1).toLowerCase() + (digits === 2 ? '' : digits),
      )
      return first + rest.join('')
    })
    .join('')
}

describe('the currencies', () => {
  it('are those of ISO 4217, and no others', () => {
    expect(codes).toBe(write(decimalsOf))
  })

  it('are known by their code with their number of decimals', () => {
    expect(currencies.map((code) => [code, isCurrency(code), digitsOf(code)])).toEqual(
      [...decimalsOf].map(([code, digits]) => [code, true, digits]),
    )
  })

  it.each(['', 'A', 'AE', 'aed', 'AEDA', 'EDF', 'HD3', 'XTS', 'XAU', 978, null, ['KRW']])(
    'are not %o',
    (value) => {
      expect(isCurrency(value)).toBe(false)
    },
  )
})
