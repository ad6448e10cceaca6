import type { Language } from '@quayside/core'

/**
 * The `status` of a completion response. Pages after the provider's guide switch on `success` and `vbankIssued`,
 * its sample server also returns `forgery`; the others are ours. `received` is the result of something that is no
 * payment of an order: an identity verification, or the registration of a card.
 */
export type CompletionStatus =
  | 'success'
  | 'vbankIssued'
  | 'failed'
  | 'cancelled'
  | 'partiallyCancelled'
  | 'pending'
  | 'received'
  | 'forgery'
  | 'invalid'

/** What a message is about: an order whose account expired has the status `failed`, but not its message. */
type Subject = CompletionStatus | 'expired'

const messages: Readonly<Record<Subject, Readonly<Record<Language, string>>>> = {
  success: { ko: '결제가 완료되었습니다.', en: 'The payment is complete.' },
  vbankIssued: {
    ko: '가상계좌가 발급되었습니다. 기한 안에 입금해 주세요.',
    en: 'A virtual account was issued. Please transfer the amount before it expires.',
  },
  failed: {
    ko: '결제가 완료되지 않았습니다. 다시 시도해 주세요.',
    en: 'The payment was not completed. You can try again.',
  },
  expired: {
    ko: '입금 기한이 지났습니다. 이미 입금하셨다면 다시 결제하지 마시고 상점에 문의해 주세요.',
    en: 'The transfer is overdue. If you have already transferred, please do not pay again and contact the shop.',
  },
  cancelled: { ko: '결제가 취소되었습니다.', en: 'The payment was cancelled.' },
  partiallyCancelled: {
    ko: '결제 금액의 일부가 취소되었습니다.',
    en: 'Part of the payment was cancelled.',
  },
  pending: {
    ko: '결제 결과를 확인하고 있습니다. 다시 결제하지 마시고 잠시 기다려 주세요.',
    en: 'We are checking the payment. Please wait a moment and do not pay again.',
  },
  received: {
    ko: '요청하신 처리 결과를 받았습니다. 주문 결제는 아닙니다.',
    en: 'The result was received. It is not a payment of an order.',
  },
  forgery: {
    ko: '이 주문의 결제로 확인되지 않았습니다. 이미 결제하셨다면 다시 결제하지 마시고 상점에 문의해 주세요.',
    en: 'This could not be confirmed as a payment of this order. If you have paid, please do not pay again and contact the shop.',
  },
  invalid: { ko: '요청 형식이 올바르지 않습니다.', en: 'The request is not valid.' },
}

/** The message for a buyer. */
export function toMessage(subject: Subject, language: Language): string {
  return messages[subject][language]
}
