import type { RefundRequest } from '../domain/requests.ts'

/** The optional parameters of a cancel, in the provider's names. */
export type CancelDetails = Readonly<Record<string, string>>

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
