import type { Language } from '@quayside/core'
import { type Json, toRows, toText } from '../../merchant-api/merchant-api.ts'
import type { Values } from '../../settings/settings.ts'
import type { Text } from '../../terminal/language.ts'
import { toPrintable } from '../../terminal/printable.ts'
import { formatTable } from '../../terminal/table.ts'
import { exitCodes } from '../exit-codes.ts'
import { say } from '../report.ts'
import { type ApiFlags, reportApiFailure, withMerchantApi } from './with-merchant-api.ts'

/** What needs a person comes first. */
const eventStates = ['failed_permanently', 'pending', 'delivered'] as const

/** The flags of `quayside events list`. */
export interface ListEventsFlags extends ApiFlags {
  readonly state?: (typeof eventStates)[number]
  readonly limit: string
  readonly after?: string
  readonly json?: true
}

/** Writes a page of the events in each state, or in one. Returns the exit code. */
export function listEvents(values: Values, flags: ListEventsFlags): Promise<number> {
  return withMerchantApi(values, flags, async (api, language) => {
    const rows: Json[] = []
    const further: string[] = []
    for (const state of flags.state === undefined ? eventStates : [flags.state]) {
      const query = new URLSearchParams({ state, limit: flags.limit, after: flags.after ?? '' })
      const page = await api.get(`/events?${query.toString()}`)
      if (!page.ok) return reportApiFailure(page.failure, language)
      rows.push(...toRows(page.value['events']))
      const next = toText(page.value['next'])
      if (next !== '') further.push(`quayside events list --state ${state} --after ${next}`)
    }
    if (flags.json === true) {
      process.stdout.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    } else {
      process.stdout.write(`${formatEvents(rows, language)}\n`)
    }
    for (const command of further) say(`${more[language]}: ${toPrintable(command)}`)
    return exitCodes.done
  })
}

const more: Text = { en: 'more', ko: '다음 목록' }
const headings: Readonly<Record<Language, readonly string[]>> = {
  en: ['EVENT', 'TYPE', 'STATE', 'TRIES', 'CREATED', 'NEXT TRY', 'LAST FAILURE'],
  ko: ['이벤트', '유형', '상태', '시도', '생성', '다음 시도', '마지막 오류'],
}
const noEvents: Text = { en: 'no events', ko: '이벤트가 없습니다' }

function formatEvents(rows: readonly Json[], language: Language): string {
  if (rows.length === 0) return noEvents[language]
  const names = ['id', 'type', 'state', 'tries', 'created_at', 'due_at', 'failure']
  return formatTable(
    headings[language],
    rows.map((row) => names.map((name) => toText(row[name]))),
  )
}
