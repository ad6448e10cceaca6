import type { Language } from '../locales/language.ts'
import type { PictureName } from './illustrations.ts'
import type { Money } from './price.ts'

/** A product that is sent, and charged, every month. */
export interface Plan {
  readonly id: string
  readonly picture: PictureName
  /** The price of a month. */
  readonly price: Money
  readonly name: Readonly<Record<Language, string>>
  readonly description: Readonly<Record<Language, string>>
  readonly detail: Readonly<Record<Language, string>>
}

/** The subscriptions on offer, and the only place of their prices. */
export const plans: readonly Plan[] = [
  {
    id: 'tea-of-the-month',
    picture: 'pouch',
    price: { minor: 19_000, currency: 'KRW' },
    name: { ko: '이달의 차 정기구독', en: 'Tea of the month' },
    description: {
      ko: '매달 한 밭의 잎을 골라 보내 드립니다. 언제든 해지할 수 있습니다.',
      en: 'The leaves of one garden, every month. Cancel whenever you like.',
    },
    detail: { ko: '매월 결제 · 60g', en: 'charged monthly · 60 g' },
  },
]

export function findPlan(id: string): Plan | null {
  return plans.find((plan) => plan.id === id) ?? null
}
