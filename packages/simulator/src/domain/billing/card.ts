import { type Params, textOf } from '../../runtime/params.ts'
import type { Card } from '../payment/payment.ts'
import { type CardBehaviour, cardBehaviourOf } from './test-values.ts'

/** What is stored of raw card data: never the number itself. */
export interface StoredCard {
  readonly card: Card
  readonly behaviour: CardBehaviour
  /** The first UNIX second at which the card has expired. */
  readonly validUntil: number
}

/** A card that can be charged, or what is wrong with its data. */
export type ReadCardResult =
  | { readonly ok: true; readonly stored: StoredCard }
  | { readonly ok: false; readonly detail: string }

/** The card of a payment for which none was chosen. */
export const defaultCard: Card = {
  code: '366',
  name: '신한카드',
  number: '451842*********1',
  quota: 0,
  type: 0,
}

/** Reads raw card data as a PG checks it: number, expiry, holder. */
export function readCard(params: Params, now: Date): ReadCardResult {
  const digits = (textOf(params, 'card_number') ?? '').replace(/\D/g, '')
  if (!isCardNumber(digits)) return refused('유효하지않은 카드번호를 입력하셨습니다.')
  const expiresAt = readExpiry(textOf(params, 'expiry') ?? '')
  if (expiresAt === null || expiresAt <= now) {
    return refused('유효기간이 올바르지 않거나 만료된 카드입니다.')
  }
  const birth = textOf(params, 'birth')
  if (birth !== null && !/^(\d{6}|\d{10})$/.test(birth.replace(/\D/g, ''))) {
    return refused('생년월일 또는 사업자등록번호가 올바르지 않습니다.')
  }
  const pwd = textOf(params, 'pwd_2digit')
  if (pwd !== null && !/^\d{2}$/.test(pwd)) return refused('카드 비밀번호가 올바르지 않습니다.')
  return {
    ok: true,
    stored: {
      card: { ...defaultCard, number: mask(digits) },
      behaviour: cardBehaviourOf(digits),
      validUntil: expiresAt.getTime() / 1000,
    },
  }
}

function isCardNumber(digits: string): boolean {
  if (!/^\d{14,16}$/.test(digits) || /^0+$/.test(digits)) return false
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, character, index) => {
      const digit = Number(character) * (index % 2 === 0 ? 1 : 2)
      return total + (digit > 9 ? digit - 9 : digit)
    }, 0)
  return sum % 10 === 0
}

// A card is valid until the end of its month in Seoul.
function readExpiry(text: string): Date | null {
  const match = /^(20\d{2})-?(0[1-9]|1[0-2])$/.exec(text)
  if (match === null) return null
  return new Date(Date.UTC(Number(match[1]), Number(match[2]), 1, -9))
}

function mask(digits: string): string {
  return `${digits.slice(0, 6)}${'*'.repeat(digits.length - 7)}${digits.slice(-1)}`
}

function refused(detail: string): ReadCardResult {
  return { ok: false, detail }
}
