// The rules that a page can check before a window opens were written apart from the demands of the simulator's windows: on
// what the provider's pages call mandatory, both have to agree.
import { check, mayRefuse } from '@quayside/rules'
import { channels } from '@quayside/rules/all'
import { describe, expect, it } from 'vitest'
import { cases } from './documented-cases.ts'
import { type DocumentedRequest, without } from './documented-request.ts'

/** What the rules refuse in a request. */
function refused(pg: string, { device, params }: DocumentedRequest): readonly string[] {
  const given = { channelKey: 'channel-key-1', ...params }
  const problems = check(given, { channel: channels[pg], device, mode: 'test' })
  return problems.filter(mayRefuse).map(({ parameter, reason }) => `${parameter} ${reason}`)
}

const toLine = ({ pg, path, when }: (typeof cases)[number]) => `${pg}: ${path} (${when})`

/** What the rules leave open: a page of the PG is silent or says otherwise, or no default is assumed. */
const leftOpen: readonly string[] = [
  'kcp: digital (pay_method=phone)',
  'mobilians: digital (pay_method=phone)',
  'mobilians_v2: digital (pay_method=phone)',
  'galaxia: digital (pay_method=phone)',
  'kcp_quick: bypass.kcpQuick.encryptedCI (bypass.kcpQuick.actionType!=PrepaidOfflinePaymentInfo)',
  'paypal_v2: currency (intent=charge_key)',
]

/** What only the rules refuse: results that would be lost on a phone, and a share that the simulator takes for 0. */
const refusedBefore: readonly string[] = [
  'html5_inicis: m_redirect_url missing',
  'ksnet: m_redirect_url missing',
  'ksnet: tax_free missing',
]

describe('of what the pages call mandatory and the simulator demands, the rules', () => {
  it('leave open nothing but these', () => {
    const missed = cases.filter(({ pg, path, request }) => {
      const complete = refused(pg, request)
      return refused(pg, without(request, path)).every((problem) => complete.includes(problem))
    })
    expect(missed.map(toLine).filter((line) => !leftOpen.includes(line))).toEqual([])
  })

  it('refuse no request that the simulator opens a window for but these', () => {
    const more = cases.flatMap((each) =>
      refused(each.pg, each.request).map((problem) => `${each.pg}: ${problem}`),
    )
    expect(more.filter((line) => !refusedBefore.includes(line))).toEqual([])
  })
})
