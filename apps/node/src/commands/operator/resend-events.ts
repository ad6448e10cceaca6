import { fail, type Language, ok, type Result } from '@quayside/core'
import {
  type ApiFailure,
  type MerchantApi,
  toRows,
  toText,
} from '../../merchant-api/merchant-api.ts'
import type { Values } from '../../settings/settings.ts'
import type { Text } from '../../terminal/language.ts'
import { formatTable } from '../../terminal/table.ts'
import { exitCodes } from '../exit-codes.ts'
import { type ApiFlags, reportApiFailure, withMerchantApi } from './with-merchant-api.ts'

/** The flags of `quayside events resend`. */
export interface ResendFlags extends ApiFlags {
  /** Every event that failed permanently, a thousand at most. */
  readonly failed?: true
}

const maxResent = 1_000
const pageSize = 100
const connections = 6
/** After this time events are only made due, and sent by the server's next sweep: a receiver may hang. */
const maxSendingMs = 60_000

type Resent = 'delivered' | 'scheduled' | 'failed' | 'unknown'

/** Sends events again, whatever their state. Returns the exit code. */
export function resendEvents(
  values: Values,
  ids: readonly string[],
  flags: ResendFlags,
): Promise<number> {
  return withMerchantApi(values, flags, async (api, language) => {
    const listed = flags.failed === true ? await listFailed(api) : null
    if (listed?.ok === false) return reportApiFailure(listed.failure, language)
    const all = listed === null ? [...new Set(ids)] : listed.value
    const until = Date.now() + maxSendingMs
    const results: (readonly [id: string, result: Resent])[] = []
    for (let first = 0; first < all.length; first += connections) {
      const some = all.slice(first, first + connections)
      const mayWait = Date.now() < until
      results.push(
        ...(await Promise.all(
          some.map(async (id) => [id, await resend(api, id, mayWait, language)] as const),
        )),
      )
    }
    process.stdout.write(`${formatResults(results, language)}\n`)
    const isDone = results.every(([, result]) => result === 'delivered' || result === 'scheduled')
    return isDone ? exitCodes.done : exitCodes.failed
  })
}

/** Returns the ids of the events that failed permanently. */
async function listFailed(api: MerchantApi): Promise<Result<readonly string[], ApiFailure>> {
  const ids: string[] = []
  let after = ''
  do {
    const query = new URLSearchParams({
      state: 'failed_permanently',
      limit: String(pageSize),
      after,
    })
    const page = await api.get(`/events?${query.toString()}`)
    if (!page.ok) return fail(page.failure)
    ids.push(...toRows(page.value['events']).map((row) => toText(row['id'])))
    after = toText(page.value['next'])
  } while (after !== '' && ids.length < maxResent)
  return ok(ids)
}

/** Makes an event due, and sends it unless another process does or time is up. */
async function resend(
  api: MerchantApi,
  id: string,
  mayWait: boolean,
  language: Language,
): Promise<Resent> {
  const replayed = await api.post(`/events/${encodeURIComponent(id)}/replay`, {})
  if (!replayed.ok) {
    reportApiFailure(replayed.failure, language)
    return 'unknown'
  }
  if (api.deliver === null || !mayWait) return 'scheduled'
  const delivered = await api.deliver(id)
  switch (delivered) {
    case 'delivered':
    case 'failed':
    case 'unknown':
      return delivered
    // A server took it first.
    case 'not_due':
      return 'scheduled'
  }
}

const headings: Readonly<Record<Language, readonly string[]>> = {
  en: ['EVENT', 'RESULT'],
  ko: ['이벤트', '결과'],
}
const resultTexts: Readonly<Record<Resent, Text>> = {
  delivered: { en: 'delivered', ko: '전송됨' },
  scheduled: {
    en: 'due: a running server sends it within a minute',
    ko: '전송 예약됨: 실행 중인 서버가 1분 안에 보냅니다',
  },
  failed: {
    en: 'not accepted: it is tried again later, see quayside events list',
    ko: '수신 서버가 받지 않음: 나중에 다시 시도합니다. quayside events list로 확인하세요',
  },
  unknown: { en: 'unknown', ko: '알 수 없음' },
}
const nothingToSend: Text = { en: 'nothing to send', ko: '보낼 이벤트가 없습니다' }

function formatResults(
  results: readonly (readonly [string, Resent])[],
  language: Language,
): string {
  if (results.length === 0) return nothingToSend[language]
  return formatTable(
    headings[language],
    results.map(([id, result]) => [id, resultTexts[result][language]]),
  )
}
