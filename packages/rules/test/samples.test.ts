import { channels } from '@quayside/rules/all'
import { describe, expect, it } from 'vitest'
import samples from '../fixtures/samples.json' with { type: 'json' }
import { check, type PaymentParameters } from '../src/index.ts'

/** A sample that lacks what the text of its own page demands in two places, and what is found. */
const atOdds = { page: 'welcome/readme.mdx', line: 575, found: 'digital missing text' }
/** Fragments for one method, without the return address that the whole sample of the page has. */
const fragments = [470, 500].map((line) => `nhn-kcp/readme.mdx:${line}`)

const found = (parameters: PaymentParameters, channel: string, device: 'pc' | undefined) =>
  check(parameters, { channel: channels[channel], device }).map(
    ({ parameter, reason, strength }) => `${parameter} ${reason} ${strength}`,
  )

describe('requests in the form of the provider’s own samples', () => {
  it('are 72, of 33 PGs', () => {
    expect([samples.length, new Set(samples.map(({ channel }) => channel)).size]).toEqual([72, 33])
  })

  for (const { page, line, channel, parameters } of samples) {
    const expected = page === atOdds.page && line === atOdds.line ? [atOdds.found] : []

    it(`${page}:${line} (${channel}) is accepted on PC`, () => {
      expect(found(parameters, channel, 'pc')).toEqual(expected)
    })

    it(`${page}:${line} (${channel}) is accepted on an unknown device`, () => {
      const isFragment = fragments.includes(`${page}:${line}`)
      expect(found(parameters, channel, undefined)).toEqual(
        isFragment ? ['m_redirect_url missing advice'] : expected,
      )
    })
  }
})
