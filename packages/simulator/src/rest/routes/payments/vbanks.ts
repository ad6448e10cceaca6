import { Hono } from 'hono'
import type { SimulatorContext } from '../../../context.ts'
import { toMinor } from '../../../domain/payment/money.ts'
import type { Account, Payment } from '../../../domain/payment/payment.ts'
import { fail } from '../../../domain/payment/payment-lifecycle.ts'
import { ownRefusals, type Refusal, refusals } from '../../../domain/refusals.ts'
import { integerOf, readBody, readQuery, textOf } from '../../../runtime/params.ts'
import { issueAccount } from '../../../services/payment/issue-virtual-account.ts'
import { savePayment } from '../../../state.ts'
import { refuse, succeed } from '../../../wire/envelope.ts'
import { serializePayment } from '../../../wire/serialize-payment.ts'

/** Virtual accounts: issuing, changing and revoking one, and the account-holder lookup, which was removed from the public description but is still in clients. */
export function vbanks(context: SimulatorContext): Hono {
  const { state, clock } = context
  const app = new Hono({ strict: false })

  app.get('/vbanks/holder', (c) => {
    const query = readQuery(c.req.url)
    const isComplete = textOf(query, 'bank_code') !== null && textOf(query, 'bank_num') !== null
    return isComplete ? succeed({ bank_holder: '홍길동' }) : refuse(ownRefusals.holderUnknown)
  })

  app.post('/vbanks', async (c) => {
    const issued = issueAccount(context, await readBody(c.req.raw))
    return issued.ok
      ? succeed(serializePayment(issued.payment, context.origin))
      : refuse(issued.refusal)
  })

  app.put('/vbanks/:impUid', async (c) => {
    const waiting = waitingAt(context, c.req.param('impUid'))
    if ('code' in waiting) return refuse(waiting)
    const { payment, account } = waiting
    if (payment.channel.pg_provider !== 'settle') return refuse(ownRefusals.accountFixed)
    const params = await readBody(c.req.raw)
    const dueAt = integerOf(params, 'vbank_due') ?? account.dueAt
    if (params['amount'] === undefined && params['vbank_due'] === undefined) {
      return refuse(ownRefusals.accountChangeMissing)
    }
    if (dueAt <= clock.seconds()) return refuse({ ...ownRefusals.dueInvalid, status: 400 })
    const requestedMinor = toMinor(params['amount'] ?? 0, payment.currency)
    if (requestedMinor === null || requestedMinor < 0) return refuse(ownRefusals.amountInvalid)
    // An account that accepts any number of deposits has no fixed amount.
    const amountMinor =
      account.deposits === null && requestedMinor > 0 ? requestedMinor : payment.amountMinor
    const changed = savePayment(state, {
      ...payment,
      amountMinor,
      account: { ...account, dueAt },
      updatedAt: clock.seconds(),
    })
    return succeed(serializePayment(changed, context.origin))
  })

  app.delete('/vbanks/:impUid', (c) => {
    const waiting = waitingAt(context, c.req.param('impUid'))
    if ('code' in waiting) return refuse(waiting)
    const revoked = fail(waiting.payment, '가상계좌 발급이 말소되었습니다.', clock.seconds())
    if (!revoked.ok) return refuse(ownRefusals.accountNotWaiting)
    return succeed(serializePayment(savePayment(state, revoked.payment), context.origin))
  })

  return app
}

function waitingAt(
  { state }: SimulatorContext,
  impUid: string,
): { readonly payment: Payment; readonly account: Account } | Refusal {
  const payment = state.payments.get(impUid)
  if (payment === undefined) return refusals.unknownPayment
  const { account, status } = payment
  if (account === null || status !== 'ready') return ownRefusals.accountNotWaiting
  return { payment, account }
}
