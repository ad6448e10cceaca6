import type { World } from '../context.ts'
import { toAmount } from '../domain/payment/money.ts'
import type { Payment } from '../domain/payment/payment.ts'
import type { DeliveryAnswer } from '../domain/records.ts'
import { isRecord } from '../runtime/params.ts'
import { send } from './deliver.ts'

/** Asks the merchant's confirm_url whether a payment may go on; null when it may, else the fail_reason. */
export async function askMerchant(world: World, payment: Payment): Promise<string | null> {
  const { confirmUrl, impUid, merchantUid, amountMinor, currency, webhook } = payment
  if (confirmUrl === null) return null
  const body = {
    imp_uid: impUid,
    merchant_uid: merchantUid,
    amount: toAmount(amountMinor, currency),
  }
  const answer = await send(
    world,
    { kind: 'confirm', url: confirmUrl, body, contentType: webhook.contentType },
    { attempt: 1, timeoutMs: world.patience.confirmMs },
  )
  if ('status' in answer && answer.status === 200) return null
  return `고객사 요청에 의해 결제를 중단합니다. (상세사유 : ${reasonOf(answer) ?? '알 수 없음'})`
}

function reasonOf(answer: DeliveryAnswer): string | null {
  if ('error' in answer) return null
  try {
    const body: unknown = JSON.parse(answer.body)
    return isRecord(body) && typeof body['reason'] === 'string' ? body['reason'] : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
