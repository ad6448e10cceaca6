// What a merchant can do only after a contract with its PG, the carriers or the provider's support.
import type { Refusal } from './refusals.ts'

/** Each contract: what it permits, as the refusal without it names it. */
const contracts = {
  /** `POST /vbanks`: accounts issued for a server. Source: the operation's description. */
  vbanks: 'API 가상계좌 발급은 PG사와 별도 계약이 필요합니다.',
  /** A cancel of a deposit. Source: the description of `POST /payments/cancel`. */
  vbank_refund: '가상계좌 환불은 PG사와 특약 계약이 필요합니다.',
  /** A cancel of a part. Source: the description of `POST /payments/cancel`. */
  partial_cancel: '부분취소는 PG사와 별도 계약이 필요합니다.',
  /** `interest_free_by_merchant`. Source: the descriptions of onetime, again and schedule. */
  interest_free: '상점 부담 무이자 할부는 PG사와 사전 계약이 필요합니다.',
  /** `use_card_point`. Source: the descriptions of onetime, again and schedule. */
  card_point: '카드사 포인트 사용은 PG사와 사전 계약이 필요합니다.',
  /** `escrow` of a window, and deliveries at Smartro. Source: the script's guide, the description of `/escrows/logis`. */
  escrow: '에스크로 결제는 PG사와 사전 계약이 필요합니다.',
  /** `fixed_unlimited_vbank` at Settle. Source: the guide's page of the PG. */
  fixed_vbank: '고정식 가상계좌는 PG사와 별도 계약이 필요합니다.',
  /** Keys of Mobilians' new module; without it the window charges and registers nothing. Source: the guide's page of the PG. */
  mobilians_keys: '빌링키 발급은 모빌리언스와 별도 계약이 필요합니다.',
  /** `POST /certifications/otp/request`. Source: the operation's description: carriers approve it. */
  certification_otp: 'API 본인인증은 통신사 승인 계약이 필요합니다.',
  /** `phone` and `carrier` in Danal's records. Source: the guide of identity verification. */
  certification_phone: '휴대폰번호 제공은 다날과 별도 계약이 필요합니다.',
  /** `foreigner_v2` in Danal's records. Source: the guide of identity verification. */
  certification_foreigner: '외국인 여부 제공은 다날과 별도 계약이 필요합니다.',
} as const

/** The name of a contract. */
export type ContractName = keyof typeof contracts

/** Which contracts a merchant has. */
export type Contracts = Record<ContractName, boolean>

/** Every contract's name. */
export const contractNames = Object.keys(contracts).filter(isContractName)

/** The contracts of a merchant that named none: all but the one that few have. */
export function defaultContracts(given: Partial<Contracts> = {}): Contracts {
  return {
    vbanks: true,
    vbank_refund: true,
    partial_cancel: true,
    interest_free: true,
    card_point: true,
    escrow: true,
    fixed_vbank: true,
    mobilians_keys: true,
    certification_otp: true,
    certification_phone: true,
    certification_foreigner: false,
    ...given,
  }
}

/** Whether a text is the name of a contract. */
export function isContractName(name: string): name is ContractName {
  return Object.hasOwn(contracts, name)
}

/** The refusal of what needs a contract the merchant does not have; null when it has it. */
export function contractRefusal(held: Contracts, name: ContractName): Refusal | null {
  return held[name] ? null : { status: 200, code: -1, message: contracts[name] }
}
