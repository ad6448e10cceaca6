/// <reference types="node" />
// Commands of the command line for a simulator that is running.
import { isRecord, type Params, textOf } from '../runtime/params.ts'

/** What every command for a running simulator knows. */
export interface RemoteFlags {
  readonly url: string
}

/** What `trigger` was called with. */
export interface TriggerFlags extends RemoteFlags {
  readonly order?: string
  readonly amount?: string
}

/** What `clock` was called with. */
export interface ClockFlags extends RemoteFlags {
  readonly advance?: number
  readonly toNextDue?: true
  readonly set?: string
}

/** What a command prints, and whether it did what was asked. */
export interface CommandResult {
  readonly isDone: boolean
  readonly text: string
}

/** Plays a scenario and reports what was sent; without a name, lists the scenarios. */
export async function trigger(
  scenario: string | undefined,
  { url, order, amount }: TriggerFlags,
): Promise<CommandResult> {
  if (scenario === undefined) return listScenarios(url)
  const body = {
    ...(order === undefined ? {} : { merchant_uid: order }),
    ...(amount === undefined ? {} : { amount }),
  }
  const played = await call(url, `/scenarios/${encodeURIComponent(scenario)}`, body)
  if (!played.isDone) return explain(played)
  const [impUid, merchantUid, status] = ['imp_uid', 'merchant_uid', 'status'].map((name) =>
    textIn(played.value, name),
  )
  const sent = await readDeliveries(url, ({ imp_uid: of }) => of === impUid)
  return done([`${impUid} of order ${merchantUid} is ${status}.`, ...sent].join('\n'))
}

/** Sends one message again, or the webhook of a payment, and reports the response. */
export async function resend(delivery: string, { url }: RemoteFlags): Promise<CommandResult> {
  const isNumber = /^\d+$/.test(delivery)
  const path = isNumber ? `/deliveries/${delivery}/resend` : `/payments/${delivery}/resend`
  const before = await call(url, '/webhooks')
  if (!before.isDone) return explain(before)
  const known = new Set(deliveriesOf(before.value).map(({ id }) => id))
  const sent = await call(url, path, {})
  if (!sent.isDone) return explain(sent)
  return done((await readDeliveries(url, ({ id }) => !known.has(id))).join('\n'))
}

/** Moves the clock as asked, and reports the time. */
export async function moveClock({
  url,
  advance,
  toNextDue,
  set,
}: ClockFlags): Promise<CommandResult> {
  const move = {
    ...(advance === undefined ? {} : { advance_ms: advance }),
    ...(toNextDue === undefined ? {} : { advance_to: 'next_due' }),
    ...(set === undefined ? {} : { set }),
  }
  const count = Object.keys(move).length
  if (count > 1) return { isDone: false, text: 'Give one of --advance, --to-next-due and --set.' }
  const clock = await call(url, '/clock', count === 0 ? undefined : move)
  if (!clock.isDone) return explain(clock)
  const nextDue = textOf(clock.value, 'next_due') ?? 'nothing'
  return done(`${textIn(clock.value, 'now')}\nnext due: ${nextDue}`)
}

async function listScenarios(url: string): Promise<CommandResult> {
  const listed = await call(url, '/scenarios')
  if (!listed.isDone) return explain(listed)
  const scenarios = Object.entries(recordIn(listed.value, 'scenarios'))
  const width = Math.max(...scenarios.map(([name]) => name.length))
  return done(scenarios.map(([name, text]) => `${name.padEnd(width)}  ${String(text)}`).join('\n'))
}

type Answer =
  | { readonly isDone: true; readonly value: Params }
  | { readonly isDone: false; readonly url: string; readonly reason: string }

/** Asks the control API; a body makes it a POST. */
async function call(url: string, path: string, body?: Params): Promise<Answer> {
  const init =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }
  try {
    const response = await fetch(new URL(`/_simulator${path}`, url), init)
    const value: unknown = await response.json()
    if (!isRecord(value)) return { isDone: false, url, reason: 'not_a_simulator' }
    if (response.ok) return { isDone: true, value }
    const field = textOf(value, 'field')
    const reason = textIn(value, 'reason')
    return { isDone: false, url, reason: field === null ? reason : `${reason}: ${field}` }
  } catch (error) {
    // `fetch` fails without a connection, and `json` on what no simulator sends.
    const isUnreachable = error instanceof TypeError
    return { isDone: false, url, reason: isUnreachable ? 'unreachable' : 'not_a_simulator' }
  }
}

const texts: Readonly<Record<string, string>> = {
  scenario_unknown: 'There is no such scenario; `trigger` without a name lists them.',
  delivery_unknown: 'There is no such message.',
  delivery_not_resendable: 'A confirm asks for a decision that was made, and is not sent again.',
  payment_unknown: 'There is no such payment.',
  webhook_target_missing: 'There is no webhook URL: set one in the console, or use --webhook-url.',
  nothing_due: 'Nothing falls due.',
}

function explain({ url, reason }: Extract<Answer, { isDone: false }>): CommandResult {
  if (reason === 'unreachable') {
    return {
      isDone: false,
      text: `No simulator answers at ${url}. Start one with \`npx @quayside/simulator\`, or name it with --url.`,
    }
  }
  if (reason === 'not_a_simulator') return { isDone: false, text: `${url} is no simulator.` }
  const text = Object.hasOwn(texts, reason) ? texts[reason] : undefined
  return { isDone: false, text: text ?? `The simulator refused: ${reason}.` }
}

/** Waits until everything is sent, and describes the messages that are asked for. */
async function readDeliveries(
  url: string,
  isMeant: (delivery: Params) => boolean,
): Promise<readonly string[]> {
  await call(url, '/wait-for-idle', {})
  const log = await call(url, '/webhooks')
  if (!log.isDone) return [explain(log).text]
  const sent = deliveriesOf(log.value).filter(isMeant).map(describeDelivery)
  if (sent.length > 0) return sent
  const isSet = textOf(recordIn(log.value, 'settings'), 'url') !== null
  return [
    isSet ? 'No webhook was sent.' : `No webhook was sent. ${texts['webhook_target_missing']}`,
  ]
}

function describeDelivery(delivery: Params): string {
  const [id, body, url] = ['id', 'body', 'url'].map((name) => textIn(delivery, name))
  const response = recordIn(delivery, 'response')
  const answer = textOf(response, 'status') ?? textOf(response, 'error') ?? 'no response yet'
  return `#${id} ${body} → ${url}: ${answer}`
}

function deliveriesOf(log: Params): readonly Params[] {
  const { deliveries } = log
  return Array.isArray(deliveries) ? deliveries.filter(isRecord) : []
}

function textIn(record: Params, name: string): string {
  return textOf(record, name) ?? ''
}

function recordIn(record: Params, name: string): Params {
  const value = record[name]
  return isRecord(value) ? value : {}
}

function done(text: string): CommandResult {
  return { isDone: true, text }
}
