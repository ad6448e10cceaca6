import type { SimulatorContext } from '../context.ts'
import { toAmount } from '../domain/payment/money.ts'
import type { Payment } from '../domain/payment/payment.ts'
import type { DeliveryResponse } from '../domain/records.ts'
import { isRecord } from '../runtime/params.ts'
import { sendMessage } from './deliver.ts'

/** Calls the merchant's confirm_url; null when the payment may continue, else the fail_reason. */
export async function confirmWithMerchant(
  context: SimulatorContext,
  payment: Payment,
): Promise<string | null> {
  const { confirmUrl, impUid, merchantUid, amountMinor, currency, webhook } = payment
  if (confirmUrl === null) return null
  const body = {
    imp_uid: impUid,
    merchant_uid: merchantUid,
    amount: toAmount(amountMinor, currency),
  }
  const response = await sendMessage(
    context,
    { kind: 'confirm', url: confirmUrl, body, contentType: webhook.contentType },
    { attempt: 1, timeoutMs: context.timeouts.confirmMs },
  )
  if ('status' in response && response.status === 200) return null
  return `고객사 요청에 의해 결제를 중단합니다. (상세사유 : ${reasonOf(response) ?? '알 수 없음'})`
}

function reasonOf(response: DeliveryResponse): string | null {
  if ('error' in response) return null
  try {
    const body: unknown = JSON.parse(response.body)
    return isRecord(body) && typeof body['reason'] === 'string' ? body['reason'] : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
