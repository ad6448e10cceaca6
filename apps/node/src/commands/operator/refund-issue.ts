import type { Language } from '@quayside/core'
import { type Json, toText } from '../../merchant-api/merchant-api.ts'
import type { Values } from '../../settings/settings.ts'
import { confirm } from '../../terminal/confirm.ts'
import type { Text } from '../../terminal/language.ts'
import { toPrintable } from '../../terminal/printable.ts'
import { exitCodes } from '../exit-codes.ts'
import { say } from '../report.ts'
import { type ApiFlags, reportApiFailure, withMerchantApi } from './with-merchant-api.ts'

/** The flags of `quayside issues refund`: those of the merchant API, as the provider names them. */
export interface RefundFlags extends ApiFlags {
  readonly yes?: true
  readonly reason?: string
  readonly refundHolder?: string
  readonly refundBank?: string
  readonly refundAccount?: string
  readonly refundTel?: string
  readonly taxFree?: number
  readonly vatAmount?: number
}

/** Refunds what remains of the payment of a reconciliation issue, and closes the issue. Returns the exit code. */
export function refundIssue(values: Values, id: string, flags: RefundFlags): Promise<number> {
  return withMerchantApi(values, flags, async (api, language) => {
    const path = `/reconciliation-issues/${encodeURIComponent(id)}`
    const issue = await api.get(path)
    if (!issue.ok) return reportApiFailure(issue.failure, language)
    if (flags.yes !== true && !(await confirm(askToRefund(issue.value)[language]))) {
      say(notRefunded[language])
      return exitCodes.failed
    }
    const refunded = await api.post(`${path}/refund`, toBody(flags))
    if (!refunded.ok) {
      if (refunded.failure.reason !== 'refused') say(perhapsRefunded[language])
      return reportApiFailure(refunded.failure, language)
    }
    process.stdout.write(`${toPrintable(`${id}: ${explainOutcome(refunded.value, language)}`)}\n`)
    return exitCodes.done
  })
}

function askToRefund(issue: Json): Text {
  const [uid, order, kind] = ['imp_uid', 'merchant_uid', 'kind'].map((name) => toText(issue[name]))
  const amount = `${toText(issue['amount'])} ${toText(issue['currency'])}`
  const isPerhaps = issue['is_charged'] === 'perhaps'
  return {
    en: toPrintable(
      `Refund what remains of ${amount}, payment ${uid}, order ${order}, ${kind}${isPerhaps ? ', perhaps never charged' : ''}?`,
    ),
    ko: toPrintable(
      `결제 ${uid}(주문 ${order}, ${kind}${isPerhaps ? ', 청구되지 않았을 수 있음' : ''}) ${amount} 중 남은 금액을 환불할까요?`,
    ),
  }
}

const notRefunded: Text = { en: 'Nothing was refunded.', ko: '환불하지 않았습니다.' }
const perhapsRefunded: Text = {
  en: 'Whether it was refunded is not known. The same command may be repeated: it refunds once.',
  ko: '환불 여부를 알 수 없습니다. 같은 명령을 다시 실행해도 한 번만 환불됩니다.',
}

/** The order may have accepted the payment since the issue was written. */
function explainOutcome(issue: Json, language: Language): string {
  const outcome = toText(issue['outcome'])
  const texts: Readonly<Record<string, Text>> = {
    refunded: { en: 'refunded and closed', ko: '환불하고 종결했습니다' },
    accepted: {
      en: 'closed without a refund: its order has accepted the payment since',
      ko: '주문이 그 사이 이 결제를 승인하여 환불 없이 종결했습니다',
    },
  }
  return texts[outcome]?.[language] ?? outcome
}

function toBody(flags: RefundFlags): Json {
  const { reason, refundHolder, refundBank, refundAccount, refundTel, taxFree, vatAmount } = flags
  const account = { holder: refundHolder, bank: refundBank, account: refundAccount, tel: refundTel }
  const isNamed = Object.values(account).some((value) => value !== undefined)
  // JSON leaves out what is undefined.
  return {
    reason,
    refund: isNamed ? account : undefined,
    tax_free: taxFree,
    vat_amount: vatAmount,
  }
}
