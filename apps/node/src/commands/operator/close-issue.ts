import { toText } from '../../merchant-api/merchant-api.ts'
import type { Values } from '../../settings/settings.ts'
import type { Text } from '../../terminal/language.ts'
import { toPrintable } from '../../terminal/printable.ts'
import { exitCodes } from '../exit-codes.ts'
import { type ApiFlags, reportApiFailure, withMerchantApi } from './with-merchant-api.ts'

/** Closes a reconciliation issue; no money moves. Returns the exit code. */
export function closeIssue(values: Values, id: string, flags: ApiFlags): Promise<number> {
  return withMerchantApi(values, flags, async (api, language) => {
    const closed = await api.post(`/reconciliation-issues/${encodeURIComponent(id)}/close`, {})
    if (!closed.ok) return reportApiFailure(closed.failure, language)
    const outcome = toText(closed.value['outcome'])
    process.stdout.write(`${toPrintable(`${id} ${closedText[language]}: ${outcome}`)}\n`)
    return exitCodes.done
  })
}

const closedText: Text = { en: 'is closed', ko: '종결됨' }
