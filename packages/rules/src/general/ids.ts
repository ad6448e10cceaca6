import { isGiven } from '../engine/path.ts'
import type { PaymentParameters } from '../model/context.ts'
import type { Finding } from '../words/sentences.ts'

const source = 'sdk payrq.mdx:174-180'
const maxLength = 40

/** Ids that name something else, or the same thing for every attempt. */
export function findIds(parameters: PaymentParameters): readonly Finding[] {
  const { merchant_uid: id, customer_uid: key, name } = parameters
  const found: Finding[] = []
  if (!isGiven(id)) {
    // The registration of an offline payment with kcp_quick has no order.
    if (!isGiven(parameters['bypass'])) {
      found.push({ parameter: 'merchant_uid', reason: 'missing', strength: 'type', source })
    }
  } else if (typeof id === 'string') {
    found.push(...findOrderId(id))
  }
  if (typeof key === 'string' && /^imps?_\d{12}$/.test(key)) {
    const detail = 'imp_uid'
    found.push({
      parameter: 'customer_uid',
      reason: 'id_of_another_kind',
      strength: 'advice',
      source,
      detail,
    })
  }
  if (typeof name === 'string' && Array.from(name).length > maxLength) {
    const [strength, at] = ['text', 'sdk payrq.mdx:182-186'] as const
    found.push({
      parameter: 'name',
      reason: 'too_long',
      strength,
      source: at,
      detail: `${maxLength}`,
    })
  }
  return found
}

function findOrderId(id: string): readonly Finding[] {
  const of = { parameter: 'merchant_uid', source } as const
  if (Array.from(id).length > maxLength) {
    return [{ ...of, reason: 'too_long', strength: 'text', detail: `${maxLength}` }]
  }
  if (/^imps?_\d{12}$/.test(id)) {
    return [{ ...of, reason: 'id_of_another_kind', strength: 'advice', detail: 'imp_uid' }]
  }
  if (/^(channel-key|store)-/.test(id)) {
    return [{ ...of, reason: 'id_of_another_kind', strength: 'advice', detail: 'V2' }]
  }
  // A fixed text; one that counts or holds a time has digits.
  if (!/\d/.test(id) || id === 'merchant_1234567890') {
    return [{ ...of, reason: 'constant', strength: 'advice' }]
  }
  return /[\s/?#&%+\\]|[^\x20-\x7e]/.test(id)
    ? [{ ...of, reason: 'characters', strength: 'advice', detail: 'A-Z a-z 0-9 _ - .' }]
    : []
}
