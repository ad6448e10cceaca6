import { Hono } from 'hono'
import { readQuery, textOf } from '../body.ts'
import { ownRefusals, refusals, refuse, succeed } from '../envelope.ts'
import { keep } from '../ledger.ts'
import { fail } from '../lifecycle.ts'
import { presentPayment } from '../present.ts'
import type { World } from '../world.ts'

/** Virtual accounts: revoking one, and the account-holder lookup that left the public description but not the clients. */
export function vbanks({ ledger, clock }: World): Hono {
  const app = new Hono()

  app.get('/vbanks/holder', (c) => {
    const query = readQuery(c.req.url)
    const isAsked = textOf(query, 'bank_code') !== null && textOf(query, 'bank_num') !== null
    return isAsked ? succeed({ bank_holder: '홍길동' }) : refuse(ownRefusals.holderUnknown)
  })

  app.delete('/vbanks/:impUid', (c) => {
    const payment = ledger.payments.get(c.req.param('impUid'))
    if (payment === undefined) return refuse(refusals.unknownPayment)
    if (payment.account === null) return refuse(ownRefusals.accountNotWaiting)
    const revoked = fail(payment, '가상계좌 발급이 말소되었습니다.', clock.seconds())
    if (!revoked.ok) return refuse(ownRefusals.accountNotWaiting)
    return succeed(presentPayment(keep(ledger, revoked.payment)))
  })

  return app
}
