import type { Language } from '@quayside/core'
import { type Json, toRows, toText } from '../../merchant-api/merchant-api.ts'
import type { Values } from '../../settings/settings.ts'
import type { Text } from '../../terminal/language.ts'
import { toPrintable } from '../../terminal/printable.ts'
import { formatTable } from '../../terminal/table.ts'
import { exitCodes } from '../exit-codes.ts'
import { say } from '../report.ts'
import { type ApiFlags, reportApiFailure, withMerchantApi } from './with-merchant-api.ts'

/** The flags of `quayside issues list`. */
export interface ListIssuesFlags extends ApiFlags {
  /** Closed ones as well. */
  readonly all?: true
  readonly limit: string
  readonly after?: string
  readonly json?: true
}

/** Writes a page of reconciliation issues, newest first. Returns the exit code. */
export function listIssues(values: Values, flags: ListIssuesFlags): Promise<number> {
  return withMerchantApi(values, flags, async (api, language) => {
    const state = flags.all === true ? 'all' : 'open'
    const query = new URLSearchParams({ state, limit: flags.limit, after: flags.after ?? '' })
    const page = await api.get(`/reconciliation-issues?${query.toString()}`)
    if (!page.ok) return reportApiFailure(page.failure, language)
    const rows = toRows(page.value['reconciliation_issues'])
    const text =
      flags.json === true
        ? rows.map((row) => `${JSON.stringify(row)}\n`).join('')
        : `${formatIssues(rows, language)}\n`
    process.stdout.write(text)
    const next = toText(page.value['next'])
    if (next !== '') {
      const all = flags.all === true ? ' --all' : ''
      say(toPrintable(`${more[language]}: quayside issues list${all} --after ${next}`))
    }
    return exitCodes.done
  })
}

const more: Text = { en: 'more', ko: '다음 목록' }
const noIssues: Text = { en: 'no issues', ko: '대사 불일치 건이 없습니다' }
const headings: Readonly<Record<Language, readonly string[]>> = {
  en: ['ISSUE', 'ORDER', 'AMOUNT', 'REASON', 'POLICY', 'OUTCOME', 'CREATED', 'CLOSED'],
  ko: ['불일치 건', '주문', '금액', '사유', '정책', '결과', '생성', '종결'],
}

function formatIssues(rows: readonly Json[], language: Language): string {
  if (rows.length === 0) return noIssues[language]
  return formatTable(
    headings[language],
    rows.map((row) => [
      toText(row['id']),
      toText(row['merchant_uid']),
      `${toText(row['amount'])} ${toText(row['currency'])}`,
      ...['reason', 'policy', 'outcome', 'created_at', 'closed_at'].map((name) =>
        toText(row[name]),
      ),
    ]),
  )
}
