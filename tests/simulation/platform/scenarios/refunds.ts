import { createPrng, type Prng } from '../../engine/prng.ts'
import { callApi, createOrder, payUnheard, readOrder, sendWebhook } from '../merchant.ts'
import type { NewPayment } from '../provider/record.ts'
import { observe } from './scenario.ts'

// I20: what is refunded is what was paid, whatever the order's amount was.

const orderAmount = 10_000

interface Paid {
  readonly allowances: readonly string[]
  readonly payment: Pick<NewPayment, 'amount' | 'pg_provider' | 'promotion'>
}

function drawPaid(prng: Prng): Paid {
  const difference = (1 + prng.below(50)) * 100
  switch (prng.below(3)) {
    case 1:
      return {
        allowances: ['naverco_delivery_fee'],
        payment: { amount: orderAmount + difference, pg_provider: 'naverco' },
      }
    case 2:
      return {
        allowances: ['card_promotion'],
        payment: {
          amount: orderAmount - difference,
          promotion: { id: 'promotion_1', discount: difference },
        },
      }
    default:
      return { allowances: [], payment: { amount: orderAmount } }
  }
}

/** Refunds a payment in parts that the seed draws, and then all that remains; returns what does not add up. */
export async function runRefunds(seed: number): Promise<readonly string[]> {
  const prng = createPrng(seed)
  const fixture = observe({ plan: 'paid', seed })
  const { allowances, payment } = drawPaid(prng)
  await createOrder(fixture, 'ORD-1', orderAmount, { allowances })
  const record = payUnheard(fixture, { imp_uid: 'imp_1', merchant_uid: 'ORD-1', ...payment })
  await sendWebhook(fixture, record)
  const violations: string[] = []
  const drawn = `seed ${seed}, ${allowances.join() || 'no allowance'}`
  const cancel = async (amount: number | null): Promise<void> => {
    const before = record.cancel_amount
    const remaining = record.amount - before
    const body = {
      ...(amount === null ? {} : { amount }),
      ...(prng.below(2) === 1 ? { checksum: remaining } : {}),
    }
    const { status } = await callApi(fixture, 'POST', '/orders/ORD-1/cancel', body)
    const refunded = record.cancel_amount - before
    const expected = amount === null ? remaining : amount <= remaining ? amount : 0
    const order = await readOrder(fixture, 'ORD-1')
    const about = `I20 ${JSON.stringify(body)} of ${remaining}, HTTP ${status} (${drawn})`
    if (refunded !== expected) violations.push(`${about}: refunded ${refunded}`)
    if (order.cancelled_amount !== record.cancel_amount)
      violations.push(`${about}: shown as ${order.cancelled_amount} of ${record.cancel_amount}`)
    if (status < 300 !== expected > 0) violations.push(about)
    fixture.time.clock.ms += 60_000
  }
  for (let parts = prng.below(3); parts > 0; parts--) await cancel((1 + prng.below(60)) * 100)
  // More than what remains, but not more than what the order or the payment was worth.
  if (prng.below(4) === 3) await cancel(record.amount - record.cancel_amount + 100)
  await cancel(null)
  const { status } = await readOrder(fixture, 'ORD-1')
  if (status !== 'cancelled') violations.push(`I20 ORD-1 is ${status} (${drawn})`)
  return violations
}
