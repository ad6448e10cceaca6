import { describe, expect, it } from 'vitest'
import { defaultChannels } from '../channel/default-channels.ts'
import { execute, move, reschedule, revoke, type Schedule } from './schedule.ts'

const [channel] = defaultChannels
if (channel === undefined) throw new TypeError('There is no default channel')

const now = 1_000_000
const scheduled: Schedule = {
  customerUid: 'gildong',
  customerId: null,
  order: {
    merchantUid: 'month-2',
    amountMinor: 9900,
    currency: 'KRW',
    name: '정기결제',
    buyer: { name: '', email: '', tel: '', addr: '', postcode: '' },
    customData: null,
    noticeUrl: undefined,
    quota: 0,
    promotionId: null,
  },
  channel,
  scheduleAt: now + 60,
  status: 'scheduled',
  executedAt: null,
  revokedAt: null,
  impUid: null,
}
const executed = execute(scheduled, 'imps_1', now)
const revoked = revoke(scheduled, now)
const later = { ...scheduled, scheduleAt: now + 120 }
const times = { scheduleAt: now + 120, at: now }

describe('the transitions of a schedule', () => {
  it.each([
    ['scheduled', scheduled, { ok: true, schedule: later }],
    ['executed', executed, { ok: false, reason: 'not_scheduled' }],
    ['revoked', revoked, { ok: false, reason: 'not_scheduled' }],
  ] as const)('moves a %s one, or returns why not', (_, schedule, expected) => {
    expect(move(schedule, times.scheduleAt, times.at)).toEqual(expected)
  })

  it.each([
    ['scheduled', scheduled, false, { ok: false, reason: 'not_run' }],
    ['failed', executed, false, { ok: true, schedule: later }],
    ['approved', executed, true, { ok: false, reason: 'approved' }],
    ['revoked', revoked, false, { ok: true, schedule: later }],
  ] as const)('reschedules a %s one, or returns why not', (_, schedule, isApproved, expected) => {
    expect(reschedule(schedule, isApproved, times)).toEqual(expected)
  })

  it('refuses a time that is not in the future', () => {
    const past = { ok: false, reason: 'time_past' }
    expect(move(scheduled, now, now)).toEqual(past)
    expect(reschedule(revoked, false, { scheduleAt: now, at: now })).toEqual(past)
  })

  it('clears a revoke when it runs', () => {
    expect(execute(revoked, 'imps_2', now + 1)).toEqual({
      ...scheduled,
      status: 'executed',
      executedAt: now + 1,
      impUid: 'imps_2',
    })
  })
})
