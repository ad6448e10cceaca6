import { textOf } from '../../runtime/params.ts'
import { type Duty, missing, type Rule, wrong } from './duty.ts'

const day = String.raw`\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])`
const dashedDay = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`
const time = String.raw`(?:[01]\d|2[0-3])[0-5]\d`

/** The formats of a due date. */
const dueFormats = {
  day,
  dashedDay,
  dayAndMinute: `${day}${time}`,
  dayAndTime: String.raw`${day}${time}[0-5]\d`,
  dashedDayAndTime: String.raw`${dashedDay} (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`,
} as const

/** A given due date must have one of these formats, and be a day of the calendar. */
export function dueIs(...formats: (keyof typeof dueFormats)[]): Rule {
  const pattern = new RegExp(`^(?:${formats.map((name) => dueFormats[name]).join('|')})$`)
  return {
    is: (params) => {
      const due = textOf(params, 'vbank_due')
      return due === null || (pattern.test(due) && isDay(due.replaceAll('-', '')))
    },
  }
}

function isDay(text: string): boolean {
  const [year, month, date] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)]
  // JavaScript moves the 30th of February into March.
  return new Date(`${year}-${month}-${date}T00:00:00Z`).getUTCDate() === Number(date)
}

/** A due date of one of these formats, which no window of a virtual account opens without. */
export function dueRequired(source: string, text: string, rule: Rule): Duty[] {
  const when = { pay_method: ['vbank'] }
  return [
    { param: 'vbank_due', rule: 'given', when, text, source },
    { param: 'vbank_due', rule, when, text, source },
  ]
}

/** Only these methods register a key in a window. */
export function keysOnlyBy(source: string, ...methods: string[]): Duty {
  return {
    param: 'pay_method',
    rule: { oneOf: methods },
    when: { intent: ['issue_key'] },
    text: '지원하지 않는 빌링키 발급 수단입니다.',
    source,
  }
}

/** The page demands a named method of a window that registers a key; running shops leave it to the default. */
export function methodNamed(source: string): Duty {
  return {
    param: 'pay_method',
    rule: { is: ({ pay_method }) => typeof pay_method === 'string' && pay_method !== '' },
    when: { intent: ['issue_key'] },
    text: missing('pay_method'),
    strength: 'advised',
    source,
  }
}

/** The PG has no window that registers a key. */
export function noKeys(source: string): Duty {
  return {
    param: 'customer_uid',
    rule: 'absent',
    text: '빌링키 발급을 지원하지 않는 PG사입니다.',
    source,
  }
}

/** A parameter the PG demands of every request, or of some. */
export function needs(param: string, source: string, when: Duty['when'] = {}): Duty {
  return { param, rule: 'given', when, text: missing(param), source }
}

/** Demands of every PG. */
export const commonDuties: readonly Duty[] = [
  {
    param: 'digital',
    rule: 'given',
    when: { pay_method: ['phone'] },
    text: '휴대폰 소액결제시 상품 유형(digital) 파라메터는 필수 입력입니다.',
    source: 'sdk/ko/v1-sdk/javascript-sdk/payrq',
  },
  {
    param: 'name',
    rule: { maxLength: 40 },
    text: 'name은 40자를 넘을 수 없습니다.',
    source: 'sdk/ko/v1-sdk/javascript-sdk/payrq',
  },
  {
    param: 'vbank_due',
    rule: dueIs('day', 'dashedDay', 'dayAndMinute', 'dayAndTime', 'dashedDayAndTime'),
    when: { pay_method: ['vbank'] },
    text: wrong('vbank_due'),
    source: 'sdk/ko/v1-sdk/javascript-sdk/payrq',
  },
]
