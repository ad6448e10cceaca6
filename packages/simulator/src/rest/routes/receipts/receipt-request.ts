import type { SimulatorContext } from '../../../context.ts'
import { toMinor } from '../../../domain/payment/money.ts'
import { type Receipt, type ReceiptTransition, vatIn } from '../../../domain/receipt.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { type Params, textOf } from '../../../runtime/params.ts'

/** Refusals of the receipt operations. */
export const receiptRefusals = {
  unsupported: { status: 501, code: 1, message: '현금영수증을 지원하지 않는 PG사입니다.' },
  notCash: {
    status: 400,
    code: 1,
    message: '현금영수증은 결제완료된 실시간계좌이체, 가상계좌 건에만 발급할 수 있습니다.',
  },
  identifierMissing: { status: 400, code: 1, message: 'identifier 파라메터가 누락되었습니다.' },
  typeInvalid: { status: 400, code: 1, message: '현금영수증 발급 정보가 올바르지 않습니다.' },
  amountInvalid: { status: 400, code: 1, message: '현금영수증 금액이 올바르지 않습니다.' },
  alreadyIssued: { status: 400, code: 1, message: '이미 현금영수증이 발급된 거래입니다.' },
  neverIssued: { status: 400, code: 1, message: '현금영수증이 발급되지 않은 거래입니다.' },
  alreadyRevoked: { status: 400, code: 1, message: '이미 취소된 현금영수증입니다.' },
  channelUnknown: { status: 400, code: 1, message: 'channel_key에 해당하는 채널이 없습니다.' },
  nameMissing: { status: 400, code: 1, message: 'name 파라메터가 누락되었습니다.' },
  externalUnknown: {
    status: 404,
    code: 1,
    message: '해당 주문번호로 발급된 현금영수증이 존재하지 않습니다.',
  },
  pgRefused: { status: 500, code: -1, message: '현금영수증 발급에 실패하였습니다.' },
} as const satisfies Record<string, Refusal>

const identifierTypes = ['person', 'business', 'phone', 'taxcard']
const productTypes = ['real', 'digital']
/** The identifier for which the PG refuses. */
const refusedIdentifier = '0000000000'

/** Reads a request and returns the receipt the PG issues, or its refusal. */
export function readReceipt(
  { ids, clock }: SimulatorContext,
  params: Params,
  { pg_provider, amount: requested }: { pg_provider: string; amount: unknown },
): Receipt | Refusal {
  const identifier = textOf(params, 'identifier')
  if (identifier === null) return receiptRefusals.identifierMissing
  const type = textOf(params, 'type') ?? 'person'
  const isKnown =
    isAbsentOr(params, 'identifier_type', identifierTypes) &&
    isAbsentOr(params, 'product_type', productTypes)
  if (!isKnown || (type !== 'person' && type !== 'company')) return receiptRefusals.typeInvalid

  const amount = toMinor(requested, 'KRW')
  const taxFree = toMinor(params['tax_free'] ?? 0, 'KRW')
  if (amount === null || amount <= 0) return receiptRefusals.amountInvalid
  if (taxFree === null || taxFree < 0 || taxFree > amount) return receiptRefusals.amountInvalid
  const vat = toMinor(params['vat_amount'] ?? params['vat'] ?? vatIn(amount, taxFree), 'KRW')
  if (vat === null || vat < 0 || vat > amount) return receiptRefusals.amountInvalid
  if (identifier === refusedIdentifier) return receiptRefusals.pgRefused

  return {
    pgProvider: pg_provider,
    tid: `receipt_${ids.digits(16)}`,
    applyNum: ids.digits(9),
    type,
    amount,
    vat,
    appliedAt: clock.seconds(),
    cancelledAt: null,
  }
}

/** The refusal of an issue or a revocation. */
export function explainStep(reason: Extract<ReceiptTransition, { ok: false }>['reason']): Refusal {
  switch (reason) {
    case 'already_issued':
      return receiptRefusals.alreadyIssued
    case 'never_issued':
      return receiptRefusals.neverIssued
    case 'already_revoked':
      return receiptRefusals.alreadyRevoked
  }
}

function isAbsentOr(params: Params, name: string, allowed: readonly string[]): boolean {
  const text = textOf(params, name)
  return text === null || allowed.includes(text)
}
