import { type Finding, findingsOf } from './finding.ts'

const found = findingsOf('clock')
const maxDifferenceMs = 5_000

/** When a time was asked for and when the answer arrived, by this machine's clock, and what it said. */
export interface ClockReading {
  readonly askedAtMs: number
  readonly answeredAtMs: number
  readonly saysMs: number
  /** How much later the clock may be than it says: a second for one that says seconds. */
  readonly precisionMs: number
}

/**
 * Compares the clock of this machine with another one.
 *
 * @param against Whose clock it is, English and Korean.
 */
export function compareClocks(
  { askedAtMs, answeredAtMs, saysMs, precisionMs }: ClockReading,
  code: 'clock_of_provider' | 'clock_of_database',
  against: readonly [string, string],
): Finding {
  // The other clock was read at some time in between.
  const behindMs = saysMs - answeredAtMs
  const aheadMs = askedAtMs - (saysMs + precisionMs)
  const differenceMs = Math.max(behindMs, aheadMs, 0)
  if (differenceMs <= maxDifferenceMs) {
    return found.ok(code, [
      `this machine's clock agrees with that of ${against[0]}`,
      `이 서버의 시계가 ${against[1]}의 시계와 일치합니다`,
    ])
  }
  const seconds = Math.round(differenceMs / 1000)
  const isBehind = behindMs > 0
  return found.warning(
    `${code}_differs`,
    [
      `this machine's clock is ${seconds} s ${isBehind ? 'behind' : 'ahead of'} that of ${against[0]}`,
      `이 서버의 시계가 ${against[1]}보다 ${seconds}초 ${isBehind ? '느립니다' : '빠릅니다'}`,
    ],
    [
      'synchronize both clocks by NTP (timedatectl set-ntp true): due dates, leases and event signatures depend on them',
      '두 시계를 NTP로 맞추세요(timedatectl set-ntp true). 입금 기한, 작업 선점, 이벤트 서명이 시계에 따라 판정됩니다',
    ],
  )
}
