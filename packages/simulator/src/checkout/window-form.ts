import type { WebhookPlan } from '../domain/channel/channel.ts'
import type { ApproveChoice } from '../domain/payment/window.ts'

/** A card company or bank the buyer can choose, in both languages. */
export interface Company {
  readonly code: string
  readonly ko: string
  readonly en: string
}

/** Card companies, by the provider's codes. */
export const cards: readonly Company[] = [
  { code: '366', ko: '신한카드', en: 'Shinhan Card' },
  { code: '381', ko: 'KB국민카드', en: 'KB Kookmin Card' },
  { code: '365', ko: '삼성카드', en: 'Samsung Card' },
  { code: '367', ko: '현대카드', en: 'Hyundai Card' },
  { code: '368', ko: '롯데카드', en: 'Lotte Card' },
  { code: '361', ko: 'BC카드', en: 'BC Card' },
  { code: '371', ko: 'NH카드', en: 'NH Card' },
  { code: '041', ko: '우리카드', en: 'Woori Card' },
  { code: '374', ko: '하나카드', en: 'Hana Card' },
  { code: '090', ko: '카카오뱅크카드', en: 'KakaoBank Card' },
]

/** Banks that issue virtual accounts, by the KFTC's codes. */
export const banks: readonly Company[] = [
  { code: '004', ko: 'KB국민은행', en: 'KB Kookmin Bank' },
  { code: '088', ko: '신한은행', en: 'Shinhan Bank' },
  { code: '020', ko: '우리은행', en: 'Woori Bank' },
  { code: '081', ko: '하나은행', en: 'Hana Bank' },
  { code: '011', ko: 'NH농협은행', en: 'NongHyup Bank' },
  { code: '003', ko: 'IBK기업은행', en: 'Industrial Bank of Korea' },
  { code: '071', ko: '우체국', en: 'Korea Post' },
  { code: '090', ko: '카카오뱅크', en: 'KakaoBank' },
]

/** Refusals with the PG's own codes and texts. */
export const declineReasons: readonly { error_code: string; error_msg: string; en: string }[] = [
  { error_code: 'CC61', error_msg: '거래금액 한도초과', en: 'amount limit exceeded' },
  { error_code: 'CC10', error_msg: '잔액부족', en: 'insufficient balance' },
  { error_code: 'CC04', error_msg: '분실카드', en: 'lost card' },
  { error_code: 'CC03', error_msg: '카드사 승인거절', en: 'refused by the card company' },
  { error_code: 'CC54', error_msg: '유효기간 만료 카드', en: 'expired card' },
  { error_code: 'CC63', error_msg: '비밀번호 오류', en: 'wrong password' },
  { error_code: 'CC98', error_msg: '카드사 전산장애', en: 'card system down' },
]

const timings: readonly WebhookPlan['timing'][] = ['before', 'with', 'after', 'never']
const contentTypes: readonly WebhookPlan['contentType'][] = ['json', 'form']
const maxDelayMs = 600_000
const maxTimes = 10

/** Fields of a submitted window. */
export type Form = Readonly<Record<string, unknown>>

/** Reads the buyer's choice; the simulator fills in fields the form does not have. */
export function readChoice(form: Form): ApproveChoice {
  const card = cards.find(({ code }) => code === form.card)
  const bank = banks.find(({ code }) => code === form.bank)
  const quota = readInteger(form.quota, 60) ?? 0
  return {
    ...(card === undefined ? {} : { card: { code: card.code, name: card.ko, quota } }),
    ...(bank === undefined ? {} : { vbank: { code: bank.code, name: bank.ko } }),
    webhook: readWebhookPlan(form),
  }
}

/** Reads the chosen refusal; the first one of the list when the form names none. */
export function readRefusal(form: Form): { error_code: string; error_msg: string } {
  const found =
    declineReasons.find(({ error_code }) => error_code === form.refusal) ?? declineReasons[0]
  return { error_code: found?.error_code ?? '', error_msg: found?.error_msg ?? '' }
}

function readWebhookPlan(form: Form): Partial<WebhookPlan> {
  const timing = timings.find((name) => name === form.webhook_timing)
  const contentType = contentTypes.find((name) => name === form.webhook_type)
  const delayMs = readInteger(form.webhook_delay_ms, maxDelayMs)
  const times = readInteger(form.webhook_times, maxTimes)
  return {
    ...(timing === undefined ? {} : { timing }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(delayMs === null ? {} : { delayMs }),
    ...(times === null ? {} : { times }),
  }
}

function readInteger(text: unknown, max: number): number | null {
  if (typeof text !== 'string' || !/^\d{1,6}$/.test(text)) return null
  return Math.min(Number(text), max)
}

const actions = ['pay', 'decline', 'cancel', 'close', 'drop'] as const

/** The buttons of the window. */
export type Action = (typeof actions)[number]

/** Reads which button sent the form; null when none of the window's buttons did. */
export function readAction(form: Form): Action | null {
  return actions.find((action) => action === form.action) ?? null
}
