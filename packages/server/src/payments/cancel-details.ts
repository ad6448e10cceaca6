import type { RefundRequest } from '../domain/requests.ts'

export type CancelDetails = Readonly<Record<string, string>>

/** What a cancel says beside the sum, in the provider's names. */
export function toCancelDetails({ reason, refund: account }: RefundRequest): CancelDetails {
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(account === undefined
      ? {}
      : {
          refund_holder: account.holder,
          refund_bank: account.bank,
          refund_account: account.account,
        }),
    ...(account?.tel === undefined ? {} : { refund_tel: account.tel }),
  }
}
