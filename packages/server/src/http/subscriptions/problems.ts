import type { SubscriptionRequestFailure } from '../../domain/subscription-failure.ts'
import type { ProblemDefinition } from '../problem-definition.ts'

type Reason = Exclude<
  SubscriptionRequestFailure['reason'],
  'request_invalid' | 'store_unavailable' | 'account_unknown' | 'tier_unknown'
>

/** The problems of subscriptions. */
export const subscriptionProblems: Readonly<Record<Reason, ProblemDefinition>> = {
  subscription_unknown: {
    status: 404,
    ko: '구독을 찾을 수 없습니다',
    en: 'Subscription not found',
  },
  subscription_conflict: {
    status: 409,
    ko: '같은 구독 ID로 다른 내용의 구독이 이미 있습니다',
    en: 'A subscription with this id exists with different values',
  },
  subscription_id_used: {
    status: 409,
    ko: '이 구독의 결제에 쓰일 주문번호를 가진 주문이 이미 있습니다',
    en: 'An order has an id that a charge of this subscription would get',
  },
  subscription_contended: {
    status: 503,
    ko: '다른 요청이 동시에 구독을 변경했습니다. 다시 시도해 주세요',
    en: 'Other requests changed the subscription at the same time. Try again',
  },
  schedule_unknown: {
    status: 422,
    ko: '포트원에 이 주문번호의 결제 예약이 없습니다',
    en: 'The provider has no schedule of this order',
  },
  schedule_of_another_key: {
    status: 422,
    ko: '이 고객의 빌링키로 예약된 결제가 아닙니다',
    en: 'The schedule is not of a billing key of this customer',
  },
  schedule_executed: {
    status: 409,
    ko: '첫 주기의 예약 결제가 이미 실행되었습니다. 첫 주기를 그 뒤로 정해 주세요',
    en: 'A schedule of the first period was executed already. Let the first period begin after it',
  },
  schedules_not_revoked: {
    status: 503,
    ko: '결제 예약이 모두 해지되었는지 확인하지 못했습니다. 같은 요청을 다시 보내 주세요',
    en: 'It is not known whether every schedule is revoked. Send the same request again',
  },
  status_unsuitable: {
    status: 409,
    ko: '지금 상태의 구독에는 할 수 없는 요청입니다',
    en: 'The status of the subscription does not allow this',
  },
  plan_currency_differs: {
    status: 409,
    ko: '요금제의 통화는 바꿀 수 없습니다',
    en: 'The currency of a plan cannot change',
  },
  plan_period_differs: {
    status: 409,
    ko: '주기, 결제일, 결제 시각이 다른 요금제는 다음 주기부터 적용할 수 있습니다',
    en: 'A plan with another period, anchor or hour can only begin with the next period',
  },
  charge_in_progress: {
    status: 409,
    ko: '결제가 진행 중입니다. 결과가 나온 뒤 다시 시도해 주세요',
    en: 'A charge is in progress. Try again once its outcome is known',
  },
  period_not_charged: {
    status: 409,
    ko: '이 주기에는 환불할 결제가 없습니다',
    en: 'No payment of this period can be refunded',
  },
  no_billing_key: {
    status: 409,
    ko: '고객에게 결제할 수 있는 빌링키가 없습니다',
    en: 'The customer has no billing key that can be charged',
  },
}
