import { html } from 'hono/html'
import type { Html } from '../../runtime/html.ts'
import { htmlDocument } from '../../runtime/html-document.ts'
import type { Language } from '../../runtime/language.ts'
import type { LinkMethod, LinkState } from '../../services/payment/payment-link-state.ts'
import { toAmountText } from './display-text.ts'

const korean = {
  amount: '결제금액',
  pay: '결제하기',
  methods: '결제수단',
  account: '입금 계좌',
  due: '입금 기한',
  open: '결제수단을 선택해 주세요.',
  paid: '결제가 완료되었습니다.',
  issued: '아래 계좌로 입금해 주세요.',
  expired: '기한이 지난 결제 링크입니다.',
  disabled: '사용할 수 없는 결제 링크입니다.',
  unknown: '결제 링크를 찾을 수 없습니다.',
}

const english: typeof korean = {
  amount: 'Amount',
  pay: 'Pay',
  methods: 'Payment methods',
  account: 'Account',
  due: 'Pay by',
  open: 'Choose a payment method.',
  paid: 'The payment is complete.',
  issued: 'Please pay into this account.',
  expired: 'This payment link has expired.',
  disabled: 'This payment link has been disabled.',
  unknown: 'Payment link not found.',
}

/** The texts of a link's page by language. */
export const linkMessages: Readonly<Record<Language, typeof korean>> = { ko: korean, en: english }

/** The values a link's page shows. */
export interface LinkView {
  readonly title: string
  readonly name: string
  readonly amount: number
  readonly currency: string
  readonly userCode: string
  readonly state: LinkState
  /** Empty unless the link is open. */
  readonly methods: readonly LinkMethod[]
  /** The PG's text when the last attempt failed. */
  readonly error: string
}

/** The page of a payment link. */
export function linkPage(view: LinkView, language: Language): Html {
  const messages = linkMessages[language]
  const total = toAmountText(view.amount, view.currency, language)
  const buttons = view.methods.map(
    ({ label, request }) =>
      html`<button class="primary" data-request="${JSON.stringify(request)}">${label}</button>`,
  )
  return document(
    language,
    view.title,
    html`<main data-user-code="${view.userCode}" data-state="${view.state.kind}">
<header><h1 tabindex="-1">${view.title}</h1></header>
<section class="order" aria-label="${view.name}">
<p class="name">${view.name}</p>
<p class="amount"><span class="hidden">${messages.amount}: </span><strong>${total}</strong></p>
${account(view.state, language)}
</section>
<section class="pay" aria-label="${messages.methods}">
<p role="status">${messages[view.state.kind]}</p>
<p role="alert" class="detail">${view.error}</p>
<div class="stack">${buttons}</div>
</section>
</main>`,
  )
}

/** The page of an address without a link. */
export function noLinkPage(language: Language): Html {
  const { unknown } = linkMessages[language]
  return document(
    language,
    unknown,
    html`<main class="end"><h1 tabindex="-1">${unknown}</h1></main>`,
  )
}

function account(state: LinkState, language: Language): Html | '' {
  const issued = state.kind === 'issued' ? state.payment.account : null
  if (issued === null) return ''
  const messages = linkMessages[language]
  const due = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Seoul',
  }).format(issued.dueAt * 1000)
  return html`<dl><div><dt>${messages.account}</dt><dd>${issued.name} ${issued.num}</dd></div><div><dt>${messages.due}</dt><dd>${due}</dd></div></dl>`
}

function document(language: Language, title: string, body: Html): Html {
  const loads = html`<link rel="stylesheet" href="/window/style.css">
<script src="/v1/iamport.js" defer></script>
<script src="/link/page.js" defer></script>`
  return htmlDocument(language, title, loads, body)
}
