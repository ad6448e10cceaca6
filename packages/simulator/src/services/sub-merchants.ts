// Sub-merchants: one agency account and token, but payments, settings and deliveries of their own.
import type { SimulatorContext } from '../context.ts'
import type { OpenResult, PaymentWindow } from '../domain/payment/window.ts'
import { createState } from '../state.ts'
import { saveProducts } from './naver/naver-orders.ts'
import { createPaymentWindow } from './payment/payment-window.ts'

/** A sub-merchant of the agency. */
export interface Tier {
  /** Three letters A–Z or digits; the value of the `Tier` header and of `IMP.agency`. */
  readonly tier_code: string
  /** The name in the console. */
  readonly tier_name: string
}

/** Adds the contexts of the sub-merchants: they share clock, keys, channels and faults, and have a state of their own. */
export function addTiers(context: SimulatorContext, tiers: readonly Tier[]): void {
  for (const { tier_code, tier_name } of tiers) {
    const tierContext: SimulatorContext = {
      ...context,
      state: createState(),
      webhook: { ...context.webhook },
      billing: { ...context.billing },
      tiers: new Map(),
      get latencyMs() {
        return context.latencyMs
      },
      set latencyMs(ms) {
        context.latencyMs = ms
      },
    }
    context.tiers.set(tier_code, { name: tier_name, context: tierContext })
  }
}

/** Makes the payment window of the agency and all its sub-merchants. */
export function createAgencyWindow(context: SimulatorContext): PaymentWindow {
  const agency = createPaymentWindow(context)
  const windows = new Map<string, PaymentWindow>()
  // Made at the first use: sub-merchants can be added at any time.
  const tierOf = (code: string) => {
    const tier = context.tiers.get(code)
    if (tier === undefined) return undefined
    const paymentWindow = windows.get(code) ?? createPaymentWindow(tier.context)
    windows.set(code, paymentWindow)
    return { state: tier.context.state, paymentWindow }
  }
  const windowOf = (impUid: string): PaymentWindow => {
    const tier = [...context.tiers].find(([, each]) => each.context.state.payments.has(impUid))
    return (tier && tierOf(tier[0])?.paymentWindow) ?? agency
  }

  return {
    channels: (userCode) => agency.channels(userCode),
    open: (request) => {
      const code = request.tier_code ?? ''
      const target = code === '' ? { state: context.state, paymentWindow: agency } : tierOf(code)
      if (target === undefined) return unknownTier(request.params['merchant_uid'])
      const opened = target.paymentWindow.open(request)
      if (opened.ok) saveProducts(target.state, opened.imp_uid, request.params['naverProducts'])
      return opened
    },
    view: (impUid) => windowOf(impUid).view(impUid),
    approve: (impUid, choice) => windowOf(impUid).approve(impUid, choice),
    decline: (impUid, refusal) => windowOf(impUid).decline(impUid, refusal),
    cancel: (impUid) => windowOf(impUid).cancel(impUid),
    returned: (impUid) => windowOf(impUid).returned(impUid),
  }
}

function unknownTier(merchantUid: unknown): OpenResult {
  return {
    ok: false,
    imp_uid: null,
    merchant_uid: typeof merchantUid === 'string' ? merchantUid : '',
    error_code: 'F1001',
    error_msg: '등록되지 않은 사용자 또는 등록되지 않은 PG정보입니다.',
  }
}
