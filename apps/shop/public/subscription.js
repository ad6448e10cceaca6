import { fill, localTimeText, priceText, timeText } from './format.js'

/**
 * @typedef {object} SubscriptionView
 * @property {{ name: string, status: string, plan: { amount: number, currency: string }, paid_through: string | null, cancel_at: string | null, next_at: string | null } | null} subscription
 * @property {string | null} card
 * @property {{ merchant_uid: string, period: number, amount: number, currency: string, state: string, fail_reason: string | null, paid_at: string | null }[]} attempts
 * @property {{ period: number, due_at: string, amount: number, currency: string }[]} upcoming
 */

const refreshMs = 3_000

for (const root of document.querySelectorAll('[data-subscription]')) {
  if (root instanceof HTMLElement) start(root)
}

/** @param {HTMLElement} root */
function start(root) {
  let card = new URLSearchParams(location.search).get('card')
  const refresh = async () => {
    if (card !== null && (await finishCard(root, card))) {
      card = null
      history.replaceState(null, '', '/subscription')
    }
    if (card === null) await showSubscription(root)
  }
  let isLoading = false
  // The card, the first charge and every later one have a result only after a while.
  const load = async () => {
    if (isLoading) return
    isLoading = true
    await refresh().finally(() => {
      isLoading = false
    })
  }
  for (const button of root.querySelectorAll('[data-cancel]')) {
    button.addEventListener('click', () => void cancel(root).then(load))
  }
  window.setInterval(() => {
    if (document.visibilityState === 'visible') void load()
  }, refreshMs)
  void load()
}

/**
 * Subscribes with a card, or shows why not yet.
 * @param {HTMLElement} root
 * @param {string} customer_uid
 * @returns {Promise<boolean>} whether the subscription is to be shown
 */
async function finishCard(root, customer_uid) {
  if (root.dataset.shown === 'card_refused') return false
  const { status, body } = await post('/api/subscription/card/finish', { customer_uid })
  if (status === 200 || status === 404) return true
  if (status === 202) show(root, 'card_pending')
  else if (status === 409) {
    fill(root, 'error', body?.text ?? body?.message ?? null)
    show(root, 'card_refused')
  } else show(root, 'unreachable')
  return false
}

/** @param {HTMLElement} root */
async function showSubscription(root) {
  /** @type {SubscriptionView | null} */
  let view = null
  try {
    const response = await fetch('/api/subscription', { cache: 'no-store' })
    view = response.ok ? await response.json() : null
  } catch {
    view = null
  }
  if (view === null) return show(root, 'unreachable')
  const { subscription, attempts, upcoming } = view
  if (subscription === null) return show(root, 'none')
  const { amount, currency } = subscription.plan
  const failed = attempts.find(({ state }) => state === 'failed')
  fill(root, 'name', subscription.name)
  fill(root, 'price', priceText(amount, currency))
  fill(root, 'card', view.card)
  fill(root, 'next', subscription.next_at === null ? null : timeText(subscription.next_at))
  fill(root, 'until', subscription.cancel_at === null ? null : timeText(subscription.cancel_at))
  fill(root, 'error', failed?.fail_reason ?? null)
  // The month that is being charged is among what was charged.
  const later = upcoming.filter(({ period }) => period > (attempts[0]?.period ?? 0))
  showRows(root, 'upcoming', later, (row, { due_at, ...each }) => {
    fill(row, 'when', timeText(due_at))
    fill(row, 'amount', priceText(each.amount, each.currency))
  })
  showRows(root, 'attempt', attempts, (row, each) => {
    fill(row, 'period', `#${each.period}`)
    fill(row, 'order', each.merchant_uid)
    fill(row, 'error', each.fail_reason)
    fill(row, 'amount', priceText(each.amount, each.currency))
    fill(row, 'when', each.paid_at === null ? null : localTimeText(each.paid_at))
    for (const label of row.querySelectorAll('[data-label]')) {
      if (label instanceof HTMLElement) label.hidden = label.dataset.label !== each.state
    }
  })
  reveal(root, '[data-history]', true)
  reveal(root, '[data-upcoming-title]', later.length > 0)
  show(root, viewOf(view))
}

/**
 * @param {SubscriptionView} view
 * @returns {string}
 */
function viewOf({ subscription, attempts }) {
  if (subscription === null) return 'none'
  const { status, cancel_at } = subscription
  if (status === 'cancelled' || status === 'ended') return 'over'
  if (cancel_at !== null) return 'ending'
  if (attempts[0]?.state === 'open') return 'charging'
  return status === 'past_due' || status === 'paused' ? 'past_due' : 'active'
}

/** @param {HTMLElement} root */
async function cancel(root) {
  if (!window.confirm(root.dataset.confirm)) return
  const { status } = await post('/api/subscription/cancel', {})
  if (status !== 200) show(root, 'unreachable')
}

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<{ status: number, body: { message?: string, text?: string | null } | null }>} the status 0 without a response
 */
async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  } catch {
    return { status: 0, body: null }
  }
}

/**
 * @template T
 * @param {HTMLElement} root
 * @param {'upcoming' | 'attempt'} kind
 * @param {readonly T[]} items
 * @param {(row: DocumentFragment, item: T) => void} write
 */
function showRows(root, kind, items, write) {
  const template = root.querySelector(`template[data-${kind}-row]`)
  const list = root.querySelector(kind === 'upcoming' ? '[data-upcoming]' : '[data-attempts]')
  if (!(template instanceof HTMLTemplateElement) || list === null) return
  list.replaceChildren(
    ...items.map((item) => {
      const row = document.importNode(template.content, true)
      write(row, item)
      return row
    }),
  )
}

/**
 * @param {HTMLElement} root
 * @param {string} selector
 * @param {boolean} isShown
 */
function reveal(root, selector, isShown) {
  for (const part of root.querySelectorAll(selector)) {
    if (part instanceof HTMLElement) part.hidden = !isShown
  }
}

/**
 * @param {HTMLElement} root
 * @param {string} name
 */
function show(root, name) {
  if (root.dataset.shown === name) return
  root.dataset.shown = name
  for (const view of root.querySelectorAll('section[data-view]')) {
    if (!(view instanceof HTMLElement)) continue
    view.hidden = view.dataset.view !== name
    if (view.hidden) continue
    const title = view.querySelector('h1')?.textContent ?? ''
    const announce = root.querySelector('[data-announce]')
    if (announce) announce.textContent = title
    document.title = document.title.replace(/^[^·]*/, `${title} `)
  }
}
