// Naver sends no notice when an order of its order type is paid: the provider polls once a minute.
import type { SimulatorContext } from '../../context.ts'
import type { Payment } from '../../domain/payment/payment.ts'
import { type Approval, approve } from '../../domain/payment/payment-lifecycle.ts'
import { savePayment } from '../../state.ts'
import { scheduleWebhook, webhookOf } from '../../webhooks/deliver.ts'
import { withDeliveryFees } from './naver-orders.ts'

/** Whether the provider learns of a payment by polling. */
export function isPolled({ channel }: Payment): boolean {
  return channel.pg_provider === 'naverco'
}

/** Stores an approval at Naver at the provider's next poll, and sends the webhook then. */
export function approveAtNextPoll(
  context: SimulatorContext,
  impUid: string,
  approval: Approval,
): void {
  context.state.naverApprovals.set(impUid, approval)
  pollFor(context, impUid)
}

/** Plans the polls of a restored state. */
export function pollAgain(context: SimulatorContext): void {
  for (const impUid of context.state.naverApprovals.keys()) pollFor(context, impUid)
}

function pollFor(context: SimulatorContext, impUid: string): void {
  const { clock, state, naverPollMs } = context
  const waitMs = naverPollMs <= 0 ? 0 : naverPollMs - (clock.now().getTime() % naverPollMs)
  clock.after(waitMs, async () => {
    const approval = state.naverApprovals.get(impUid)
    const payment = state.payments.get(impUid)
    state.naverApprovals.delete(impUid)
    const transition = payment && approval && approve(withDeliveryFees(context, payment), approval)
    if (transition?.ok !== true) return
    scheduleWebhook(context, savePayment(state, transition.payment), webhookOf(transition.payment))
  })
}
