import { type Context, Hono } from 'hono'
import type { SimulatorContext } from '../../context.ts'
import { toMinor } from '../../domain/payment/money.ts'
import type { PaymentLink } from '../../domain/payment/payment-link.ts'
import { integerOf, isRecord, readBody, textOf } from '../../runtime/params.ts'
import { linkMethodsOf, linkStateOf } from '../../services/payment/payment-link-state.ts'
import { linkMessages, linkPage, noLinkPage } from '../pages/link-page.ts'
import { toLanguage } from '../pages/page-language.ts'

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'"
const api = '/api/supplements/v1/link/payment'
const requiredFields = ['title', 'user_code', 'merchant_uid', 'name', 'buyer_tel']
const orderFields = [
  'merchant_uid',
  'name',
  'amount',
  'currency',
  'tax_free',
  'language',
  'custom_data',
  'notice_url',
  'buyer_name',
  'buyer_tel',
  'buyer_email',
  'buyer_addr',
  'buyer_postcode',
]

/** Payment links: creating one, disabling it, and its page. The provider requires no token here. */
export function linkRoutes(context: SimulatorContext, origin: string | undefined): Hono {
  const { state, ids, clock, credentials } = context
  const app = new Hono()

  app.post(api, async (c) => {
    const params = await readBody(c.req.raw)
    const info = parseInfo(textOf(params, 'payment_info'))
    const expiredAt = integerOf(params, 'expired_at')
    if (expiredAt === null || expiredAt <= clock.seconds()) return invalidField(c, 'expired_at')
    const field = info === null ? 'payment_info' : findInvalidField(info, credentials.userCode)
    if (info === null || field !== null) return invalidField(c, field ?? 'payment_info')
    const id = ids.token().slice(0, 8)
    const merchantUid = String(info['merchant_uid'])
    state.links.set(id, { id, info, merchantUid, expiredAt, isDisabled: false })
    return c.json({ shortenedUrl: `${origin ?? new URL(c.req.url).origin}/link/${id}` })
  })

  app.put(`${api}/:id`, (c) => {
    const link = state.links.get(c.req.param('id'))
    if (link === undefined) return c.json({ message: linkMessages.ko.unknown }, 404)
    state.links.set(link.id, { ...link, isDisabled: true })
    return c.json({})
  })

  app.get('/link/:id', (c) => {
    const link = state.links.get(c.req.param('id'))
    const accepted = c.req.header('accept-language')
    const headers = { 'content-security-policy': policy, 'cache-control': 'no-store' }
    if (link === undefined) return c.html(noLinkPage(toLanguage('', accepted)), 404, headers)
    const requestedLanguage = link.info['display_language'] ?? link.info['language']
    const language = toLanguage(requestedLanguage, accepted)
    const view = viewOf(context, link, linkMessages[language].pay)
    const error = c.req.query('error_msg') ?? ''
    return c.html(linkPage({ ...view, error }, language), 200, headers)
  })

  return app
}

function parseInfo(text: string | null): Record<string, unknown> | null {
  if (text === null) return null
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The first invalid member of `payment_info`; null when a link can be created. */
function findInvalidField(info: Record<string, unknown>, userCode: string): string | null {
  const missing = requiredFields.find((name) => textOf(info, name) === null)
  if (missing !== undefined) return missing
  if (info['user_code'] !== userCode) return 'user_code'
  const minor = toMinor(info['amount'], currencyOf(info))
  if (typeof info['amount'] !== 'number' || minor === null || minor <= 0) return 'amount'
  return linkMethodsOf(info, '').length === 0 ? 'pay_methods' : null
}

function viewOf(
  { state: simulatorState, clock }: SimulatorContext,
  link: PaymentLink,
  pay: string,
) {
  const { info } = link
  const state = linkStateOf(simulatorState, link, clock.seconds())
  const order = Object.fromEntries(orderFields.map((name) => [name, info[name]]))
  const methods = linkMethodsOf(info, pay).map(({ label, request }) => ({
    label,
    request: { ...order, ...request },
  }))
  return {
    title: String(info['title']),
    name: String(info['name']),
    amount: Number(info['amount']),
    currency: currencyOf(info),
    userCode: String(info['user_code']),
    state,
    methods: state.kind === 'open' ? methods : [],
  }
}

function currencyOf(info: Readonly<Record<string, unknown>>): string {
  return textOf(info, 'currency') ?? 'KRW'
}

function invalidField(c: Context, field: string): Response {
  return c.json({ message: `${field} 값이 누락되었거나 올바르지 않습니다.` }, 400)
}
