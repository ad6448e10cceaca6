import type { BillingKeyProblem } from '../domain/billing-key.ts'
import type { ProblemDefinition } from './problem-definition.ts'

export const billingKeyProblems: Readonly<Record<BillingKeyProblem, ProblemDefinition>> = {
  billing_key_unknown: {
    status: 404,
    ko: '빌링키를 찾을 수 없습니다',
    en: 'Billing key not found',
  },
  billing_key_of_another_customer: {
    status: 422,
    ko: '다른 고객의 빌링키입니다',
    en: 'The billing key belongs to another customer',
  },
  billing_key_of_another_account: {
    status: 422,
    ko: '다른 계정 또는 다른 하위상점의 빌링키입니다',
    en: 'The billing key is of another account or tier',
  },
  billing_key_not_registered: {
    status: 409,
    ko: '등록된 빌링키가 아닙니다',
    en: 'The billing key is not registered, or not any more',
  },
  billing_key_not_by_card: {
    status: 409,
    ko: '결제창으로 등록하는 빌링키입니다',
    en: "It is registered in the provider's window, not by the data of a card",
  },
  billing_key_contended: {
    status: 503,
    ko: '다른 요청이 동시에 빌링키를 변경했습니다. 다시 시도해 주세요',
    en: 'Other requests changed the billing key at the same time. Try again',
  },
  order_required: {
    status: 422,
    ko: '이 PG의 결제창은 등록과 함께 결제하므로 주문(order)이 필요합니다',
    en: 'The window of this PG charges while it registers, so an order is required',
  },
  charge_unsupported: {
    status: 422,
    ko: '이 PG의 결제창은 등록할 때 결제하지 않습니다',
    en: 'The window of this PG charges nothing while it registers',
  },
  card_expired: { status: 422, ko: '유효기간이 지난 카드입니다', en: 'The card has expired' },
  card_refused: { status: 422, ko: '카드 등록이 거절되었습니다', en: 'The card was refused' },
  deletion_refused: {
    status: 409,
    ko: '포트원이 빌링키 삭제를 거절했습니다',
    en: 'The provider refused to delete the billing key',
  },
}
