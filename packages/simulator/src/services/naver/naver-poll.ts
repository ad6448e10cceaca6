// Naver tells nobody that an order of its order type was paid: the provider asks once a minute.

import type { World } from '../../context.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { type Approval, approve } from '../../domain/payment/payment-lifecycle.ts'
import { keep } from '../../state.ts'
import { announce, webhookOf } from '../../webhooks/deliver.ts'
import { withDelivery } from './naver-orders.ts'

/** Whether the provider learns of a payment by asking, and not by being told. */
export function isPolled({ channel }: Payment): boolean {
  return channel.pg_provider === 'naverco'
}

/** Writes an approval at Naver down when the provider next asks; the webhook goes out then. */
export function hearAtNextPoll(world: World, impUid: string, approval: Approval): void {
  const { clock, ledger, naverPollMs } = world
  const waitMs = naverPollMs <= 0 ? 0 : naverPollMs - (clock.now().getTime() % naverPollMs)
  clock.after(waitMs, async () => {
    const payment = ledger.payments.get(impUid)
    const done = payment && approve(withDelivery(world, payment), approval)
    if (done?.ok !== true) return
    announce(world, keep(ledger, done.payment), webhookOf(done.payment))
  })
}
