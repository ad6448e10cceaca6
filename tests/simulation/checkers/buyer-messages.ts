// I16: a buyer whose money is there is never told to pay again, and never left without a page.

/** What a buyer was shown in response to a request. */
export interface BuyerAnswer {
  /** What was sent, for the message of a violation. */
  readonly about: string
  readonly code: number
  /** The page that the browser is sent to; null without one. */
  readonly location: string | null
  /** The text of the body. */
  readonly text: string
  /** Whether the browser shows the response itself: a script does not read it. */
  readonly isNavigation: boolean
}

/** A payment at the provider when the answer was given. */
export interface MoneyAtProvider {
  readonly merchant_uid: string
  readonly amount: number
  readonly cancel_amount: number
  /** UNIX seconds; 0 before the money arrived. */
  readonly paid_at: number
}

/** The order that the buyer's request is about. */
export interface BuyerOrder {
  readonly merchant_uid: string
  readonly amount: number
}

/** Finds what is wrong with an answer; null when nothing is. */
export function checkBuyerAnswer(
  answer: BuyerAnswer,
  order: BuyerOrder,
  payments: readonly MoneyAtProvider[],
): string | null {
  const isMoneyThere = payments.some(
    ({ merchant_uid, amount, cancel_amount, paid_at }) =>
      merchant_uid === order.merchant_uid &&
      amount === order.amount &&
      cancel_amount === 0 &&
      paid_at > 0,
  )
  if (!isMoneyThere) return null
  const problem = findProblem(answer)
  return problem === null ? null : `I16 ${answer.about}: ${problem}`
}

/** The pages whose text offers another try. */
const pagesThatOfferAnotherTry = ['failed', 'cancelled', 'canceled', 'error']
/** The results after which every page offers another try. */
const resultsThatOfferAnotherTry = ['failed', 'cancelled']

function findProblem({ code, location, text, isNavigation }: BuyerAnswer): string | null {
  if (location !== null) {
    const page = new URL(location).pathname.split('/').at(-1) ?? ''
    return pagesThatOfferAnotherTry.includes(page) ? `sent to the page "${page}"` : null
  }
  if (isNavigation) return `left with a body of HTTP ${code}`
  const { status, message, error_msg: providerText }: BuyerJson = JSON.parse(text)
  if (resultsThatOfferAnotherTry.includes(String(status))) return `told "${String(status)}"`
  const invitation = [message, providerText]
    .filter((each) => typeof each === 'string')
    .find(invitesToPay)
  return invitation === undefined ? null : `told "${invitation}"`
}

interface BuyerJson {
  readonly status?: unknown
  readonly message?: unknown
  readonly error_msg?: unknown
}

const invitations = [/다시\s*(시도|결제|주문)/, /재(시도|결제)/, /(try|pay|order)\s+again/i]
const warnings = [/다시\s*결제하지/, /(not|never)\s+(pay|try|order)\s+again/i]

/** Whether a text invites to pay; one that warns against it does not. */
function invitesToPay(text: string): boolean {
  const withoutWarnings = warnings.reduce((rest, warning) => rest.replace(warning, ''), text)
  return invitations.some((invitation) => invitation.test(withoutWarnings))
}
