import type { users } from '@quayside/client'
import type { Mode } from '@quayside/core'
import { check, type Problem } from '@quayside/rules'
import { channels } from '@quayside/rules/all'
import { type Finding, findingsOf } from '../finding.ts'

type Channel = users.PgSetting

const found = findingsOf('provider')
/** More of them would hide the other findings. */
const maxFindings = 20

/** What the provider's pages say of the channels that take payments in this mode. */
export function checkChannelRules(mode: Mode, all: readonly Channel[]): readonly Finding[] {
  const ofMode = all.filter(
    ({ type, sandbox }) => type === 'payment' && (sandbox === true) === (mode === 'test'),
  )
  // In test mode a contract is a test one, and nobody is kept from a PG that is closed.
  const doubtful = mode === 'live' ? ofMode.flatMap(findDoubtful).slice(0, maxFindings) : []
  return [...doubtful, ...findLateApprovals(ofMode)]
}

function findDoubtful({ pg_provider, pg_id }: Channel): readonly Finding[] {
  const pg = `${pg_provider}.${pg_id}`
  return check({ pg }, { mode: 'live' })
    .filter(({ parameter, reason }) => parameter === 'pg' && isOfContract(reason))
    .map(({ ko, en }) =>
      found.warning(
        'channel_doubtful',
        [`the live channel ${pg}: ${en}`, `실연동 채널 ${pg}: ${ko}`],
        [
          'look at the channel in the PortOne console; payments of it are not refused',
          '포트원 관리자 콘솔에서 채널을 확인하세요. 이 채널의 결제를 거절하지는 않습니다',
        ],
      ),
    )
}

function isOfContract(reason: Problem['reason']): boolean {
  return reason === 'pg_retired' || reason === 'pg_without_window' || reason === 'test_contract'
}

/** PGs that approve after their window is closed: without the webhook the order stays open until a poll. */
function findLateApprovals(ofMode: readonly Channel[]): readonly Finding[] {
  const codes = new Set(ofMode.map(({ pg_provider }) => pg_provider))
  const late = [...codes].filter(
    (code) =>
      Object.hasOwn(channels, code) &&
      channels[code]?.needs.some(({ need, when }) => need === 'webhook' && when === undefined),
  )
  return late.length === 0
    ? []
    : [
        found.ok('channels_need_webhook', [
          `approved after the window is closed, and reported by the webhook: ${late.join(', ')}`,
          `결제창이 닫힌 뒤에 승인될 수 있어 웹훅으로 결과를 받는 PG: ${late.join(', ')}`,
        ]),
      ]
}
